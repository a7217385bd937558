import type { ActBlueprint, ReactionBlueprint, TargetBlueprint, TicketBlueprint } from '#core/blueprint'
import { holdersOf } from '#core/routing'
import { happen, storeOf, ticketOf, type Draft } from './draft.ts'
import { follow } from './move.ts'

/** Takes a reaction of a node: its acts, then its target, or the other one once `max` is used up. */
export function takeReaction(
  draft: Draft,
  { node, event, index }: { node: string; event: string | null; index: number },
  reaction: ReactionBlueprint,
): void {
  act(draft, node, reaction.acts)
  if (!reaction.target) return
  const key = `${node}/${index}`
  const limited = reaction.max !== undefined
  const usedUp = limited && (draft.state!.counts[key] ?? 0) >= reaction.max
  const target = usedUp ? reaction.beyond! : reaction.target
  follow(draft, { node, event, counted: limited && !usedUp ? key : null }, target)
}

/** Notices, escalations and marks; `ask` was answered before. */
export function act(draft: Draft, node: string, acts: readonly ActBlueprint[]): void {
  for (const step of acts) {
    if (step.act === 'mark') happen(draft, { kind: 'marked', priority: step.priority })
    else if (step.act === 'notify') notify(draft, node, step.to)
    else if (step.act === 'escalate') escalate(draft, node, step.to)
  }
}

function notify(draft: Draft, node: string, to: readonly string[]): void {
  const staff = [...new Set(to.flatMap(who => peopleOf(draft, node, who)))]
  happen(draft, { kind: 'notified', to, staff })
  tell(draft, { staff, reason: 'notify', node, admin: to.includes('admin') })
}

function escalate(draft: Draft, node: string, to: readonly string[]): void {
  const staff = [...new Set(to.flatMap(who => peopleOf(draft, node, who)))]
  happen(draft, { kind: 'escalated', node, to, staff })
  tell(draft, { staff, reason: 'escalated', node, admin: to.includes('admin') || staff.length === 0 })
}

function tell(
  draft: Draft,
  { staff, reason, node, admin }: { staff: readonly string[]; reason: string; node: string; admin: boolean },
): void {
  if (staff.length > 0) draft.effects.push({ effect: 'notify-staff', staff, reason, node })
  if (admin) draft.effects.push({ effect: 'notify-admin', reason, node })
}

/** A role's holders (of the ticket's store), or whom a word such as `assignee` means. */
function peopleOf(draft: Draft, node: string, who: string): string[] {
  const token = draft.state!.tokens[node]
  if (who === 'assignee') return token?.assignee ? [token.assignee] : []
  if (who === 'upstream') return token?.from ? [token.from] : []
  if (who === 'admin' || who === 'customer') return []
  const roles = who === 'downstream' ? rolesAfter(ticketOf(draft), node) : [who]
  return roles.flatMap(role => holdersOf(role, storeOf(draft), draft.facts.staff).map(person => person.id))
}

/** The roles of the nodes that may come next. */
function rolesAfter(ticket: TicketBlueprint, node: string): string[] {
  const places = ticket.nodes[node]!.reactions.flatMap(({ target }) =>
    target ? placesOf(ticket, target) : [],
  )
  return [...new Set(places.map(place => ticket.nodes[place]!.by))].filter(
    role => role !== 'customer' && role !== 'system',
  )
}

function placesOf(ticket: TicketBlueprint, target: TargetBlueprint): string[] {
  if (target.go === 'node') return [target.to]
  if (target.go !== 'parallel') return []
  return Object.values(ticket.parallels[target.to]!.branches).map(branch => branch.start)
}
