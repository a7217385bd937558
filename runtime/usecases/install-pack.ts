import { settingProblem, type FieldProblem, type FieldValues } from '#core/form'
import type { Deps } from '../deps.ts'
import { compilePack, type Compiled, type PackTexts } from '../packs/index.ts'
import { json, type Tx } from '../store/index.ts'
import { refuseClashes } from './clashes.ts'
import { refuseBeyondConsent, type InstallChoices, type KeptConsent } from './consent.ts'
import { offerWaiting } from './offer-waiting.ts'
import { startWatching } from './fire-reach.ts'
import { keepStep } from './install-steps.ts'
import { mergeRelease, refuseUndecided, type MergedRelease } from './merge-release.ts'
import { startMoves } from './move-tickets.ts'
import { permissionsOf } from './permissions.ts'
import { Problem } from './problem.ts'
import { WAITING } from './trial.ts'
import { agreeWithOthers, holdRoles, unheldRoles } from './roles.ts'
import { brokenTests, runTests } from './run-tests.ts'
import { newestRelease } from './take-archive.ts'
import { refuseDuringRollout, refuseUnstaged } from './staged-version.ts'
import { stopEnrolments } from './stop-enrolments.ts'
import { appendVersion, newestVersion } from './versions.ts'

/** The outward acts any pack may do, by the name they are switched on with. */
export const outwardActs = ['notify-customer', 'notify-staff', 'notify-admin', 'send'] as const

/** The outward acts a pack may do: what any may, and each of its actions. */
export const actsOf = (actions: Readonly<Record<string, unknown>>): string[] => [
  ...outwardActs,
  ...Object.keys(actions).map(action => `action:${action}`),
]

/**
 * `consented`: agreed to, not on the desk yet. `trial`: on the desk, nothing goes out. `live`: what was switched on goes out.
 * `uninstalled`: takes nothing new and sends nothing; what it made is kept.
 */
export type InstallState = 'consented' | 'trial' | 'live' | 'uninstalled'

/** A pack on a desk, and who acts. */
export interface Installing {
  readonly tenant: string
  readonly name: string
  readonly by: string
}

/** Agrees to what the plan of exactly this release asks for; what runs goes on until it is installed. Throws Problem. */
export function consentTo(
  deps: Deps,
  { hash, ...installing }: Installing & { readonly hash: string },
): Promise<void> {
  return deps.store.inTenant(installing.tenant, async tx => {
    const release = await newestRelease(tx, installing.name)
    if (release.hash !== hash) throw new Problem('plan-outdated', 409, { params: { name: installing.name } })
    const { blueprint } = compilePack(release.texts).checked
    await refuseClashes(tx, blueprint)
    const permissions = permissionsOf(blueprint)
    await keepConsent(tx, { ...installing, hash, permissions, at: deps.now() })
  })
}

/** Notes what was agreed to for a release, with what was decided about the one it is to replace. */
export async function keepConsent(
  tx: Tx,
  {
    tenant,
    name,
    hash,
    ...agreed
  }: Installing & Pick<KeptConsent, 'permissions' | 'at'> & { readonly hash: string },
): Promise<void> {
  const before = await choicesBefore(tx, { name, hash })
  const { by, at, permissions } = agreed
  const consent: KeptConsent = { by, at, permissions, ...(before && { before }) }
  await tx.query(
    `insert into desk_install (tenant, pack, release_hash, state, consent, updated_at)
     values ($1, $2, $3, 'consented', $4, $5)
     on conflict (tenant, pack) do update set release_hash = excluded.release_hash, consent = excluded.consent,
       updated_at = excluded.updated_at,
       state = case when desk_install.state = 'uninstalled' then 'consented' else desk_install.state end`,
    [tenant, name, hash, json(consent), at],
  )
}

