import { mayEnter, nextSweep } from '#core/sop'
import { holidayTables } from '#core/values'
import type { Purpose } from '#core/blueprint'
import type { Deps } from '../deps.ts'
import type { Tx } from '../store/index.ts'
import { loadCustomerBatch, SEGMENT_BATCH } from '../store/load-customer.ts'
import type { DeskRow } from '../store/load-desk.ts'
import { continueMoments, MOMENT, MOMENTS, restartMoments } from './await-moments.ts'
import { advance, sopTriggers, tell, tryEnrol } from './enrol.ts'
import { gateSend, lockCustomer, setTimer } from './gate-sends.ts'
import { pollTasks } from './mass-sends.ts'
import { deskOf } from './run-command.ts'

/** A timer that belongs to no ticket. */
export interface ReachTimer {
  readonly id: string
  readonly due_at: number
  readonly kind: string
  readonly ref: Readonly<Record<string, string>>
}

interface At {
  readonly tenant: string
  readonly desk: DeskRow
}

const SWEEP = 'sweep'

/** Fires a timer of messages, SOPs and to-dos at its own instant. One that is gone meanwhile is moot. */
export async function fireReach(deps: Deps, tx: Tx, { tenant, desk }: At, timer: ReachTimer): Promise<void> {
  const { id, kind, ref, due_at: at } = timer
  const customer = ref.customer ?? ''
  if (ref.customer !== undefined) await lockCustomer(tx, customer)
  const taken = await tx.query('delete from timer where id = $1 and due_at = $2 returning id', [id, at])
  if (taken.length === 0) return
  const place = { deps, tenant, desk, customer, at }
  if (kind === 'sop') await advance(tx, place, { id: ref.enrolment!, command: { command: 'due' } })
  else if (kind === 'send') await judgeAgain(deps, tx, { tenant, id: ref.send!, at })
  else if (kind === 'todo') await remind(tx, { tenant, id: ref.todo!, at })
  else if (kind === 'mass') await pollTasks(tx, { tenant, at })
  else if (kind === SWEEP) await sweep(tx, { desk, at, after: ref.after ?? '' })
  else if (kind === MOMENTS) await continueMoments(tx, { desk, at }, { entity: ref.entity!, key: ref.key! })
  else if (kind === 'enrol' || kind === MOMENT) {
    const subject = kind === MOMENT ? { entity: ref.entity!, key: ref.key! } : null
    const entry = sopTriggers(desk).find(({ sop, index }) => sop === ref.sop && index === Number(ref.trigger))
    if (entry) await tryEnrol(tx, place, { ...entry, subject })
  }
}

/** Has what SOPs of the packs' newest versions wait for looked for: segments at once and daily from then on, and dates of records. */
export async function startWatching(deps: Deps, tx: Tx): Promise<void> {
  const desk = await deskOf(tx)
  const at = deps.now() + desk.clockOffsetMs
  if (sopTriggers(desk).some(({ trigger }) => trigger.on === 'segment'))
    await setTimer(tx, { id: SWEEP, kind: SWEEP, dueAt: at, ref: { after: '' } })
  await restartMoments(tx, { desk, at })
}

/** One batch of customers: who may enter gets a timer of their own; then the next batch, or the next day. */
async function sweep(
  tx: Tx,
  { desk, at, after }: { desk: DeskRow; at: number; after: string },
): Promise<void> {
  const looking = sopTriggers(desk).filter(({ trigger }) => trigger.on === 'segment')
  let batch: Awaited<ReturnType<typeof loadCustomerBatch>> = []
  for (const pack of new Set(looking.map(entry => entry.pack))) {
    const { blueprint } = pack
    batch = await loadCustomerBatch(tx, { blueprint, desk, after, at })
    const frame = { zone: blueprint.pack.zone, holidays: holidayTables }
    for (const { sop, trigger, index } of looking.filter(entry => entry.pack === pack))
      for (const { customer, facts } of batch) {
        if (mayEnter({ blueprint, facts, frame, at }, trigger, undefined) !== 'enter') continue
        const ref = { sop, trigger: String(index), customer }
        await setTimer(tx, { id: `enrol/${sop}/${customer}`, kind: 'enrol', dueAt: at, ref })
      }
  }
  const [first] = looking
  if (!first) return
  const isLast = batch.length < SEGMENT_BATCH
  const next = isLast
    ? { dueAt: nextSweep(at, first.pack.blueprint.pack.zone), ref: { after: '' } }
    : { dueAt: at, ref: { after: batch.at(-1)!.customer } }
  await setTimer(tx, { id: SWEEP, kind: SWEEP, ...next })
}

interface Deferred {
  readonly id: string
  readonly kind: string
  readonly to_id: string
  readonly purpose: Purpose
  readonly channel: string
  readonly sop: string | null
  readonly pack: string | null
  readonly text: string
}

/** A deferred message comes before the gate again. */
async function judgeAgain(
  deps: Deps,
  tx: Tx,
  { tenant, id, at }: { tenant: string; id: string; at: number },
): Promise<void> {
  const [row] = await tx.query<Deferred>(
    `select o.id, o.kind, o.to_id, o.purpose, o.channel, o.sop, o.pack,
       case when t.number is null then o.body->>'text' else '工单 #' || t.number || ' ' || (o.body->>'text') end as text
     from outbox o left join ticket t on t.tenant = o.tenant and t.id = o.ticket_id
     where o.id = $1 and o.state = 'deferred' for update of o`,
    [id],
  )
  if (row && (await gateSend(deps, tx, row, at)) === 'cleared') tx.enqueue('outbox', { tenant })
}

/** A to-do was not done in time: whoever it is handed up to is told. */
async function remind(tx: Tx, { tenant, id, at }: { tenant: string; id: string; at: number }): Promise<void> {
  const [todo] = await tx.query<{ text: string; escalate: readonly string[]; pack: string }>(
    `update todo t set state = 'overdue' from enrolment e
     where t.id = $1 and t.state = 'open' and e.tenant = t.tenant and e.id = t.enrolment_id
     returning t.text, t.escalate,
       (select v.pack from desk_version v where v.blueprint_hash = e.blueprint_hash limit 1) as pack`,
    [id],
  )
  if (!todo) return
  const staff = await tx.query<{ id: string }>('select id from staff where active and roles && $1', [
    [...todo.escalate],
  ])
  const receivers = staff.map(row => ({ kind: 'staff', id: row.id }) as const)
  const all = todo.escalate.includes('admin')
    ? [...receivers, { kind: 'admin', id: 'admin' } as const]
    : receivers
  for (const receiver of all)
    await tell(tx, {
      tenant,
      pack: todo.pack,
      id: `todo.${id}.overdue`,
      receiver,
      text: `待办超时：${todo.text}`,
      at,
    })
}
