import type { Blueprint, FormBlueprint, TicketBlueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { formFacts, type FieldValues, type FilledForm, type Surroundings } from '#core/form'
import type { StaffFact } from '#core/routing'
import type { TimeFrame } from '#core/sla'
import { apply, fold, type OwnState } from './apply.ts'
import type { Actor, Happening, TicketEvent, TicketState } from './state.ts'

/** What the outside must know for a decision; loaded by the use case, never read by the engine itself. */
export interface DeskFacts extends Surroundings, TimeFrame {
  readonly staff: readonly StaffFact[]
  /** Node to who last held it for this customer, for `keep same_assignee`. */
  readonly previous: Readonly<Record<string, { readonly staff: string; readonly at: number }>>
}

/** Something outward or slow to do once the decision is committed. */
export type Effect =
  | {
      readonly effect: 'notify-staff'
      readonly staff: readonly string[]
      readonly reason: string
      readonly node: string
    }
  | {
      readonly effect: 'notify-customer'
      readonly purpose: 'service'
      readonly text: string
      readonly node: string
      /** Of an answer by staff: the number of its event. */
      readonly said?: number
    }
  | { readonly effect: 'notify-admin'; readonly reason: string; readonly node: string }
  | {
      readonly effect: 'run-action'
      readonly node: string
      readonly visit: number
      readonly action: string
      readonly input: FieldValues
      readonly key: string
    }
  /** Somebody became free: whoever waits in the teams may be assigned. */
  | { readonly effect: 'dispatch' }

/** A decision in the making: the state so far, and what has happened and must be done. */
export interface Draft {
  readonly blueprint: Blueprint
  readonly facts: DeskFacts
  readonly at: number
  readonly actor: Actor
  readonly isTerse: boolean
  state: OwnState | undefined
  readonly events: TicketEvent[]
  readonly effects: Effect[]
  /** The names as they were worked out last: they are good while the ticket says the same. */
  named?: { readonly fields: FieldValues; readonly subject: string | null; readonly facts: Facts }
}

export function happen(draft: Draft, happened: Happening, trace?: unknown): void {
  const { at, actor, events } = draft
  const seq = (draft.state?.seq ?? 0) + 1
  const event: TicketEvent =
    trace === undefined ? { seq, at, actor, happened } : { seq, at, actor, happened, trace }
  // Why: the state of the first event on is the draft's own, so that later ones need not copy it.
  if (events.length > 0) fold(draft.state!, event)
  else draft.state = apply(draft.state, event)
  events.push(event)
}

/** The ticket's own part of the blueprint. */
export function ticketOf(draft: Draft): TicketBlueprint {
  return draft.blueprint.tickets[draft.state!.kind]!
}

export function filledForm(blueprint: Blueprint, state: TicketState): FilledForm {
  const { form } = blueprint.tickets[state.kind]!
  return { form, fields: state.fields, subject: state.subject, customer: state.customer }
}

/** The names that conditions and clocks of this ticket may read now. */
export function factsOf(draft: Draft): Facts {
  const { fields, subject } = draft.state!
  const { named } = draft
  if (named && named.fields === fields && named.subject === subject) return named.facts
  const facts = formFacts(draft.blueprint, filledForm(draft.blueprint, draft.state!), draft.facts)
  draft.named = { fields, subject, facts }
  return facts
}

/** The store the ticket belongs to: a field of its form, or of the record it is about. */
export function storeOf(draft: Draft): string | null {
  const { fields, subject } = draft.state!
  return storeNamed(draft.blueprint, { form: ticketOf(draft).form, fields, subject }, draft.facts)
}

/** The store that a filled form or the record it is about names; null when neither does. */
export function storeNamed(
  { forms, entities }: Blueprint,
  { form: name, fields, subject }: Omit<FilledForm, 'customer'>,
  { records }: Pick<DeskFacts, 'records'>,
): string | null {
  const form = forms[name]!
  for (const name of storesIn(form.fields)) if (typeof fields[name] === 'string') return fields[name]
  const entity = form.subject === null ? undefined : entities[form.subject]
  if (!entity || subject === null) return null
  const record = records[form.subject!]?.[subject]
  for (const name of storesIn(entity.fields)) if (typeof record?.[name] === 'string') return record[name]
  return null
}

const stores = new WeakMap<FormBlueprint['fields'], readonly string[]>()

/** The fields that name a store. */
function storesIn(fields: FormBlueprint['fields']): readonly string[] {
  let names = stores.get(fields)
  if (!names) {
    const found = Object.entries(fields).filter(
      ([, { type }]) => type.kind === 'ref' && type.name === 'store',
    )
    stores.set(fields, (names = found.map(([name]) => name)))
  }
  return names
}