/** What the desk decided about the release it has; undefined when it has none. */
async function choicesBefore(
  tx: Tx,
  { name, hash }: { name: string; hash: string },
): Promise<InstallChoices | undefined> {
  const [held] = await tx.query<Omit<InstallChoices, 'consent'> & { consent: KeptConsent }>(
    `select release_hash as hash, consent, settings, roles, departments from desk_install where pack = $1`,
    [name],
  )
  if (!held) return undefined
  const { before, ...consent } = held.consent
  return held.hash === hash ? before : { ...held, consent }
}

/** Sets the tenant's values for the pack's settings, within their bounds. Throws Problem. */
export function chooseSettings(
  deps: Deps,
  { tenant, name, values }: { tenant: string; name: string; values: FieldValues },
): Promise<void> {
  return deps.store.inTenant(tenant, async tx => {
    const { blueprint } = await consented(tx, name)
    const fields = Object.entries(values).flatMap(([setting, value]): FieldProblem[] => {
      const declared = blueprint.settings[setting]
      if (!declared) throw new Problem('unknown-setting', 422, { params: { name: setting } })
      const problem = settingProblem(blueprint, declared, value)
      return problem ? [{ field: setting, ...problem }] : []
    })
    if (fields.length > 0) {
      const names = fields.map(({ field }) => field!)
      throw new Problem('setting-bounds', 422, { params: { name: names.join('、') }, fields })
    }
    await tx.query('update desk_install set settings = $2, updated_at = $3 where pack = $1', [
      ...[name, json(values)],
      deps.now(),
    ])
  })
}

/** Says which people and which departments hold which of the pack's roles. Throws Problem. */
export function mapRoles(
  deps: Deps,
  {
    tenant,
    name,
    roles,
    departments = {},
  }: { tenant: string; name: string } & Pick<InstallChoices, 'roles'> &
    Partial<Pick<InstallChoices, 'departments'>>,
): Promise<void> {
  return deps.store.inTenant(tenant, async tx => {
    const { blueprint } = await consented(tx, name)
    const unknown = Object.keys({ ...roles, ...departments }).find(
      role => !Object.hasOwn(blueprint.roles, role),
    )
    if (unknown !== undefined) throw new Problem('unknown-role', 422, { params: { name: unknown } })
    const agreed = await agreeWithOthers(tx, name, { roles, departments })
    await tx.query('update desk_install set roles = $2, departments = $3, updated_at = $4 where pack = $1', [
      name,
      json(agreed.roles),
      json(agreed.departments),
      deps.now(),
    ])
    await holdRoles(tx, { names: Object.keys(blueprint.roles), ...agreed })
    await offerWaiting(tx, tenant)
  })
}

/**
 * Puts the consented release on the desk as the pack's newest version, in trial: new tickets run on it, nothing goes out. What the
 * desk changed itself is kept. With `stores` those begin with it first: all others, and what is in flight, go on as before, and
 * so does what goes out: acts that are new stay off until they are switched on. Throws Problem when consent is missing, a role has nobody, the desk's changes conflict with the
 * release undecided, both together do not check or break tests of the pack, or clash with another pack.
 */
export async function installPack(
  deps: Deps,
  installing: Installing & {
    readonly stores?: readonly string[] | undefined
    /** What was planned, by its hash. */
    readonly result?: string | undefined
  },
): Promise<{ version: number; release: number }> {
  const { tenant, name } = installing
  // Why outside: stories take longer than a transaction may.
  const tested = await testMerged(deps, tenant, name)
  return deps.store.inTenant(tenant, async tx => {
    const merged = await mergeConsented(tx, name)
    const { result = merged.compiled.hash } = installing
    if ((merged.isOwn && merged.compiled.hash !== tested) || merged.compiled.hash !== result)
      throw new Problem('plan-outdated', 409, { params: { name } })
    const release = merged.released.checked.blueprint.pack.version
    return { ...(await putRelease(deps, tx, { ...installing, ...merged })), release }
  })
}

