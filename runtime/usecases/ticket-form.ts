import { filledForm, personOf, rightOn } from '#core/desk'
import { requiredFields, visibleFields, type FieldValues } from '#core/form'
import type { TicketFormReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { newestFor } from '../store/desk-packs.ts'
import { loadBlueprint } from '../store/load-desk.ts'
import { loadFacts } from '../store/load-facts.ts'
import { findTicket } from '../store/ticket-rows.ts'
import { fieldViews } from './field-views.ts'
import { notFound } from './problem.ts'
import { deskOf, type Who } from './run-command.ts'

/** The form of a ticket as it would stand with what somebody typed, as far as it is theirs to write; nothing is kept. Throws Problem. */
export function ticketForm(
  deps: Deps,
  { tenant, who }: { readonly tenant: string; readonly who: Who },
  { id, fields }: { readonly id: string; readonly fields: FieldValues },
): Promise<TicketFormReply> {
  return deps.store.snapshot(tenant, async tx => {
    const row = await findTicket(tx, id)
    if (!row) throw notFound()
    const desk = await deskOf(tx)
    const blueprint = await loadBlueprint(tx, row.blueprintHash)
    const stored = filledForm(blueprint, row.state)
    const loaded = await loadFacts(tx, { blueprint, desk, about: { id, ...stored } })
    const facts = { ...loaded, at: deps.now() + desk.clockOffsetMs }
    const person = personOf(who, facts.staff.find(one => one.id === who.id)?.roles ?? [])
    const newest = newestFor(desk, { hash: row.blueprintHash, blueprint })
    const right = (field: string) => rightOn(newest, person, { form: stored.form, field })
    const typed = Object.entries(fields).filter(([field]) => right(field) === 'write')
    const filled = { ...stored, fields: { ...stored.fields, ...Object.fromEntries(typed) } }
    const visible = new Set(visibleFields(blueprint, filled, facts))
    const required = new Set(requiredFields(blueprint, filled, facts))
    const views = await fieldViews(tx, blueprint, { filled, facts })
    return {
      fields: views
        .filter(({ name }) => visible.has(name) && right(name) !== null)
        .map(view => {
          const { name } = view
          return { ...view, writable: right(name) === 'write', required: required.has(name) }
        }),
    }
  })
}
