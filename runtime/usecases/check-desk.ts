import type { Blueprint } from '#core/blueprint'
import { unstaffed } from '#core/routing'
import type { CheckReply, SaidReply, SecretReply } from '#core/wire'
import { NONCE_TTL_MS, WecomError } from '../channels/wecom/index.ts'
import type { Deps } from '../deps.ts'
import { EMULATOR_URL } from '../emulator.ts'
import { deadJobs } from '../jobs/index.ts'
import type { Tx } from '../store/index.ts'
import { wholeDesk } from '../store/desk-packs.ts'
import { loadDesk, type DeskRow } from '../store/load-desk.ts'
import { loadStaff } from '../store/load-facts.ts'
import { actWords, listWords, nameWords, packWords } from './act-words.ts'
import { brokenAt } from './audit.ts'
import { sayFinding, type Finding } from './check-words.ts'
import { reasonOf, sayReason } from './connect-words.ts'
import { asksCustomers, linkState } from './customer-link.ts'
import { actsOf } from './install-pack.ts'
import { notedMasterKey } from './master-key.ts'
import { notFound } from './problem.ts'
import { missingRecords } from './records.ts'
import { unheldRoles } from './roles.ts'
import { secretsAsked } from './secrets.ts'
import { countWaiting } from './staffing.ts'
import { wecomAccount } from './wecom-account.ts'

const DAY_MS = 24 * 3_600_000
/** WeCom keeps what customers wrote for three days. */
const OLD_CALLBACK_MS = 3 * DAY_MS
/** Beyond five minutes callbacks are refused; half of it is worth a word. */
const MAX_SKEW_MS = 150_000
const LATE_MS = 60_000
/** Of what nobody is, so many are named. */
const MAX_NAMED = 6
/** Of whom nothing could reach, so many. */
const MAX_WHOM = 5

/** The check-up of a desk (一键体检): what works, what does not, and what to do. Throws Problem when there is no such desk. */
export async function checkDesk(deps: Deps, tenant: string): Promise<CheckReply[]> {
  const dead = await deadJobs(deps.store.boss, tenant)
  const masterKey = await notedMasterKey(deps)
  const here = await deps.store.inTenant(tenant, async tx => {
    const desk = await loadDesk(tx)
    if (!desk) throw notFound()
    const about = { tx, desk, whole: wholeDesk(desk), now: deps.now(), masterKey }
    return {
      account: await wecomAccount(tx),
      database: await databaseSkew(about),
      callback: await callbackAge(about),
      rest: [
        ...(await packFindings(about)),
        await roleFinding(about),
        await teamFinding(about),
        await waitingFinding(about),
        await recordFinding(about),
        await reachFinding(about),
        await actionFinding(about),
        ...(await stalledFindings(about)),
        await secretFinding(about),
        await sourceFinding(about),
        jobFinding(dead),
        await timerFinding(about),
        await sendFinding(about),
        await limitFinding(about),
        await links(about),
        await auditFinding(tx, tenant),
        { check: 'backup', state: 'warn', finding: 'unknown' } as const,
      ],
    }
  })
  const { finding, skewMs } = await wecomFinding(deps, here.account)
  return [finding, here.callback, clockFinding(skewMs, here.database), ...here.rest].map(sayFinding)
}

interface About {
  readonly tx: Tx
  readonly desk: DeskRow
  /** What its packs name, as one. */
  readonly whole: Blueprint | undefined
  /** Real time, epoch ms. */
  readonly now: number
  /** The fingerprint of the key that the service runs with; null without one, undefined before its first start. */
  readonly masterKey: string | null | undefined
}

async function wecomFinding(
  deps: Deps,
  account: Awaited<ReturnType<typeof wecomAccount>>,
): Promise<{ finding: Finding; skewMs: number | undefined }> {
  if (!account) return { finding: { check: 'wecom', state: 'fail', finding: 'none' }, skewMs: undefined }
  if (account.baseUrl === EMULATOR_URL)
    return { finding: { check: 'wecom', state: 'warn', finding: 'emulated' }, skewMs: undefined }
  const client = deps.newWecom(account)
  try {
    const { name } = await client.agent()
    return {
      finding: { check: 'wecom', state: 'pass', finding: 'pass', params: { app: name } },
      skewMs: client.clockSkewMs(),
    }
  } catch (error) {
    if (!(error instanceof WecomError)) throw error
    const { zh, en } = sayReason('corp', reasonOf(error, account.baseUrl)).says
    return {
      finding: { check: 'wecom', state: 'fail', finding: 'fault', params: { zh, en } },
      skewMs: client.clockSkewMs(),
    }
  }
}

