import type { Blueprint } from '#core/blueprint'
import { personOf, rightOn, type Person } from '#core/desk'
import { requiredFields, visibleFields, withDefaults, type FieldValues } from '#core/form'
import type { OpeningFormReply, OpeningReply, OpeningsReply } from '#core/wire'
import type { Deps } from '../deps.ts'
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

/** The kinds of tickets that somebody may open: by hand, and with at least one field that is theirs to write. Throws Problem. */
export function listOpenings(deps: Deps, { tenant, who }: Asked): Promise<OpeningsReply> {
  return deps.store.inTenant(tenant, async tx => {
    const desk = await deskOf(tx)
    const roles = (await loadStaff(tx)).find(({ id }) => id === who.id)?.roles ?? []
    const by = (held: readonly string[]) =>
      desk.running.flatMap(({ blueprint }) =>
        openingsOf(blueprint, personOf({ ...who, kind: 'staff' }, held)),
      )
    const openings = by(roles)
    const all = new Set(desk.running.flatMap(({ blueprint }) => Object.keys(blueprint.roles)))
    const openers = [...all].filter(role => by([role]).length > 0)
    return { openings, openers: openings.length > 0 ? [] : openers }
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
  return deps.store.inTenant(tenant, async tx => {
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
    const offered = new Set(offeredFields(blueprint, person, form))
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

function openingsOf(blueprint: Blueprint, person: Person): OpeningReply[] {
  return Object.entries(blueprint.tickets).flatMap(([ticket, { label, form, entries }]) => {
    const byHand = handEntries.filter(entry => entries.includes(entry))
    if (byHand.length === 0 || offeredFields(blueprint, person, form).length === 0) return []
    const { subject } = blueprint.forms[form]!
    const about = subject === null ? undefined : blueprint.entities[subject]
    return [
      {
        ...{ ticket, label, form, entries: byHand },
        subject: subject !== null && about ? { entity: subject, label: about.label } : null,
      },
    ]
  })
}

/** What is filled when a ticket is opened, as far as a person may: not what a later node asks for, nor what is computed. */
function offeredFields(blueprint: Blueprint, person: Person, form: string): string[] {
  return Object.entries(blueprint.forms[form]!.fields).flatMap(([field, { at, computed }]) => {
    const isLater = at !== undefined || computed !== undefined
    return !isLater && rightOn(blueprint, person, { form, field }) === 'write' ? [field] : []
  })
}
