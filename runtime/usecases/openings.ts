import type { Blueprint, NodeBlueprint, TicketBlueprint } from '#core/blueprint'
import { personOf, rightOn, type Person } from '#core/desk'
import { requiredFields, visibleFields, withDefaults, type FieldValues } from '#core/form'
import type { OpeningFormReply, OpeningReply, OpeningsReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import type { Tx } from '../store/index.ts'
import type { DeskRow } from '../store/load-desk.ts'
import { loadFacts, loadStaff } from '../store/load-facts.ts'
import { MAX_CHOICES, recordsOf } from '../store/records-of.ts'
import { fieldViews } from './field-views.ts'
import { openingVersion } from './opening-version.ts'
import { deskOf, type Who } from './run-command.ts'

/** Where staff open tickets by hand; the other entries are those of customers and of other systems. */
const handEntries = ['workbench', 'profile', 'group'] as const

interface Asked {
  readonly tenant: string
  readonly who: Who
}

/**
 * The kinds of tickets that somebody may open: by hand, with at least one field that is theirs to write, and none that is
 * required of a new ticket but not theirs. Throws Problem.
 */
export function listOpenings(deps: Deps, { tenant, who }: Asked): Promise<OpeningsReply> {
  return deps.store.snapshot(tenant, async tx => {
    const desk = await deskOf(tx)
    const at = deps.now() + desk.clockOffsetMs
    const roles = (await loadStaff(tx)).find(({ id }) => id === who.id)?.roles ?? []
    const kinds: Kind[] = []
    for (const { blueprint } of desk.running)
      for (const ticket of Object.keys(blueprint.tickets).filter(name => opensByHand(blueprint, name)))
        kinds.push({ blueprint, ticket, wanted: await wantedFields(tx, { blueprint, desk, ticket, at }) })
    const by = (held: readonly string[]) =>
      kinds.filter(kind => mayFill(kind, personOf({ ...who, kind: 'staff' }, held)))
    const openings = by(roles).map(openingOf)
    const all = new Set(desk.running.flatMap(({ blueprint }) => Object.keys(blueprint.roles)))
    const openers = [...all].filter(role => by([role]).length > 0)
    const findsByPhone = desk.running.some(({ blueprint }) => hasPhone(blueprint))
    return { openings, openers: openings.length > 0 ? [] : openers, findsByPhone }
  })
}

/** The form of a new ticket as it stands with what is filled so far, for somebody who may write it. Throws Problem. */
export function openingForm(
  deps: Deps,
  { tenant, who }: Asked,
  opening: {
    readonly ticket: string
    readonly customer: string | null
    readonly subject: string | null
    readonly fields: FieldValues
  },
): Promise<OpeningFormReply> {
  const { ticket, customer, subject, fields } = opening
  return deps.store.snapshot(tenant, async tx => {
    const desk = await deskOf(tx)
    const { blueprint } = await openingVersion(tx, desk, opening)
    const { form } = blueprint.tickets[ticket]!
    const given = { form, customer, subject, fields }
    const loaded = await loadFacts(tx, { blueprint, desk, about: { id: null, ...given } })
    const facts = { ...loaded, at: deps.now() + desk.clockOffsetMs }
    const person = personOf(who, facts.staff.find(({ id }) => id === who.id)?.roles ?? [])
    const filled = { ...given, fields: withDefaults(blueprint, given, facts) }
    const visible = new Set(visibleFields(blueprint, filled, facts))
    const required = new Set(requiredFields(blueprint, filled, facts))
    const offered = new Set(offeredFields(blueprint, person, ticket))
    const views = await fieldViews(tx, blueprint, { filled, facts })
    const entity = blueprint.forms[form]!.subject
    return {
      fields: views
        .filter(({ name }) => visible.has(name) && offered.has(name))
        .map(view => ({ ...view, writable: true, required: required.has(view.name) })),
      subjects:
        entity === null ? [] : await recordsOf(tx, blueprint, { entity, customer, limit: MAX_CHOICES }),
    }
  })
}

const phone = /电话|手机|联系方式|phone|mobile|\btel\b/i

/** Whether customers have a field that says how to ring them, by what it is called. */
function hasPhone({ entities, labels }: Blueprint): boolean {
  return Object.entries(entities.customer?.fields ?? {}).some(([name, { label }]) =>
    [name, label, ...Object.values(labels).flatMap(words => words[`customer.${name}`] ?? [])].some(word =>
      phone.test(word),
    ),
  )
}

/** A kind of ticket that is opened by hand, with the fields that a new one may not be without. */
interface Kind {
  readonly blueprint: Blueprint
  readonly ticket: string
  readonly wanted: readonly string[]
}

const handEntriesOf = ({ entries }: TicketBlueprint) => handEntries.filter(entry => entries.includes(entry))
const opensByHand = ({ tickets }: Blueprint, ticket: string) => handEntriesOf(tickets[ticket]!).length > 0

/** What is required of a new ticket that nothing is known of yet. */
async function wantedFields(
  tx: Tx,
  { blueprint, desk, ticket, at }: { blueprint: Blueprint; desk: DeskRow; ticket: string; at: number },
): Promise<string[]> {
  const { form } = blueprint.tickets[ticket]!
  const given = { form, customer: null, subject: null, fields: {} }
  const facts = { ...(await loadFacts(tx, { blueprint, desk, about: { id: null, ...given } })), at }
  const filled = { ...given, fields: withDefaults(blueprint, given, facts) }
  const visible = new Set(visibleFields(blueprint, filled, facts))
  const { fields } = blueprint.forms[form]!
  const isOpen = (field: string) => !fields[field]!.computed && visible.has(field)
  return requiredFields(blueprint, filled, facts).filter(
    field => isOpen(field) && (filled.fields[field] ?? null) === null,
  )
}

function mayFill({ blueprint, ticket, wanted }: Kind, person: Person): boolean {
  const offered = new Set(offeredFields(blueprint, person, ticket))
  return offered.size > 0 && wanted.every(field => offered.has(field))
}

function openingOf({ blueprint, ticket }: Kind): OpeningReply {
  const declared = blueprint.tickets[ticket]!
  const { label, form } = declared
  const { subject } = blueprint.forms[form]!
  const about = subject === null ? undefined : blueprint.entities[subject]
  return {
    ...{ ticket, label, form, entries: handEntriesOf(declared) },
    subject: subject !== null && about ? { entity: subject, label: about.label } : null,
  }
}

/** What is filled when a ticket is opened, as far as a person may: not what a later node asks for, nor what is computed. */
function offeredFields(blueprint: Blueprint, person: Person, ticket: string): string[] {
  const { form } = blueprint.tickets[ticket]!
  const later = askedLater(blueprint.tickets[ticket]!)
  return Object.entries(blueprint.forms[form]!.fields).flatMap(([field, { at, computed, required }]) => {
    const isLater = at !== undefined || computed !== undefined || (later.has(field) && !required)
    return !isLater && rightOn(blueprint, person, { form, field }) === 'write' ? [field] : []
  })
}

/**
 * The fields that nodes after the first ask for, or a transition that ends the ticket there (why it is refused): whoever takes it
 * is asked then. What leads on may be known already.
 */
function askedLater({ start, nodes }: TicketBlueprint): ReadonlySet<string> {
  const asksOf = (reactions: NodeBlueprint['reactions']) =>
    reactions.flatMap(({ acts }) => acts.flatMap(act => (act.act === 'ask' ? act.fields : [])))
  const leadingOn = (nodes[start]?.reactions ?? []).filter(({ target }) => target?.go !== 'end')
  const first = new Set([...(nodes[start]?.asks ?? []), ...asksOf(leadingOn)])
  const all = Object.values(nodes).flatMap(({ asks, reactions }) => [...asks, ...asksOf(reactions)])
  return new Set(all.filter(field => !first.has(field)))
}