/** When WeCom called last; its nonces are kept for two hours, what customers wrote for good. */
async function callbackAge({ tx, now }: About): Promise<Finding> {
  const [row] = await tx.query<{ last: number | null }>(
    `select greatest((select max(at) from channel_nonce), (select max(received_at) from inbox)) as last`,
  )
  const last = row?.last ?? null
  if (last === null) return { check: 'callback', state: 'warn', finding: 'never' }
  const ageMs = Math.max(now - last, 0)
  const params = ageWords(ageMs)
  return ageMs > OLD_CALLBACK_MS
    ? { check: 'callback', state: 'warn', finding: 'old', params }
    : { check: 'callback', state: 'pass', finding: 'pass', params }
}

function ageWords(ms: number): { age: string; ageEn: string } {
  const inHours = Math.round(ms / 3_600_000)
  if (ms < NONCE_TTL_MS) return aged(Math.round(ms / 60_000), '分钟', 'min')
  return ms < 2 * DAY_MS ? aged(inHours, '小时', 'h') : aged(Math.round(ms / DAY_MS), '天', 'd')
}

const aged = (count: number, zh: string, en: string) => ({ age: `${count} ${zh}`, ageEn: `${count} ${en}` })

async function databaseSkew({ tx, now }: About): Promise<number> {
  const [row] = await tx.query<{ at: number }>(
    `select (extract(epoch from clock_timestamp()) * 1000)::bigint as at`,
  )
  return row!.at - now
}

/** Against WeCom's clock where it said its time, else against the database's. */
function clockFinding(wecomMs: number | undefined, databaseMs: number): Finding {
  const skewMs = wecomMs ?? databaseMs
  const [whose, whoseEn] = wecomMs === undefined ? ['数据库', 'the database'] : ['企业微信', 'WeCom']
  const params = { whose, whoseEn, seconds: Math.round(Math.abs(skewMs) / 1000) }
  return Math.abs(skewMs) > MAX_SKEW_MS
    ? { check: 'clock', state: 'fail', finding: 'off', params }
    : { check: 'clock', state: 'pass', finding: 'pass', params }
}

async function packFindings({ tx, desk }: About): Promise<Finding[]> {
  const rows = await tx.query<{ pack: string; state: string; outward: Readonly<Record<string, boolean>> }>(
    `select pack, state, outward from desk_install where state in ('trial', 'live') order by pack`,
  )
  if (rows.length === 0) return [{ check: 'pack', state: 'fail', finding: 'none' }]
  const count = await tx.query<{ pack: string | null; held: number }>(
    `select pack, count(*)::int as held from outbox where state = 'held' and reason = 'trial' group by pack`,
  )
  return rows.map(({ pack: name, state, outward }): Finding => {
    const held = count.find(row => row.pack === name)?.held ?? 0
    const blueprint = desk.packs.find(one => one.name === name)?.blueprint
    const pack = blueprint ? packWords(blueprint) : name
    const page = `/admin/packs/${encodeURIComponent(name)}`
    if (state === 'trial')
      return { check: 'pack', state: 'warn', finding: 'trial', params: { pack, held }, page }
    const off = actsOf(blueprint?.actions ?? {}).filter(act => !outward[act])
    return off.length === 0
      ? { check: 'pack', state: 'pass', finding: 'live', params: { pack } }
      : {
          check: 'pack',
          state: 'warn',
          finding: 'silent',
          params: { pack, acts: listWords(off.map(act => actWords(blueprint, act))) },
          page,
        }
  })
}

async function roleFinding({ tx, whole }: About): Promise<Finding> {
  const open = await unheldRoles(tx, Object.keys(whole?.roles ?? {}))
  return open.length === 0
    ? { check: 'roles', state: 'pass', finding: 'pass' }
    : {
        check: 'roles',
        state: 'fail',
        finding: 'open',
        params: { roles: listWords(open.map(role => nameWords(whole, role))) },
      }
}

async function teamFinding({ tx, whole }: About): Promise<Finding> {
  const open = whole ? unstaffed(whole, await loadStaff(tx)) : []
  if (open.length === 0) return { check: 'teams', state: 'pass', finding: 'pass' }
  const named = open.map(({ place, role, team, skill }) => {
    const parts = [place, role, team, skill].flatMap(part => (part === null ? [] : [nameWords(whole, part)]))
    return { zh: parts.map(({ zh }) => zh).join(' · '), en: parts.map(({ en }) => en).join(' · ') }
  })
  const each = [...new Map(named.map(one => [one.zh, one])).values()]
  const params = { count: open.length, places: listWords(each.slice(0, MAX_NAMED)) }
  return { check: 'teams', state: 'fail', finding: 'open', params }
}

