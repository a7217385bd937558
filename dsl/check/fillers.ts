import type { Blueprint, TicketBlueprint } from '#core/blueprint'
import { effectiveRoles } from '#core/desk'
import { edgesOf, reachable, reversed } from './flow-graph.ts'

/** Entries by which customers fill the form themselves, and those by which a machine does, who may write anything. */
export const customerEntries: ReadonlySet<string> = new Set(['chat', 'profile', 'group', 'qr', 'web'])
export const machineEntries: ReadonlySet<string> = new Set(['signal', 'event'])

/** Those whom a form's rights let write a field: roles there are, and `customer`. */
export function writersOf({ access, roles }: Blueprint, form: string, field: string): string[] {
  return Object.entries(access[form] ?? {}).flatMap(([role, grants]) =>
    grants[field] === 'write' && (role === 'customer' || Object.hasOwn(roles, role)) ? [role] : [],
  )
}

/** Whom nodes wait for by the time a node is left: before it, there and beside it; and the customer who opened the ticket. */
export function actingBy(ticket: TicketBlueprint, name: string): string[] {
  const region = ticket.nodes[name]!.within?.parallel
  const beside = Object.keys(ticket.nodes).filter(
    other => region !== undefined && ticket.nodes[other]!.within?.parallel === region,
  )
  const places = reachable([name, ...beside], beforeIn(ticket))
  const acting = new Set([...places].flatMap(place => ticket.nodes[place]?.by ?? []))
  return [...acting, ...(ticket.entries.some(entry => customerEntries.has(entry)) ? ['customer'] : [])]
}

const befores = new WeakMap<TicketBlueprint, ReadonlyMap<string, readonly string[]>>()

function beforeIn(ticket: TicketBlueprint): ReadonlyMap<string, readonly string[]> {
  const known = befores.get(ticket)
  if (known) return known
  const before = reversed(edgesOf(ticket))
  befores.set(ticket, before)
  return before
}

/** Whether one who may write is among those who act where one of `acting` is waited for. */
export function isAmong(
  blueprint: Blueprint,
  writers: readonly string[],
  acting: readonly string[],
): boolean {
  return writers.some(writer => acting.some(by => isHeldTogether(blueprint, writer, by)))
}

/** A role extends one other at most: of two that come with one role, one extends the other. */
function isHeldTogether(blueprint: Blueprint, one: string, other: string): boolean {
  if (one === other) return true
  if (one === 'customer' || other === 'customer') return false
  return effectiveRoles(blueprint, [one]).has(other) || effectiveRoles(blueprint, [other]).has(one)
}
