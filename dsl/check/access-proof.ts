import type { Blueprint, FieldBlueprint, NodeBlueprint, TicketBlueprint } from '#core/blueprint'
import { effectiveRoles, rightOn, type Person } from '#core/desk'
import type { Name, Span, StationNode, TicketNode } from '#dsl/syntax'
import { stationsOf } from './flow.ts'
import { edgesOf, reachable, reversed } from './flow-graph.ts'
import type { Scope } from './scope.ts'

/** Entries by which customers fill the form themselves, and those by which a machine does, who may write anything. */
export const customerEntries: ReadonlySet<string> = new Set(['chat', 'profile', 'group', 'qr', 'web'])
export const machineEntries: ReadonlySet<string> = new Set(['signal', 'event'])

/**
 * Proves that no transition waits for a field which nobody can have filled: neither who may act at its node, nor who may
 * act before or beside it, nor who opens the ticket. The rights asked are those of the run (`rightOn`).
 */
export function proveAccess(
  scope: Scope,
  blueprint: Blueprint,
  { node, ticket }: { node: TicketNode; ticket: TicketBlueprint },
): void {
  if (!blueprint.access[ticket.form] || ticket.entries.some(entry => machineEntries.has(entry))) return
  const fields = blueprint.forms[ticket.form]?.fields ?? {}
  const before = reversed(edgesOf(ticket))
  for (const [station] of stationsOf(node)) {
    const checked = ticket.nodes[station.name.text]!
    if (checked.run || checked.by === '') continue
    const people = fillersOf(blueprint, ticket, { name: station.name.text, before })
    for (const { name, span } of demanded(station, checked, fields)) {
      const field = fields[name]
      if (!field || field.default || field.computed || field.visible) continue
      const fillable = people.some(
        person => rightOn(blueprint, person, { form: ticket.form, field: name }) === 'write',
      )
      if (!fillable) scope.report(span, 'AX5012', { node: station.name.text, role: checked.by, field: name })
    }
  }
}

interface Demanded {
  readonly name: string
  readonly span: Span
}

/** What must be filled to leave a node by hand: what it asks for and, unless the customer acts, what the form requires. */
function demanded(
  station: StationNode,
  { by }: NodeBlueprint,
  fields: Readonly<Record<string, FieldBlueprint>>,
): Demanded[] {
  const byHand = station.reactions.filter(reaction => reaction.trigger === 'on')
  const leaves = byHand.some(reaction => reaction.target)
  const asked: Name[] = [
    ...(leaves ? station.asks : []),
    ...byHand.flatMap(({ acts }) => acts.flatMap(act => (act.kind === 'ask' ? act.names : []))),
  ]
  const required = Object.keys(fields).filter(
    name => leaves && by !== 'customer' && isRequired(fields[name]!),
  )
  return [
    ...asked.map(name => ({ name: name.text, span: name })),
    ...required.map(name => ({ name, span: station.name })),
  ]
}

/** A field that a condition requires, or that is filled at a later node, may be left out. */
function isRequired({ required, at }: FieldBlueprint): boolean {
  return required?.op === 'const' && required.value === true && at === undefined
}

/** Everybody who may have written by the time a node is left. */
export function fillersOf(
  blueprint: Blueprint,
  ticket: TicketBlueprint,
  { name, before }: { name: string; before: ReadonlyMap<string, readonly string[]> },
): Person[] {
  const region = ticket.nodes[name]!.within?.parallel
  const beside = Object.keys(ticket.nodes).filter(
    other => region !== undefined && ticket.nodes[other]!.within?.parallel === region,
  )
  const acting = [...reachable([name, ...beside], before)].flatMap(place => ticket.nodes[place]?.by ?? [])
  const opening = ticket.entries.some(entry => customerEntries.has(entry)) ? ['customer'] : []
  return [...new Set([...acting, ...opening])].flatMap(role => holdersOf(blueprint, role))
}

/** The kinds of people who may act where `by` stands: the customer, or whoever holds the role or extends it. */
function holdersOf(blueprint: Blueprint, by: string): Person[] {
  if (by === 'customer') return [{ kind: 'customer' }]
  return Object.keys(blueprint.roles)
    .filter(role => effectiveRoles(blueprint, [role]).has(by))
    .map(role => ({ kind: 'staff', roles: [role] }))
}