async function waitingFinding({ tx }: About): Promise<Finding> {
  const count = await countWaiting(tx)
  return count === 0
    ? { check: 'waiting', state: 'pass', finding: 'pass' }
    : { check: 'waiting', state: 'warn', finding: 'some', params: { count } }
}

async function recordFinding({ tx, whole }: About): Promise<Finding> {
  const missing = whole ? await missingRecords(tx, whole) : []
  if (missing.length === 0) return { check: 'records', state: 'pass', finding: 'pass' }
  const entities = listWords(missing.map(({ entity }) => nameWords(whole, entity)))
  return { check: 'records', state: 'warn', finding: 'none', params: { entities } }
}

async function reachFinding({ tx, whole }: About): Promise<Finding> {
  const rows = await tx.query<{ name: string }>(
    `select name from staff where active and wecom_user is null and roles && $1 order by name`,
    [Object.keys(whole?.roles ?? {})],
  )
  return rows.length === 0
    ? { check: 'reach', state: 'pass', finding: 'pass' }
    : {
        ...{ check: 'reach', state: 'warn', finding: 'some' },
        params: { names: rows.map(({ name }) => name).join('、') },
      }
}

async function actionFinding({ tx, now, whole }: About): Promise<Finding> {
  const [row] = await tx.query<{ ran: number; failed: number; names: string[] | null }>(
    `select count(*)::int as ran, count(*) filter (where detail is not null)::int as failed,
       array_agg(distinct action) filter (where detail is not null) as names
     from action_run where state in ('done', 'waiting') and changed_at > $1 and detail is distinct from 'moved'`,
    [now - DAY_MS],
  )
  const { ran, failed, names } = row!
  if (failed === 0) return { check: 'actions', state: 'pass', finding: 'pass', params: { ran } }
  const params = { ran, failed, names: listWords((names ?? []).map(name => nameWords(whole, name))) }
  return { check: 'actions', state: failed === ran ? 'fail' : 'warn', finding: 'failed', params }
}

/** Tickets whose run waits for an action that a live pack may not do: nobody is told of them otherwise. */
async function stalledFindings({ tx, desk }: About): Promise<Finding[]> {
  const rows = await tx.query<{ action: string; count: number }>(
    `select r.action, count(distinct r.ticket_id)::int as count
     from action_run r join ticket t on t.tenant = r.tenant and t.id = r.ticket_id
     where r.state = 'held' and t.status = 'open' and r.node = any(t.nodes) group by r.action order by r.action`,
  )
  const found = rows.flatMap(({ action, count }): Finding[] => {
    const pack = desk.running.find(
      ({ state, blueprint }) => state === 'live' && Object.hasOwn(blueprint.actions, action),
    )
    if (!pack) return []
    const act = actWords(pack.blueprint, `action:${action}`)
    return [
      {
        ...{ check: 'stalled', state: 'warn', finding: 'some' },
        params: { count, act, pack: packWords(pack.blueprint) },
        page: `/admin/packs/${encodeURIComponent(pack.name)}`,
      },
    ]
  })
  return found.length > 0 ? found : [{ check: 'stalled', state: 'pass', finding: 'pass' }]
}

async function secretFinding({ tx, whole, masterKey }: About): Promise<Finding> {
  const asked = whole ? await secretsAsked(tx, whole, masterKey ?? null) : []
  const named = (kept: SecretReply['kept']) =>
    asked.filter(each => each.kept === kept).map(({ name }) => name)
  const of = (names: readonly string[]) => ({ names: names.join('、') })
  const [unreadable, unset, plain] = [named('unreadable'), named(null), named('plain')]
  if (unreadable.length > 0)
    return { check: 'secrets', state: 'fail', finding: 'unreadable', params: of(unreadable) }
  if (unset.length > 0) return { check: 'secrets', state: 'warn', finding: 'unset', params: of(unset) }
  if (plain.length > 0) return { check: 'secrets', state: 'warn', finding: 'plain', params: of(plain) }
  return { check: 'secrets', state: 'pass', finding: 'pass', params: { count: asked.length } }
}

