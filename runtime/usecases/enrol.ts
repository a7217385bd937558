import type { Blueprint, SopTriggerBlueprint } from '#core/blueprint'
import { assign } from '#core/routing'
import { decideSop, enrol, mayEnter, type Enrolment, type SopDecision, type SopEffect } from '#core/sop'
import { holidayTables } from '#core/values'
import type { Deps } from '../deps.ts'
import { json, type Tx } from '../store/index.ts'
import { loadCustomerFacts } from '../store/load-customer.ts'
import { loadBlueprint, type DeskPack, type DeskRow } from '../store/load-desk.ts'
import { loadStaff } from '../store/load-facts.ts'
import { gateSend, isSilent, setTimer } from './gate-sends.ts'

/** Whoever calls these holds the lock of the customer's row. */
export interface Place {
  readonly deps: Deps
  readonly tenant: string
  readonly desk: DeskRow
  readonly customer: string
  readonly at: number
}

/** What may bring customers into an SOP of a pack. */
export interface SopTrigger {
  readonly pack: DeskPack
  readonly sop: string
  readonly trigger: SopTriggerBlueprint
  /** Which of the SOP's, from 0. */
  readonly index: number
}

/** Every trigger of every SOP of the packs that run. */
export function sopTriggers({ running }: DeskRow): SopTrigger[] {
  return running.flatMap(pack =>
    Object.entries(pack.blueprint.sops).flatMap(([sop, { triggers }]) =>
      triggers.map((trigger, index) => ({ pack, sop, trigger, index })),
    ),
  )
}

/** The outward act that SOP messages are switched on by. */
export const SEND_ACT = 'send'

