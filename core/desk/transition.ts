import type { Blueprint, NodeBlueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { validateForm } from '#core/form'
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
import { factsOf, filledForm, happen } from './draft.ts'
import { takeReaction } from './react.ts'
import { effectiveRoles, forbiddenFields, personOf } from './rights.ts'

/** Takes a transition by hand: the right person, at the right node, with the fields it asks for. */
export function transition(
  question: Question,
  command: Command & { command: 'transition' },
): Decision | Refusal {
  const { blueprint, newest, asker } = question
  const state = question.state!
  const { node: name, event, fields } = command
  const refusal = mayTake(question, { name, event })
  if (refusal) return refusal
  const { form } = blueprint.tickets[state.kind]!
  const [forbidden] = forbiddenFields(newest, personOf(asker.actor, asker.roles), { form, fields })
  if (forbidden !== undefined) return refuse('field-forbidden', { field: forbidden })
  const node = blueprint.tickets[state.kind]!.nodes[name]!
  const draft = startDraft(question)
  if (Object.keys(fields).length > 0) happen(draft, { kind: 'fields-filled', fields })
  const index = chosenReaction(blueprint, node, { event, facts: factsOf(draft) })
  if (index < 0) return refuse('no-way', { event })
  const demand = demandOf(node, index)
  const filled = filledForm(blueprint, draft.state!)
  const problems = validateForm(blueprint, { filled, facts: factsOf(draft), demand })
  if (problems.length > 0) return refuse('fields', {}, problems)
  takeReaction(draft, { node: name, event, index }, node.reactions[index]!)
  return finish(draft)
}

/** Why a person may not take a transition now, leaving its fields aside; undefined when they may. */
export function mayTake(
  { blueprint, state, asker }: Pick<Question, 'blueprint' | 'state' | 'asker'>,
  { name, event }: { name: string; event: string },
): Refusal | undefined {
  if (state!.closedAt !== null) return refuse('closed')
  const node = blueprint.tickets[state!.kind]!.nodes[name]
  if (!node || !state!.tokens[name]) return refuse('not-here', { node: name })
  if (!node.reactions.some(reaction => reaction.events.includes(event)))
    return refuse('unknown-transition', { event })
  if (node.run) {
    const mends = asker.actor.kind === 'staff' && asker.roles.includes('admin')
    return mends ? undefined : refuse('role', { role: 'admin' })
  }
  if (node.by === 'customer') {
    const isTheirs = asker.actor.kind === 'customer' && asker.actor.id === state!.customer
    return isTheirs ? undefined : refuse('role', { role: 'customer' })
  }
  const holds = asker.actor.kind === 'staff' && effectiveRoles(blueprint, asker.roles).has(node.by)
  return holds ? undefined : refuse('role', { role: node.by })
}

/** The first reaction of the event whose condition holds; -1 when none does. */
export function chosenReaction(
  blueprint: Blueprint,
  { reactions }: NodeBlueprint,
  { event, facts }: { event: string; facts: Facts },
): number {
  return reactions.findIndex(
    ({ events, when }) => events.includes(event) && (!when || evaluate(blueprint, when, facts) === true),
  )
}

/** A customer answers what is asked; staff who lead on also answer for the rest of the form. */
function demandOf(node: NodeBlueprint, index: number) {
  const reaction = node.reactions[index]!
  const asked = reaction.acts.flatMap(act => (act.act === 'ask' ? act.fields : []))
  const leaves = reaction.target !== undefined
  const whole = leaves && node.by !== 'customer'
  return {
    completeness: whole ? ('whole' as const) : ('draft' as const),
    asked: leaves ? [...node.asks, ...asked] : asked,
  }
}
