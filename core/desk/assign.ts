import type { Blueprint } from '#core/blueprint'
import { effectiveRoles } from './rights.ts'
import {
  finish,
  refuse,
  startDraft,
  type Command,
  type Decision,
  type Question,
  type Refusal,
} from './command.ts'
import { happen, ticketOf } from './draft.ts'
import { assignNode } from './place.ts'

/**
 * Looks again for somebody to take a place that waits, or whose holder left (`to` null), or hands it to the person named.
 * Whoever may work the place may hand it on, and so may an administrator. What somebody who left held waits when nobody is found.
 */
export function assignAgain(
  question: Question,
  command: Command & { command: 'assign' },
): Decision | Refusal {
  const { state, facts, blueprint, asker } = question
  const token = state!.tokens[command.node]
  if (!token || state!.closedAt !== null) return refuse('not-here', { node: command.node })
  const draft = startDraft(question)
  const { by } = ticketOf(draft).nodes[command.node]!
  if (by === 'customer' || by === 'system') return refuse('not-assignable', { node: command.node })
  if (asker.actor.kind !== 'system' && !mayHand(blueprint, asker.roles, by))
    return refuse('role', { role: by })
  if (command.to === null) {
    const hasLeft = token.assignee !== null && !facts.staff.some(({ id }) => id === token.assignee)
    if (token.assignee !== null && !hasLeft) return refuse('moot')
    const passedOn = blueprint.routes[`${state!.kind}.${command.node}`]?.after?.team ?? null
    assignNode(draft, command.node, token.team === passedOn ? passedOn : null)
    const found = draft.state!.tokens[command.node]!.assignee !== null
    return found || hasLeft ? finish(draft) : refuse('nobody-free', { role: by })
  }
  if (token.assignee === command.to) return refuse('moot')
  const person = facts.staff.find(({ id }) => id === command.to)
  if (!person || !mayWork(blueprint, person.roles, by)) return refuse('not-assignable', { staff: command.to })
  const { node, to: assignee, reason = null } = command
  happen(draft, { kind: 'assigned', node, team: token.team, assignee, handed: { reason } })
  // Whoever takes a place needs no message that says so.
  if (asker.actor.id !== command.to)
    draft.effects.push({
      effect: 'notify-staff',
      staff: [command.to],
      reason: 'assigned',
      node: command.node,
    })
  draft.effects.push({ effect: 'dispatch' })
  return finish(draft)
}

/** Whom somebody may hand a place of the ticket to, in the order of the staff; nobody where it is not theirs to hand. */
export function takersOf(
  { blueprint, state, asker, facts }: Pick<Question, 'blueprint' | 'state' | 'asker' | 'facts'>,
  node: string,
): string[] {
  const { by } = blueprint.tickets[state!.kind]!.nodes[node]!
  if (state!.closedAt !== null || by === 'customer' || by === 'system') return []
  if (!mayHand(blueprint, asker.roles, by)) return []
  return facts.staff.filter(({ roles }) => mayWork(blueprint, roles, by)).map(({ id }) => id)
}

const mayWork = (blueprint: Blueprint, roles: readonly string[], by: string) =>
  effectiveRoles(blueprint, roles).has(by)

const mayHand = (blueprint: Blueprint, roles: readonly string[], by: string) =>
  roles.includes('admin') || mayWork(blueprint, roles, by)