/** Enters the customer into an SOP of a pack's newest version if its trigger lets them; yields the enrolment's id. */
export async function tryEnrol(
  tx: Tx,
  place: Place,
  { pack, sop, trigger, subject }: SopTrigger & { subject: Enrolment['subject'] },
): Promise<string | undefined> {
  const { customer, at } = place
  const { blueprint, hash } = pack
  const isTrial = await isSilent(tx, { pack: pack.name, kind: SEND_ACT })
  const [last] = await tx.query<{ started_at: number; status: string }>(
    `select started_at, status from enrolment where customer_id = $1 and sop = $2 and trial = $3
     order by started_at desc limit 1`,
    [customer, sop, isTrial],
  )
  const question = await questionOf(tx, place, { blueprint, subject })
  const isRunning = last?.status === 'running' || last?.status === 'watching'
  const entry = mayEnter(question, trigger, last && { startedAt: last.started_at, isRunning })
  if (entry !== 'enter') return undefined
  const id = `${sop}/${customer}/${at}`
  const decision = enrol(question, { command: 'enrol', id, sop, customer, subject })
  await tx.query(
    `insert into enrolment (tenant, id, sop, customer_id, blueprint_hash, status, trial, started_at, state)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
    [...[place.tenant, id, sop, customer, hash, decision.state.status, isTrial, at], json(decision.state)],
  )
  await commit(tx, place, { pack: pack.name, before: 0, decision })
  return id
}

/** An enrolment's wait is over, or something happened to its customer. */
export async function advance(
  tx: Tx,
  place: Place,
  { id, command }: { id: string; command: { command: 'due' } | { command: 'event'; event: string } },
): Promise<void> {
  const [row] = await tx.query<{ state: Enrolment; blueprint_hash: string }>(
    'select state, blueprint_hash from enrolment where id = $1 for update',
    [id],
  )
  if (!row) return
  const blueprint = await loadBlueprint(tx, row.blueprint_hash)
  const question = await questionOf(tx, place, { blueprint, subject: row.state.subject })
  const decision = decideSop(question, row.state, command)
  if (!decision) return
  await tx.query('update enrolment set status = $2, state = $3 where id = $1', [
    ...[id, decision.state.status],
    json(decision.state),
  ])
  await commit(tx, place, { pack: blueprint.pack.name, before: row.state.log.length, decision })
}

async function questionOf(
  tx: Tx,
  { desk, customer, at }: Place,
  { blueprint, subject }: { blueprint: Blueprint; subject: Enrolment['subject'] },
) {
  const facts = await loadCustomerFacts(tx, { blueprint, desk, customer, subject, at })
  return { blueprint, facts, frame: { zone: blueprint.pack.zone, holidays: holidayTables }, at }
}

async function commit(
  tx: Tx,
  place: Place,
  { pack, before, decision }: { pack: string; before: number; decision: SopDecision },
): Promise<void> {
  const { id, sop, dueAt } = decision.state
  const timer = `sop/${id}`
  if (dueAt === null) await tx.query('delete from timer where id = $1', [timer])
  else {
    const ref = { enrolment: id, customer: place.customer, sop }
    await setTimer(tx, { id: timer, kind: 'sop', dueAt, ref })
  }
  for (const [index, effect] of decision.effects.entries()) {
    const done = { pack, key: `${id}.${before}.${index}`, state: decision.state }
    if (effect.effect === 'send') await send(tx, place, { ...done, effect })
    else await addTodo(tx, place, { ...done, effect })
  }
  if (decision.effects.length > 0) tx.enqueue('outbox', { tenant: place.tenant })
}

interface Done<Effect extends SopEffect['effect']> {
  readonly pack: string
  readonly key: string
  readonly effect: SopEffect & { readonly effect: Effect }
  readonly state: Enrolment
}

async function send(
  tx: Tx,
  { deps, tenant, customer, at }: Place,
  { pack, key, effect, state }: Done<'send'>,
): Promise<void> {
  for (const channel of effect.channels) {
    const id = `${key}.${channel}`
    const { purpose, text, step } = effect
    await tx.query(
      `insert into outbox (tenant, id, kind, to_kind, to_id, body, state, created_at, purpose, channel, sop, enrolment_id, pack)
       values ($1, $2, '${SEND_ACT}', 'customer', $3, $4, 'queued', $5, $6, $7, $8, $9, $10)`,
      [
        ...[tenant, id, customer, json({ text, node: step }), at],
        purpose,
        channel,
        state.sop,
        state.id,
        pack,
      ],
    )
    const message = { id, kind: SEND_ACT, to_id: customer, purpose, channel, sop: state.sop, text, pack }
    await gateSend(deps, tx, message, at)
  }
}

async function addTodo(
  tx: Tx,
  { tenant, customer, at }: Place,
  { pack, key, effect, state }: Done<'task'>,
): Promise<void> {
  const { role, text, dueAt, escalate } = effect
  const need = { role, team: null, skill: null, store: null, cap: null, picks: ['least_loaded'], keep: null }
  const { assignee } = assign(need, await loadStaff(tx))
  await tx.query(
    `insert into todo (tenant, id, enrolment_id, customer_id, role, assignee, text, due_at, escalate, state, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, 'open', $10)`,
    [...[tenant, key, state.id, customer, role, assignee, text, Math.ceil(dueAt), [...escalate]], at],
  )
  await setTimer(tx, { id: `todo/${key}`, kind: 'todo', dueAt, ref: { todo: key, customer } })
  const receiver =
    assignee === null ? ({ kind: 'admin', id: 'admin' } as const) : ({ kind: 'staff', id: assignee } as const)
  await tell(tx, { tenant, pack, id: `todo.${key}`, receiver, text: `待办：${text}`, at })
}

/** Puts a notice to a member or the administrators into the outbox. */
export async function tell(
  tx: Tx,
  notice: {
    readonly tenant: string
    /** Whose notice it is: it goes out once that pack may. */
    readonly pack: string
    readonly id: string
    readonly receiver: { readonly kind: 'staff' | 'admin'; readonly id: string }
    readonly text: string
    readonly at: number
  },
): Promise<void> {
  const { tenant, pack, id, receiver, text, at } = notice
  await tx.query(
    `insert into outbox (tenant, id, kind, to_kind, to_id, body, state, created_at, pack)
     values ($1, $2, $3, $4, $5, $6, 'queued', $7, $8) on conflict do nothing`,
    [
      ...[tenant, `${id}.${receiver.id}`, `notify-${receiver.kind}`, receiver.kind, receiver.id],
      json({ text, node: '' }),
      ...[at, pack],
    ],
  )
  tx.enqueue('outbox', { tenant })
}
