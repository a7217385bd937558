import {
  finish,
  refuse,
  startDraft,
  type Command,
  type Decision,
  type Question,
  type Refusal,
} from './command.ts'
import { happen } from './draft.ts'
import { priceTicket } from './money.ts'
import { effectiveRoles } from './rights.ts'

/** Says which record a ticket is about, as far as a message could not; what it may cost is estimated anew. */
export function chooseSubject(
  question: Question,
  { subject }: Command & { command: 'about' },
): Decision | Refusal {
  const { state, blueprint, asker } = question
  if (state!.closedAt !== null) return refuse('closed')
  const { nodes } = blueprint.tickets[state!.kind]!
  const held = effectiveRoles(blueprint, asker.roles)
  const here = Object.keys(state!.tokens).map(node => nodes[node]!.by)
  if (asker.actor.kind !== 'system' && !held.has('admin') && !here.some(role => held.has(role)))
    return refuse('role', { role: here[0] ?? '' })
  const stranger = strangeSubject(question, { kind: state!.kind, subject, customer: state!.customer })
  if (stranger) return stranger
  const draft = startDraft(question)
  happen(draft, { kind: 'subject-chosen', subject })
  priceTicket(draft, 'estimate')
  return finish(draft)
}

/** Refuses a record that is not there, or that belongs to another customer. */
export function strangeSubject(
  { blueprint, facts }: Question,
  { kind, subject, customer }: { kind: string; subject: string | null; customer: string | null },
): Refusal | undefined {
  if (subject === null) return undefined
  const { subject: entity } = blueprint.forms[blueprint.tickets[kind]!.form]!
  const record = entity === null ? undefined : facts.records[entity]?.[subject]
  if (entity === null || !record) return refuse('subject', { subject })
  const owners = Object.entries(blueprint.entities[entity]?.fields ?? {}).flatMap(([name, { type }]) =>
    type.kind === 'ref' && type.name === 'customer' && record[name] != null ? [record[name]] : [],
  )
  const isTheirs = customer === null || owners.length === 0 || owners.includes(customer)
  return isTheirs ? undefined : refuse('subject', { subject })
}