/** A release brought together with the text of a desk. */
export interface Merge extends Pick<MergedRelease, 'texts' | 'isOwn'> {
  readonly hash: string
  readonly compiled: Compiled
  /** The roles of the release, which somebody has to hold. */
  readonly roles: readonly string[]
}

/** Throws Problem when it is not decided or does not check. */
async function mergeConsented(tx: Tx, name: string): Promise<Merge & { readonly released: Compiled }> {
  const { hash, texts: release, compiled: released } = await consented(tx, name)
  await refuseAgain(tx, { name, hash })
  const merged = await mergeRelease(tx, { pack: name, hash, texts: release })
  refuseUndecided(merged)
  const { texts, isOwn } = merged
  const compiled = isOwn ? compilePack(texts) : released
  if (!compiled.sound) throw new Problem('upgrade-unsound', 409, { params: { name } })
  return { texts, isOwn, hash, compiled, released, roles: Object.keys(released.checked.blueprint.roles) }
}

/** The hash of what passed; undefined of a release as it is, which its maker tested. Throws Problem naming what fails. */
async function testMerged(deps: Deps, tenant: string, name: string): Promise<string | undefined> {
  const { merged, settings } = await deps.store.inTenant(tenant, async tx => {
    const merged = await mergeConsented(tx, name)
    const [install] = await tx.query<{ settings: FieldValues }>(
      'select settings from desk_install where pack = $1',
      [name],
    )
    return { merged, settings: install!.settings }
  })
  if (!merged.isOwn) return undefined
  const { failed } = runTests(merged.compiled, settings)
  const broken = brokenTests(merged.released, failed, settings)
  if (broken.length > 0) throw new Problem('upgrade-breaks', 409, { params: { tests: broken.join('、') } })
  return merged.compiled.hash
}

/** Puts a release that was consented to on the desk as the pack's newest version, in trial. Throws Problem. */
export async function putRelease(
  deps: Deps,
  tx: Tx,
  {
    tenant,
    name,
    by,
    stores,
    texts,
    isOwn,
    hash,
    compiled,
    roles,
  }: Installing & Merge & { readonly stores?: readonly string[] | undefined },
): Promise<{ version: number }> {
  if (isOwn) await refuseBeyondConsent(tx, name, compiled.checked.blueprint)
  if (stores) await refuseUnstaged(tx, name, stores)
  const unmapped = await unheldRoles(tx, roles)
  if (unmapped.length > 0)
    throw new Problem('roles-unmapped', 409, { params: { roles: unmapped.join('、') } })
  const kept = await keepStep(tx, name)
  await tx.query(
    `insert into desk_source (tenant, pack, base_release, files, revision) values ($1, $2, $3, $4, 1)
     on conflict (tenant, pack) do update set base_release = excluded.base_release, files = excluded.files,
       revision = desk_source.revision + 1`,
    [tenant, name, hash, json(texts)],
  )
  // Why before the version: what it waits for is looked for only where the pack runs.
  await tx.query(
    `update desk_install set state = case when $3 then state else 'trial' end, updated_at = $2 where pack = $1`,
    [name, deps.now(), stores !== undefined],
  )
  const version = await publishBlueprint(deps, tx, { tenant, compiled, texts, by, stores })
  await kept({ tenant, version, by, at: deps.now() })
  // Why: what customers wrote before there was a pack has waited.
  tx.enqueue('inbox', { tenant })
  return { version }
}

/** What is on the desk already would only fall back into trial. Throws Problem. */
async function refuseAgain(tx: Tx, { name, hash }: { name: string; hash: string }): Promise<void> {
  const [same] = await tx.query(
    `select s.pack from desk_source s join desk_install i on i.tenant = s.tenant and i.pack = s.pack
     where s.pack = $1 and s.base_release = $2 and i.state in ('trial', 'live')`,
    [name, hash],
  )
  if (same) throw new Problem('already-installed', 409, { params: { name } })
}

