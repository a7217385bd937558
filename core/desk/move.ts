import type { ParallelBlueprint, TargetBlueprint } from '#core/blueprint'
import { evaluate } from '#core/table'
import { startClocks } from './clocks.ts'
import { factsOf, happen, ticketOf, type Draft } from './draft.ts'
import { priceTicket, settleTicket } from './money.ts'
import { startRun } from './run.ts'
import { assignNode, startRouteTimer } from './place.ts'

/** Enters a node, a parallel region or an end. */
export function enter(draft: Draft, to: string, from: string | null): void {
  const ticket = ticketOf(draft)
  if (Object.hasOwn(ticket.ends, to)) close(draft, to)
  else if (Object.hasOwn(ticket.parallels, to)) enterRegion(draft, to, from)
  else enterNode(draft, to, from)
}

/** Leaves a node along a target; `counted` names a transition whose uses are limited. */
export function follow(
  draft: Draft,
  { node, event, counted }: { node: string; event: string | null; counted: string | null },
  target: TargetBlueprint,
): void {
  const { within } = ticketOf(draft).nodes[node]!
  const assigned = draft.state!.tokens[node]!.assignee
  const from = draft.actor.kind === 'staff' ? draft.actor.id : assigned
  leave(draft, { node, event, counted })
  if (target.go === 'done') finishBranch(draft, within!, from)
  else if (target.go === 'abort') {
    leaveRegion(draft, within!.parallel, true)
    enter(draft, target.to, from)
  } else enter(draft, target.to, from)
}

function enterNode(draft: Draft, name: string, from: string | null): void {
  const node = ticketOf(draft).nodes[name]!
  const visit = (draft.state!.visits[name] ?? 0) + 1
  happen(draft, { kind: 'node-entered', node: name, visit, from })
  startClocks(draft, name, node)
  assignNode(draft, name, null)
  startRouteTimer(draft, name)
  startRun(draft, name)
  if (!node.public?.notify) return
  const { text } = node.public
  happen(draft, { kind: 'customer-told', node: name, text })
  draft.effects.push({ effect: 'notify-customer', purpose: 'service', text, node: name })
}

function enterRegion(draft: Draft, name: string, from: string | null): void {
  const region = ticketOf(draft).parallels[name]!
  const facts = factsOf(draft)
  const judged = Object.entries(region.branches).map(([branch, { when, start }]) => ({
    ...{ branch, start },
    active: !when || evaluate(draft.blueprint, when, facts) === true,
  }))
  const active = judged.filter(entry => entry.active)
  const trace = { branches: judged.map(({ branch, active }) => ({ branch, active })) }
  happen(
    draft,
    { kind: 'region-entered', parallel: name, branches: active.map(entry => entry.branch) },
    trace,
  )
  for (const { start } of active) enterNode(draft, start, from)
  if (active.length === 0) joined(draft, name, from)
}

function finishBranch(draft: Draft, within: { parallel: string; branch: string }, from: string | null): void {
  happen(draft, { kind: 'branch-done', ...within })
  const region = ticketOf(draft).parallels[within.parallel]!
  const branches = Object.values(draft.state!.regions[within.parallel]!)
  const done = branches.filter(state => state === 'done').length
  if (done >= needed(region.join, branches.length)) joined(draft, within.parallel, from)
}

/** How many branches must be done, of those that started. */
export function needed(join: ParallelBlueprint['join'], started: number): number {
  if (join === 'all') return started
  return join === 'any' ? 1 : Math.min(join, started)
}

function joined(draft: Draft, parallel: string, from: string | null): void {
  leaveRegion(draft, parallel, false)
  const { target } = ticketOf(draft).parallels[parallel]!
  if (target.go !== 'done') enter(draft, target.to, from)
}

/** What still runs in the region is cancelled with it. */
function leaveRegion(draft: Draft, parallel: string, aborted: boolean): void {
  for (const node of Object.keys(draft.state!.tokens))
    if (ticketOf(draft).nodes[node]!.within?.parallel === parallel)
      leave(draft, { node, event: null, counted: null })
  happen(draft, { kind: 'region-left', parallel, aborted })
}

function leave(draft: Draft, left: { node: string; event: string | null; counted: string | null }): void {
  if (draft.state!.tokens[left.node]!.assignee !== null) askDispatch(draft)
  happen(draft, { kind: 'node-left', ...left })
}

function askDispatch(draft: Draft): void {
  if (!draft.effects.some(({ effect }) => effect === 'dispatch')) draft.effects.push({ effect: 'dispatch' })
}

/** What the work came to is priced and settled before the ticket closes. */
function close(draft: Draft, outcome: string): void {
  const result = ticketOf(draft).ends[outcome]!
  settleTicket(draft, outcome, result === 'ok' ? priceTicket(draft, 'final') : [])
  happen(draft, { kind: 'closed', outcome, result })
}
