import type { FieldValues } from '#core/form'
import type { RemainsReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { compilePack, type PackTexts } from '../packs/index.ts'
import { json, type Tx } from '../store/index.ts'
import type { InstallChoices, KeptConsent } from './consent.ts'
import { notFound, Problem } from './problem.ts'
import { agreeWithOthers, holdRoles } from './roles.ts'
import { stopEnrolments } from './stop-enrolments.ts'
import { appendVersion } from './versions.ts'

/** What served before a release was put on the desk, whole. */
interface Before extends InstallChoices {
  /** The desk's version then. */
  readonly version: number
  readonly state: string
  readonly outward: Readonly<Record<string, boolean>>
  readonly files: PackTexts
}

/**
 * Notes what a pack's installation is about to replace; once it has its version, what is yielded keeps the note, unless
 * nothing changed.
 */
export async function keepStep(
  tx: Tx,
  pack: string,
): Promise<(done: { tenant: string; version: number; by: string; at: number }) => Promise<void>> {
  const before = await whatServes(tx, pack)
  return async ({ tenant, version, by, at }) => {
    if (before?.version === version) return
    await appendStep(tx, { tenant, pack, version, by, at, before, undone: null })
  }
}

async function whatServes(tx: Tx, pack: string): Promise<Before | null> {
  const [row] = await tx.query<{
    hash: string
    state: string
    consent: KeptConsent
    settings: FieldValues
    roles: Before['roles']
    departments: Before['departments']
    outward: Before['outward']
    files: PackTexts
    version: number
  }>(
    `select s.base_release as hash, i.state, i.consent, i.settings, i.roles, i.departments, i.outward, s.files,
       (select max(seq) from desk_version where pack = $1 and stores is null) as version
     from desk_install i join desk_source s on s.tenant = i.tenant and s.pack = i.pack
     where i.pack = $1 and i.state in ('trial', 'live')`,
    [pack],
  )
  if (!row) return null
  const { before, ...consent } = row.consent
  // Why: the consent row holds already what was decided about the release that comes.
  return { ...row, consent, ...(before?.hash === row.hash ? before : {}) }
}

/**
 * Puts back the release before the last one: the desk's text, what was agreed to, settings, roles and outward acts as they
 * were. Tickets in flight keep their version. Throws Problem when there is none before.
 */
export function rollBackPack(deps: Deps, step: RollingBack): Promise<{ version: number }> {
  return deps.store.inTenant(step.tenant, tx => putBack(deps, tx, step))
}

interface RollingBack {
  readonly tenant: string
  readonly name: string
  readonly by: string
}

/** The same inside a transaction. */
export async function putBack(
  deps: Deps,
  tx: Tx,
  { tenant, name, by }: RollingBack,
): Promise<{ version: number }> {
  const step = await lastStep(tx, name)
  const { before } = step
  const agreed = await agreeWithOthers(tx, name, before)
  const [old] = await tx.query<{ blueprint_hash: string }>(
    'select blueprint_hash from desk_version where seq = $1',
    [before.version],
  )
  await tx.query(
    `update desk_source set base_release = $2, files = $3, revision = revision + 1 where pack = $1`,
    [name, before.hash, json(before.files)],
  )
  await tx.query(
    `update desk_install set release_hash = $2, state = $3, consent = $4, settings = $5, roles = $6,
         departments = $7, outward = $8, updated_at = $9 where pack = $1`,
    [
      ...[name, before.hash, before.state, json(before.consent), json(before.settings)],
      ...[json(agreed.roles), json(agreed.departments), json(before.outward), deps.now()],
    ],
  )
  const { roles: names } = compilePack(before.files).checked.blueprint
  await holdRoles(tx, { names: Object.keys(names), ...agreed })
  await dropStaged(tx, name)
  const version = await appendVersion(deps, tx, { tenant, hash: old!.blueprint_hash, by })
  const { step: undone } = step
  await appendStep(tx, { tenant, pack: name, version, by, at: deps.now(), before: null, undone })
  return { version }
}

/** What some stores used first is nobody's any more once what it came with is gone. */
async function dropStaged(tx: Tx, pack: string): Promise<void> {
  await tx.query(`update desk_version set stores = '{}' where pack = $1 and stores is not null`, [pack])
}

/** The last step of a pack that put something in another's place and was not undone. Throws Problem. */
async function lastStep(tx: Tx, pack: string): Promise<{ step: number; before: Before }> {
  const [running] = await tx.query<{ state: string }>(
    `select state from desk_install where pack = $1 and state in ('trial', 'live') for update`,
    [pack],
  )
  if (!running) throw new Problem('not-installed', 409, { params: { name: pack } })
  const row = await topStep(tx, pack)
  if (!row?.before) throw new Problem('nothing-before', 409, { params: { name: pack } })
  return { step: row.step, before: row.before }
}

/** The newest step of a pack that was not undone, with what it replaced. */
export async function topStep(
  tx: Tx,
  pack: string,
): Promise<{ readonly step: number; readonly version: number; readonly before: Before | null } | undefined> {
  const [row] = await tx.query<{ step: number; version: number; before: Before | null }>(
    `select step, version, before from install_step s where pack = $1 and undone is null
       and not exists (select from install_step u where u.pack = s.pack and u.undone = s.step)
     order by step desc limit 1`,
    [pack],
  )
  return row
}

async function appendStep(
  tx: Tx,
  step: {
    readonly tenant: string
    readonly pack: string
    readonly version: number
    readonly by: string
    readonly at: number
    readonly before: Before | null
    readonly undone: number | null
  },
): Promise<void> {
  await tx.query(
    `insert into install_step (tenant, pack, step, version, at, by_staff, before, undone)
     select $1, $2, coalesce(max(step), 0) + 1, $3, $4, $5, $6, $7 from install_step where pack = $2`,
    [
      ...[step.tenant, step.pack, step.version, Math.round(step.at), step.by],
      ...[step.before === null ? null : json(step.before), step.undone],
    ],
  )
}

/** What uninstalling a pack leaves: everything but what is yet to go out. */
export function whatRemains(
  deps: Deps,
  { tenant, name }: { tenant: string; name: string },
): Promise<RemainsReply> {
  return deps.store.inTenant(tenant, tx => remains(tx, name))
}

/**
 * Takes the pack off the desk: it opens nothing more and sends nothing more, what waits to go out is held and journeys end.
 * Tickets in flight are worked to their end by the same people; tickets, customers, records, ledger and settings stay.
 * Throws Problem when it is not installed.
 */
export function uninstallPack(
  deps: Deps,
  { tenant, name }: { tenant: string; name: string },
): Promise<RemainsReply> {
  return deps.store.inTenant(tenant, async tx => {
    const gone = await tx.query(
      `update desk_install set state = 'uninstalled', outward = '{}', updated_at = $2
       where pack = $1 and state in ('trial', 'live', 'consented') returning pack`,
      [name, deps.now()],
    )
    if (gone.length === 0) throw notFound()
    // Why before the rest: what waits to go out is held by it.
    const left = await remains(tx, name)
    await stopEnrolments(tx, name, 'all')
    await dropStaged(tx, name)
    tx.afterCommit(() => deps.bus.publish({ desk: tenant, kind: 'desk', id: tenant, seq: 0 }))
    return left
  })
}

/** Customers and records are every pack's; tickets, ledger and messages are counted of this one. */
async function remains(tx: Tx, pack: string): Promise<RemainsReply> {
  const own = 'blueprint_hash in (select blueprint_hash from desk_version where pack = $1)'
  const [row] = await tx.query<RemainsReply>(
    `select (select count(*)::int from ticket where status = 'open' and ${own}) as "openTickets",
       (select count(*)::int from ticket where status <> 'open' and ${own}) as "closedTickets",
       (select count(*)::int from customer) as customers, (select count(*)::int from record) as records,
       (select count(distinct txn)::int from ledger_entry where ${own}) as ledger,
       (select count(*)::int from outbox
         where state in ('queued', 'cleared', 'deferred') and (pack = $1 or pack is null)) as sends`,
    [pack],
  )
  return row!
}
