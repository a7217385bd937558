import type { PauseBlueprint } from '#core/blueprint'
import { settingFacts } from '#core/form'
import { BLAME_MS } from '#core/sop'
import { evaluate } from '#core/table'
import type { Deps } from '../deps.ts'
import { declaring } from '../store/desk-packs.ts'
import { json, type Tx } from '../store/index.ts'
import type { DeskPack, DeskRow } from '../store/load-desk.ts'
import { tell } from './enrol.ts'
import { lockCustomer, releaseSends } from './gate-sends.ts'
import { RECALLED } from './mass-sends.ts'
import { notFound } from './problem.ts'
import { deskOf } from './run-command.ts'

interface Opened {
  readonly tenant: string
  readonly desk: DeskRow
  readonly kind: string
  readonly customer: string
  readonly at: number
}

/**
 * A ticket was opened: where that is a complaint to a pack that runs, SOPs that wrote to the customer may have to pause, whichever
 * pack they are of.
 */
export async function noticeComplaint(tx: Tx, opened: Opened): Promise<void> {
  const { desk, kind, customer, at } = opened
  const limits = desk.running.flatMap(pack =>
    Object.entries(pack.blueprint.limits).map(([limit, declared]) => ({ pack, limit, ...declared })),
  )
  const pauses = limits.flatMap(({ pack, limit, pauses }) => pauses.map(pause => ({ pack, limit, pause })))
  const silences = limits.some(({ skips }) => skips.length > 0)
  if (!silences && pauses.length === 0) return
  await lockCustomer(tx, customer)
  await judgeAnew(tx, { tenant: opened.tenant, customer })
  const concerned = pauses.filter(({ pause }) => pause.complaints.includes(kind))
  const sops = await tx.query<{ sop: string }>(
    `select distinct sop from send_ledger
     where customer_id = $1 and sop is not null and state <> 'released' and upto > $2 and at <= $3 order by sop`,
    [customer, at - BLAME_MS, at],
  )
  for (const { sop } of sops)
    for (const { pack, limit, pause } of concerned) {
      const { blueprint, settings } = pack
      const complaints = await countComplaints(tx, { sop, pause, at })
      const facts = { ...settingFacts(blueprint, { records: {}, settings }), complaints }
      if (evaluate(blueprint, pause.when, facts) !== true) continue
      await pauseSop(tx, opened, { pack, sop, limit, pause, complaints })
    }
}

/** What passed the gate for a customer but was not sent yet comes before it again. */
async function judgeAnew(tx: Tx, { tenant, customer }: { tenant: string; customer: string }): Promise<void> {
  await recall(tx, tenant, await waitingTasks(tx, `purpose = 'promo' and to_id = $1`, customer))
  const rows = await tx.query<{ id: string }>(
    `update outbox set state = 'queued' where to_kind = 'customer' and to_id = $1 and state = 'cleared' returning id`,
    [customer],
  )
  await releaseSends(
    tx,
    rows.map(({ id }) => id),
  )
}

async function waitingTasks(tx: Tx, condition: string, value: string): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from outbox where state = 'waiting' and to_kind = 'customer' and ${condition}`,
    [value],
  )
  return rows.map(({ id }) => id)
}

/** Mass sends that members have not confirmed yet are withdrawn; then the gate sees them again. */
async function recall(tx: Tx, tenant: string, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await tx.query(`update outbox set reason = '${RECALLED}' where id = any($1) and state = 'waiting'`, [ids])
  tx.enqueue('mass', { tenant })
}

/** Customers who complained after a message of the SOP, since it last was let go on. */
async function countComplaints(
  tx: Tx,
  { sop, pause, at }: { sop: string; pause: PauseBlueprint; at: number },
): Promise<number> {
  const [row] = await tx.query<{ count: number }>(
    `select count(distinct t.customer_id) as count from ticket t
     where t.kind = any($2) and t.opened_at > $3 and exists (
       select 1 from send_ledger l where l.tenant = t.tenant and l.customer_id = t.customer_id and l.sop = $1
         and l.state <> 'released' and l.at <= t.opened_at and l.upto > t.opened_at - $4::bigint)
       and t.opened_at > coalesce((select value from counter where name = 'resumed/' || $1), 0)`,
    [sop, [...pause.complaints], at - BLAME_MS, BLAME_MS],
  )
  return Number(row!.count)
}

interface Pausing {
  /** Whose limit it is. */
  readonly pack: DeskPack
  readonly sop: string
  readonly limit: string
  readonly pause: PauseBlueprint
  readonly complaints: number
}

async function pauseSop(
  tx: Tx,
  { tenant, desk, customer, at }: Opened,
  { pack, sop, limit, pause, complaints }: Pausing,
): Promise<void> {
  const reason = { limit, complaints, customer }
  const fresh = await tx.query(
    `insert into sop_pause (tenant, sop, at, reason) values ($1, $2, $3, $4) on conflict do nothing returning sop`,
    [tenant, sop, at, json(reason)],
  )
  if (fresh.length === 0) return
  const held = await tx.query<{ id: string }>(
    `update outbox set state = 'held', reason = 'paused'
     where sop = $1 and state in ('queued', 'cleared', 'deferred') returning id`,
    [sop],
  )
  await releaseSends(
    tx,
    held.map(({ id }) => id),
  )
  await recall(tx, tenant, await waitingTasks(tx, 'sop = $1', sop))
  const text = `「${labelOf(desk, sop)}」已暂停：${complaints} 起投诉`
  const staff = await tx.query<{ id: string }>(
    'select id from staff where active and roles && $1 order by id',
    [pause.notify.filter(who => who !== 'admin')],
  )
  const receivers = [
    ...(pause.notify.includes('admin') ? [{ kind: 'admin', id: 'admin' } as const] : []),
    ...staff.map(({ id }) => ({ kind: 'staff', id }) as const),
  ]
  for (const receiver of receivers)
    await tell(tx, { tenant, pack: pack.name, id: `pause.${sop}.${at}`, receiver, text, at })
}

function labelOf(desk: DeskRow, sop: string): string {
  return declaring(desk, 'sops', sop)?.blueprint.sops[sop]?.label ?? sop
}

/** Lets a paused SOP go on; what was held comes before the gate again. Throws Problem. */
export function resumeSop(deps: Deps, tenant: string, sop: string): Promise<{ released: number }> {
  return deps.store.inTenant(tenant, async tx => {
    const rows = await tx.query('delete from sop_pause where sop = $1 returning sop', [sop])
    if (rows.length === 0) throw notFound()
    const at = deps.now() + (await deskOf(tx)).clockOffsetMs
    await tx.query(
      `insert into counter (tenant, name, value) values ($1, $2, $3)
       on conflict (tenant, name) do update set value = excluded.value`,
      [tenant, `resumed/${sop}`, Math.ceil(at)],
    )
    const held = await tx.query(
      `update outbox set state = 'queued' where sop = $1 and state = 'held' and reason = 'paused' returning id`,
      [sop],
    )
    tx.enqueue('outbox', { tenant })
    return { released: held.length }
  })
}