async function sourceFinding({ tx }: About): Promise<Finding> {
  const rows = await tx.query<{ source: string; count: number }>(
    `select source, count(*)::int as count from source_message where state = 'dead' group by source order by source`,
  )
  if (rows.length === 0) return { check: 'sources', state: 'pass', finding: 'pass' }
  const count = rows.reduce((sum, row) => sum + row.count, 0)
  const names = rows.map(({ source }) => source).join('、')
  return { check: 'sources', state: 'warn', finding: 'dead', params: { count, names } }
}

const jobFinding = (count: number): Finding =>
  count === 0
    ? { check: 'jobs', state: 'pass', finding: 'pass' }
    : { check: 'jobs', state: 'fail', finding: 'dead', params: { count } }

async function timerFinding({ tx, desk, now }: About): Promise<Finding> {
  const [row] = await tx.query<{ count: number }>(
    'select count(*)::int as count from timer where due_at < $1',
    [Math.round(now + desk.clockOffsetMs - LATE_MS)],
  )
  const { count } = row!
  return count === 0
    ? { check: 'timers', state: 'pass', finding: 'pass' }
    : { check: 'timers', state: 'fail', finding: 'late', params: { count } }
}

async function sendFinding({ tx, now }: About): Promise<Finding> {
  const [row] = await tx.query<{ sent: number; failed: number; stuck: number }>(
    `select count(*) filter (where state = 'sent')::int as sent, count(*) filter (where state = 'failed')::int as failed,
       count(*) filter (where state = 'held' and reason in ('no-channel', 'no-address'))::int as stuck
     from outbox where coalesce(sent_at, created_at) > $1`,
    [now - DAY_MS],
  )
  const { sent, failed, stuck } = row!
  return failed + stuck === 0
    ? { check: 'sends', state: 'pass', finding: 'pass', params: { sent } }
    : {
        ...{ check: 'sends', state: 'warn', finding: 'failed' },
        params: { failed, stuck, whom: await withoutAddress(tx, now - DAY_MS) },
      }
}

/** Whom messages were kept for that had no address to go to; the first few. */
async function withoutAddress(tx: Tx, since: number): Promise<SaidReply> {
  const rows = await tx.query<{ name: string }>(
    `select distinct coalesce(c.name, s.name, o.to_id) as name from outbox o
     left join customer c on o.to_kind = 'customer' and c.tenant = o.tenant and c.id = o.to_id
     left join staff s on o.to_kind = 'staff' and s.tenant = o.tenant and s.id = o.to_id
     where o.state = 'held' and o.reason = 'no-address' and o.created_at > $1 order by name limit ${MAX_WHOM}`,
    [since],
  )
  if (rows.length === 0) return { zh: '', en: '' }
  const { zh, en } = listWords(rows.map(({ name }) => ({ zh: name, en: name })))
  return { zh: `（没有地址的：${zh}）`, en: ` (without an address: ${en})` }
}

async function limitFinding({ tx, now }: About): Promise<Finding> {
  const paused = await tx.query<{ sop: string }>('select sop from sop_pause order by sop')
  if (paused.length > 0)
    return {
      ...{ check: 'limits', state: 'warn', finding: 'paused' },
      params: { sops: paused.map(({ sop }) => sop).join('、') },
    }
  const [row] = await tx.query<{ dropped: number; deferred: number }>(
    `select count(*) filter (where state = 'dropped')::int as dropped,
       count(*) filter (where state = 'deferred')::int as deferred from outbox where created_at > $1`,
    [now - DAY_MS],
  )
  return { check: 'limits', state: 'pass', finding: 'pass', params: { ...row! } }
}

async function links({ tx, whole, masterKey }: About): Promise<Finding> {
  if (masterKey === undefined) return { check: 'links', state: 'warn', finding: 'unknown' }
  const finding = await linkState(tx, masterKey !== null)
  if (finding === 'none') return { check: 'links', state: 'warn', finding }
  // Where nobody asks customers, no notice would bring a link.
  return finding === 'unproved' && whole && asksCustomers(whole)
    ? { check: 'links', state: 'warn', finding, page: '/admin/connect' }
    : { check: 'links', state: 'pass', finding: 'pass' }
}

async function auditFinding(tx: Tx, tenant: string): Promise<Finding> {
  const seq = await brokenAt(tx, tenant)
  if (seq !== null) return { check: 'audit', state: 'fail', finding: 'broken', params: { seq } }
  const [row] = await tx.query<{ count: number }>('select count(*)::int as count from audit')
  return { check: 'audit', state: 'pass', finding: 'pass', params: row! }
}
