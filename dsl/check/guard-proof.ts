import type { Blueprint, Code, TicketBlueprint } from '#core/blueprint'
import { holds, solve, type AboutTerm, type Formula } from '#core/condition'
import { isZone } from '#core/values'
import type { ClockNode, Reaction, Span, TicketNode } from '#dsl/syntax'
import { aboutForm } from './about-form.ts'
import { stationsOf } from './flow.ts'
import type { Scope } from './scope.ts'
import { printWorld } from './world.ts'

/**
 * Proves of the conditions in a ticket that some way is open whatever the fields hold, that none of them is forestalled by
 * those before it, and that each may hold. Where that cannot be decided it is said that none may hold (AX5004).
 */
export function proveGuards(
  scope: Scope,
  blueprint: Blueprint,
  { node, ticket }: { node: TicketNode; ticket: TicketBlueprint },
): void {
  if (!isZone(blueprint.pack.zone)) return
  for (const [station] of stationsOf(node)) {
    const name = station.name.text
    const about = aboutForm(blueprint, ticket, name)
    const place = { scope, blueprint, about }
    const written = station.reactions.filter(({ trigger }) => trigger !== 'at')
    const guards = ticket.nodes[name]!.reactions.map(({ events, when }, index) => ({
      ...{ events, when, at: written[index]! },
    }))
    for (const event of new Set(guards.flatMap(({ events }) => events)))
      proveEvent(
        place,
        event,
        guards.filter(({ events }) => events.includes(event)),
      )
    for (const { events, when, at } of guards)
      if (events.length === 0 && when) proveAlive(place, { name, when, at })
    proveClocks(place, station.clocks, ticket.nodes[name]!.clocks)
  }
  const atStart = { scope, blueprint, about: aboutForm(blueprint, ticket, '') }
  proveClocks(atStart, node.clocks, ticket.clocks)
  for (const { name, branches } of node.parallels)
    for (const branch of branches) {
      const when = ticket.parallels[name.text]?.branches[branch.name.text]?.when
      if (when && branch.when) proveAlive(atStart, { name: branch.name.text, when, at: branch.when })
    }
}

interface Place {
  readonly scope: Scope
  readonly blueprint: Blueprint
  readonly about: AboutTerm
}

interface Guard {
  readonly events: readonly string[]
  readonly when?: Code | undefined
  readonly at: Reaction
}

/** The reactions on one event, in their order: the first whose condition holds is taken. */
function proveEvent(place: Place, event: string, guards: readonly Guard[]): void {
  const { scope, blueprint, about } = place
  // A condition with a fault stands as a constant: nothing is proved of what it may mean.
  const isFaulty = guards.some(({ when }) => when?.op === 'const')
  const last = guards.findLast(({ when }) => when)
  const isOpen = guards.some(({ when }) => !when)
  if (last && !isOpen) {
    const missed: Formula = { not: { any: guards.map(({ when }) => holds(when!)) } }
    const solution = isFaulty ? ({ can: 'undecided' } as const) : solve(blueprint, missed, about)
    if (solution.can === 'undecided') scope.report(last.at, 'AX5004', { name: event })
    if (solution.can === 'hold')
      scope.report(last.at, 'AX5020', { name: event, witness: printWorld(blueprint, solution.world) || '—' })
  }
  if (isFaulty) return
  for (const [index, { when, at }] of guards.entries()) {
    const before = guards.slice(0, index)
    if (!when || before.some(each => !each.when) || !proveAlive(place, { name: event, when, at })) continue
    const first: Formula = { all: [holds(when), { not: { any: before.map(each => holds(each.when!)) } }] }
    if (index === 0 || solve(blueprint, first, about).can !== 'never') continue
    const earlier = before.map(each => textOf(scope, each.at.when!)).join('、')
    scope.report(at, 'AX5021', { name: event, earlier })
  }
}

function proveClocks(place: Place, clocks: readonly ClockNode[], checked: TicketBlueprint['clocks']): void {
  for (const [index, { name, reactions }] of clocks.entries()) {
    const marks = checked[index]?.marks ?? []
    if (marks.length !== reactions.length) continue
    marks.forEach(({ when }, at) => {
      if (when) proveAlive(place, { name: name.text, when, at: reactions[at]! })
    })
  }
}

/** Whether a condition may hold; says so where it never does. */
function proveAlive(
  { scope, blueprint, about }: Place,
  { name, when, at }: { name: string; when: Code; at: Span & { readonly when?: Span | undefined } },
): boolean {
  if (when.op === 'const' || solve(blueprint, holds(when), about).can !== 'never') return true
  const span = at.when ?? at
  scope.report(span, 'AX5022', { name, condition: textOf(scope, span) })
  return false
}

function textOf(scope: Scope, span: Span): string {
  return scope.textOf(span).replace(/\s+/g, ' ').trim()
}
