import { storeNamed } from '#core/desk'
import type { FieldValues } from '#core/form'
import { openerOf } from '../store/desk-packs.ts'
import type { Tx } from '../store/index.ts'
import type { DeskRow, PackVersion } from '../store/load-desk.ts'
import { loadFacts, type About } from '../store/load-facts.ts'
import { Problem } from './problem.ts'

/** What is known of a ticket when it is opened. */
export interface OpeningSaid {
  readonly ticket: string
  readonly customer: string | null
  readonly subject: string | null
  readonly fields: FieldValues
}

/**
 * The version that a new ticket begins with: of the running pack that has the kind the newest one for all stores; where a newer one
 * serves some stores first, that one if the opening names one of them. Throws Problem when no running pack has the kind.
 */
export async function openingVersion(tx: Tx, desk: DeskRow, said: OpeningSaid): Promise<PackVersion> {
  if (desk.running.length === 0) throw new Problem('uninstalled', 409)
  const pack = openerOf(desk, said.ticket)
  if (!pack) throw new Problem('unknown-ticket', 422)
  const { staged } = pack
  if (staged && Object.hasOwn(staged.blueprint.tickets, said.ticket)) {
    const store = await storeOf(tx, desk, { staged, said })
    if (store !== null && staged.stores.includes(store)) return staged
  }
  return pack
}

/** The form of a kind with what is filled, as facts are loaded for it. */
export function aboutOpening(
  { blueprint }: Pick<PackVersion, 'blueprint'>,
  { ticket, customer, subject, fields }: OpeningSaid,
): About {
  return { id: null, form: blueprint.tickets[ticket]!.form, customer, subject, fields }
}

/** The store that an opening is about: that of the form, of the record it is about, or the store itself. */
async function storeOf(
  tx: Tx,
  desk: DeskRow,
  { staged, said }: { readonly staged: PackVersion; readonly said: OpeningSaid },
): Promise<string | null> {
  const { blueprint } = staged
  const about = aboutOpening(staged, said)
  if (blueprint.forms[about.form]!.subject === 'store') return said.subject
  return storeNamed(blueprint, about, await loadFacts(tx, { blueprint, desk, about }))
}
