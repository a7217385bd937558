import { randomUUID } from 'node:crypto'
import type { Blueprint } from '#core/blueprint'
import { isRefusal, type Command } from '#core/desk'
import type { KfMessage } from '../channels/wecom/index.ts'
import type { Deps } from '../deps.ts'
import type { Tx } from '../store/index.ts'
import { loadDesk, type DeskRow } from '../store/load-desk.ts'
import { recordsOf } from '../store/records-of.ts'
import { openedByWords } from './first-words.ts'
import { openingVersion } from './opening-version.ts'
import { Problem } from './problem.ts'
import { customerEvent } from './report-event.ts'
import { deskOf, refused, runCommand } from './run-command.ts'

/** Turns every waiting message into a ticket or a line of one, each in a transaction of its own. */
export async function handleInbox(deps: Deps, tenant: string): Promise<number> {
  for (let handled = 0; ; handled++) {
    const more = await deps.store.inTenant(tenant, tx => handleNext(deps, tx, tenant))
    if (!more) return handled
  }
}

async function handleNext(deps: Deps, tx: Tx, tenant: string): Promise<boolean> {
  const desk = await loadDesk(tx)
  if (!desk || desk.packs.length === 0) return false
  // Why: without a pack what would open a ticket waits for the next one; who has an open ticket is still heard.
  const heard =
    desk.running.length > 0
      ? ''
      : `and exists (select from customer c join ticket t on t.tenant = c.tenant and t.customer_id = c.id
         where t.status = 'open' and c.external_id = data->>'externalUserId')`
  const [row] = await tx.query<{ message_id: string; data: KfMessage }>(
    `select message_id, data from inbox where channel = 'wecom' and ticket_id is null ${heard}
     order by (data->>'sendTime')::bigint, message_id limit 1 for update skip locked`,
  )
  if (!row) return false
  const customer = await customerOf(deps, tx, { tenant, externalId: row.data.externalUserId })
  const ticket = await openTicketOf(tx, customer)
  await noteReply(deps, tx, { tenant, customer, messageId: row.message_id })
  const command = ticket === undefined ? await opening(tx, desk, { customer, message: row.data }) : words(row)
  const id = ticket ?? (command as Command & { command: 'open' }).id
  const who = { kind: 'system', id: 'wecom' } as const
  const answer = await runCommand(deps, tx, { tenant, ticket: id, who, command })
  if (isRefusal(answer)) throw refused(answer)
  await tx.query(`update inbox set ticket_id = $2 where channel = 'wecom' and message_id = $1`, [
    row.message_id,
    id,
  ])
  return true
}

/** The customer wrote: they may be answered again, and SOPs that wait for a word hear it. */
async function noteReply(
  deps: Deps,
  tx: Tx,
  { tenant, customer, messageId }: { tenant: string; customer: string; messageId: string },
): Promise<void> {
  const desk = await deskOf(tx)
  const at = deps.now() + desk.clockOffsetMs
  await tx.query(
    `insert into reply_window (tenant, customer_id, wrote_at, sent) values ($1, $2, $3, 0)
     on conflict (tenant, customer_id) do update set wrote_at = excluded.wrote_at, sent = 0`,
    [tenant, customer, Math.ceil(at)],
  )
  await customerEvent(
    tx,
    { deps, tenant, desk, customer, at },
    { entity: 'customer', key: messageId, event: '回复' },
  )
}

/** The customer of an external id; a new one is known by that id until the name was asked for. */
async function customerOf(
  deps: Deps,
  tx: Tx,
  { tenant, externalId }: { tenant: string; externalId: string },
): Promise<string> {
  const [row] = await tx.query<{ id: string }>(
    `insert into customer (tenant, id, external_id, name, updated_at) values ($1, $2, $3, $3, $4)
     on conflict (tenant, external_id) do update set updated_at = customer.updated_at returning id`,
    [tenant, randomUUID(), externalId, deps.now()],
  )
  return row!.id
}

/** The customer's open ticket that takes messages: the newest. The customer's row is locked, so two messages make one ticket. */
async function openTicketOf(tx: Tx, customer: string): Promise<string | undefined> {
  await tx.query('select id from customer where id = $1 for update', [customer])
  const [row] = await tx.query<{ id: string }>(
    `select id from ticket where customer_id = $1 and status = 'open' order by opened_at desc, id limit 1`,
    [customer],
  )
  return row?.id
}

function words({ message_id: messageId, data }: { message_id: string; data: KfMessage }): Command {
  return { command: 'message', text: data.text ?? '', messageId }
}

/** What a customer's first words open; they fill the form's first text field. */
async function opening(
  tx: Tx,
  desk: DeskRow,
  { customer, message }: { customer: string; message: KfMessage },
): Promise<Command> {
  const chat = openedByWords(desk)
  if (!chat) throw new Problem('unknown-ticket', 422)
  const { ticket } = chat
  const subject = await onlySubject(tx, chat.blueprint, { ticket, customer })
  const { blueprint } = await openingVersion(tx, desk, { ticket, customer, subject, fields: {} })
  const field = firstTextField(blueprint, blueprint.tickets[ticket]!.form)
  const text = message.text ?? ''
  const max = field?.max ?? text.length
  const fields = field ? { [field.name]: [...text].slice(0, max).join('') } : {}
  return {
    ...{ command: 'open', id: randomUUID(), ticket, entry: 'chat', customer, subject },
    ...{ fields, draft: true },
  }
}

/** What the ticket must be about: the customer's one record; among several somebody has to choose. */
async function onlySubject(
  tx: Tx,
  blueprint: Blueprint,
  { ticket, customer }: { ticket: string; customer: string },
): Promise<string | null> {
  const { subject: entity } = blueprint.forms[blueprint.tickets[ticket]!.form]!
  if (entity === null) return null
  const [only, another] = await recordsOf(tx, blueprint, { entity, customer, limit: 2 })
  return only && !another ? only.value : null
}

function firstTextField(
  blueprint: Blueprint,
  form: string,
): { name: string; max: number | undefined } | undefined {
  const found = Object.entries(blueprint.forms[form]!.fields).find(
    ([, field]) => field.type.kind === 'text' && !field.computed,
  )
  return found && { name: found[0], max: found[1].size?.max }
}