/** Ends the trial: from now on the outward acts named go out, the others stay silent. Yields how many runs it had held back and go on now. Throws Problem. */
export function goLive(
  deps: Deps,
  { tenant, name, outward }: { tenant: string; name: string; outward: readonly string[] },
): Promise<number> {
  return deps.store.inTenant(tenant, async tx => {
    const { blueprint } = await consented(tx, name)
    const known = actsOf(blueprint.actions)
    const unknown = outward.find(act => !known.includes(act))
    if (unknown !== undefined) throw new Problem('unknown-act', 422, { params: { name: unknown } })
    const acts = Object.fromEntries(outward.map(act => [act, true]))
    const rows = await tx.query(
      `update desk_install set state = 'live', outward = $2, updated_at = $3
       where pack = $1 and state in ('trial', 'live') returning pack`,
      [name, json(acts), deps.now()],
    )
    if (rows.length === 0) throw new Problem('not-installed', 409, { params: { name } })
    await endTrial(deps, tx, name)
    return releaseRuns(deps, tx, { tenant, name, outward })
  })
}

/** Runs that the trial held back go on for tickets that still wait for them, where their action was switched on. */
async function releaseRuns(
  deps: Deps,
  tx: Tx,
  { tenant, name, outward }: { tenant: string; name: string; outward: readonly string[] },
): Promise<number> {
  const released = await tx.query(
    `update action_run r set state = 'queued', detail = null, changed_at = $2
     from ticket t where t.tenant = r.tenant and t.id = r.ticket_id and ${WAITING} and 'action:' || r.action = any($1)
       and t.blueprint_hash in (select blueprint_hash from desk_version where pack = $3)
     returning r.id`,
    [[...outward], deps.now(), name],
  )
  if (released.length > 0) tx.enqueue('actions', { tenant })
  return released.length
}

/** What SOPs only tried out ends with the trial; those who may enter now are looked for anew. */
async function endTrial(deps: Deps, tx: Tx, pack: string): Promise<void> {
  await stopEnrolments(tx, pack, 'trial')
  await startWatching(deps, tx)
}

interface Publication {
  readonly tenant: string
  readonly compiled: Compiled
  readonly texts: PackTexts
  readonly by: string
  /** Whose new tickets alone begin with it; without, every store's. */
  readonly stores?: readonly string[] | undefined
}

/**
 * Keeps a blueprint and appends it as its pack's newest version, to which it brings what is in flight as the version says; an
 * equal newest one is not repeated. What is for some stores moves nothing. Throws Problem where it clashes with another pack.
 */
export async function publishBlueprint(
  deps: Deps,
  tx: Tx,
  { tenant, compiled, texts, by, stores }: Publication,
): Promise<number> {
  const { name } = compiled.checked.blueprint.pack
  await refuseDuringRollout(tx, name)
  await tx.query(
    `insert into blueprint (hash, json, source, created_at) values ($1, $2, $3, $4) on conflict do nothing`,
    [compiled.hash, json(compiled.checked.blueprint), json(texts), deps.now()],
  )
  const last = await newestVersion(tx, name)
  if (last?.hash === compiled.hash) return last.seq
  const seq = await appendVersion(deps, tx, { tenant, hash: compiled.hash, by, stores: stores ?? null })
  if (!stores)
    await startMoves(tx, tenant, { seq, hash: compiled.hash, blueprint: compiled.checked.blueprint })
  return seq
}

/** The release the desk agreed to last. Throws Problem. */
async function consented(tx: Tx, name: string) {
  const [row] = await tx.query<{ hash: string; files: PackTexts }>(
    `select r.hash, r.files from desk_install i join pack_release r on r.hash = i.release_hash
     where i.pack = $1 and i.state <> 'uninstalled'`,
    [name],
  )
  if (!row) throw new Problem('consent-missing', 409, { params: { name } })
  const compiled = compilePack(row.files)
  return { compiled, blueprint: compiled.checked.blueprint, texts: row.files, hash: row.hash }
}
