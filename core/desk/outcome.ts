import { evaluate } from '#core/table'
import {
  finish,
  refuse,
  startDraft,
  type Command,
  type Decision,
  type Question,
  type Refusal,
} from './command.ts'
import { factsOf, happen, ticketOf } from './draft.ts'
import { takeReaction } from './react.ts'

/** The outcome of an action that could not be had: out of time or memory, thrown, refused, attempts used up. */
export const FAULT = 'fault'

/**
 * Takes an action's outcome to the node that ran it. An outcome that nothing reacts on leaves the ticket there, marked,
 * and tells the administrators; one of an earlier visit is moot.
 */
export function outcome(question: Question, command: Command & { command: 'outcome' }): Decision | Refusal {
  const { node, visit, output, detail } = command
  const token = question.state!.tokens[node]
  if (question.state!.closedAt !== null || token?.visit !== visit) return refuse('moot')
  const draft = startDraft(question)
  const declared = ticketOf(draft).nodes[node]!
  const action = declared.run!.action
  const { fields: known } = draft.blueprint.forms[ticketOf(draft).form]!
  // Why looked at: the ticket may have moved to a version that no longer has the field.
  const fields = Object.fromEntries(
    Object.entries(command.fields ?? {}).filter(([name]) => Object.hasOwn(known, name)),
  )
  if (Object.keys(fields).length > 0) happen(draft, { kind: 'fields-filled', fields })
  happen(draft, { kind: 'action-ended', node, action, outcome: command.outcome, output, detail })
  const facts = factsOf(draft)
  const index = declared.reactions.findIndex(
    ({ events, when }) =>
      events.includes(command.outcome) && (!when || evaluate(draft.blueprint, when, facts) === true),
  )
  if (index >= 0) takeReaction(draft, { node, event: command.outcome, index }, declared.reactions[index]!)
  else draft.effects.push({ effect: 'notify-admin', reason: `action ${action} ${command.outcome}`, node })
  return finish(draft)
}
