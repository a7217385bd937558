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
 * What somebody who left held waits when nobody is found.
 */
export function assignAgain(
  question: Question,
  command: Command & { command: 'assign' },
): Decision | Refusal {
  const { state, facts, blueprint } = question
  const token = state!.tokens[command.node]
  if (!token || state!.closedAt !== null) return refuse('not-here', { node: command.node })
  const draft = startDraft(question)
  const { by } = ticketOf(draft).nodes[command.node]!
  if (by === 'customer' || by === 'system') return refuse('not-assignable', { node: command.node })
  if (command.to === null) {
    const hasLeft = token.assignee !== null && !facts.staff.some(({ id }) => id === token.assignee)
    if (token.assignee !== null && !hasLeft) return refuse('moot')
    const passedOn = blueprint.routes[`${state!.kind}.${command.node}`]?.after?.team ?? null
    assignNode(draft, command.node, token.team === passedOn ? passedOn : null)
    const found = draft.state!.tokens[command.node]!.assignee !== null
    return found || hasLeft ? finish(draft) : refuse('moot')
  }
  const person = facts.staff.find(({ id }) => id === command.to)
  if (!person || !effectiveRoles(blueprint, person.roles).has(by))
    return refuse('not-assignable', { staff: command.to })
  happen(draft, { kind: 'assigned', node: command.node, team: token.team, assignee: command.to })
  draft.effects.push({ effect: 'notify-staff', staff: [command.to], reason: 'assigned', node: command.node })
  draft.effects.push({ effect: 'dispatch' })
  return finish(draft)
}
