import { formFacts, validateForm, withDefaults } from '#core/form'
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
import { enter } from './move.ts'
import { forbiddenFields, personOf } from './rights.ts'
import { strangeSubject } from './subject.ts'

/** Opens a ticket: the form is checked, defaults are filled, and it enters its first place. */
export function open(question: Question, command: Command & { command: 'open' }): Decision | Refusal {
  const { blueprint, facts, asker, newest } = question
  const ticket = blueprint.tickets[command.ticket]
  if (!ticket) return refuse('unknown-ticket', { ticket: command.ticket })
  if (!ticket.entries.includes(command.entry)) return refuse('entry', { entry: command.entry })
  const person = personOf(asker.actor, asker.roles)
  const [forbidden] =
    asker.actor.kind === 'system'
      ? []
      : forbiddenFields(newest, person, { form: ticket.form, fields: command.fields })
  if (forbidden !== undefined) return refuse('field-forbidden', { field: forbidden })
  const entered = { form: ticket.form, ...pick(command) }
  const stranger = strangeSubject(question, { kind: command.ticket, ...entered })
  if (stranger) return stranger
  const fields = withDefaults(blueprint, entered, facts)
  const demand = { completeness: command.draft ? 'draft' : 'whole', asked: [] } as const
  const filled = { ...entered, fields }
  const names = formFacts(blueprint, filled, facts)
  const problems = validateForm(blueprint, { filled, facts: names, demand })
  if (problems.length > 0) return refuse('fields', {}, problems)
  const draft = startDraft(question)
  draft.named = { fields, subject: command.subject, facts: names }
  const { id, ticket: kind, entry, customer, subject } = command
  happen(draft, { kind: 'opened', ticket: kind, ...{ id, entry, customer, subject, fields } })
  priceTicket(draft, 'estimate')
  enter(draft, ticket.start, asker.actor.kind === 'staff' ? asker.actor.id : null)
  return finish(draft)
}

function pick({ fields, subject, customer }: Command & { command: 'open' }) {
  return { fields, subject, customer }
}
