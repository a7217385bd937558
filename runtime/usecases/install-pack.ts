import type { Blueprint, SettingBlueprint } from '#core/blueprint'
import { settingFits, type FieldValues } from '#core/form'
import type { MovePlanReply } from '#core/wire'
import { examine, playScenario, tryProperty } from '#dsl'
import { blocksRelease } from '#dsl/diagnostics'
import type { Deps } from '../deps.ts'
import {
  compilePack,
  manifestFault,
  openArchive,
  textsOf,
  verifyArchive,
  type Compiled,
  type PackTexts,
} from '../packs/index.ts'
import { json, type Tx } from '../store/index.ts'
import { actionPermissions, refuseBeyondConsent } from './consent.ts'
import { startWatching } from './fire-reach.ts'
import { mergeRelease } from './merge-release.ts'
import { startMoves } from './move-tickets.ts'
import { planMoves } from './plan-moves.ts'
import { Problem } from './problem.ts'
import { appendVersion } from './versions.ts'

/** The outward acts a pack may do, by the name they are switched on with. */
export const outwardActs = ['notify-customer', 'notify-staff', 'notify-admin', 'send'] as const

/** A release as the catalogue shows it. */
export interface CatalogueEntry {
  readonly name: string
  readonly label: string
  readonly version: number
  readonly hash: string
  readonly state: string | null
}

export type InstallState = 'planned' | 'consented' | 'trial' | 'live'

/** What an installation would do to this desk. */
export interface InstallPlan {
  readonly name: string
  readonly label: string
  readonly version: number
  readonly hash: string
  /** What it may read, whom it writes to, what it calls. */
  readonly permissions: readonly string[]
  readonly tickets: readonly string[]
  readonly roles: readonly string[]
  readonly settings: Readonly<Record<string, SettingBlueprint>>
  readonly tests: { readonly passed: number; readonly failed: readonly string[] }
  readonly openTickets: number
  /** What becomes of them. */
  readonly moves: MovePlanReply
  /** Of a desk that changed its text: where it and the release changed one thing, and what is wrong with both together. */
  readonly merge: {
    readonly conflicts: readonly { readonly zh: string; readonly en: string }[]
    readonly errors: number
  } | null
}

/**
 * Takes a signed archive into the catalogue; the same one again changes nothing. Throws Problem when it is not verified,
 * not sound, its manifest says otherwise than its texts, or another release has its name and version.
 */
export async function addRelease(deps: Deps, archive: Uint8Array): Promise<CatalogueEntry> {
  const keys = await deps.store.asOwner(tx =>
    tx.query<{ id: string; public_key: string }>('select id, public_key from trusted_key'),
  )
  const trusted = Object.fromEntries(keys.map(key => [key.id, key.public_key]))
  const verification = verifyArchive(archive, trusted)
  if (verification.state !== 'verified')
    throw new Problem('pack-unverified', 422, { params: { state: verification.state } })
  const opened = openArchive(archive)
  if (!opened.ok) throw new Problem('pack-unverified', 422, { params: { state: opened.reason } })
  const texts = textsOf(opened.files)
  const { checked, sound } = compilePack(texts)
  const { name, label, version } = checked.blueprint.pack
  if (!sound) throw new Problem('pack-unsound', 422, { params: { name } })
  const differs = manifestFault(opened.files, checked.blueprint)
  if (differs) throw new Problem('manifest-differs', 422, { params: { name, field: differs } })
  const rows = await deps.store.asOwner(tx =>
    tx.query<{ hash: string }>(
      // Why the update that changes nothing: it yields the row that was there first, whoever was quicker.
      `insert into pack_release (hash, name, version, files, manifest, key_id, created_at)
       values ($1, $2, $3, $4, $5, $6, $7)
       on conflict (name, version) do update set name = excluded.name returning hash`,
      [
        opened.hash,
        name,
        version,
        json(texts),
        json({ name, label, version }),
        verification.keyId,
        deps.now(),
      ],
    ),
  )
  if (rows[0]!.hash !== opened.hash)
    throw new Problem('release-taken', 409, { params: { name, version: String(version) } })
  return { name, label, version, hash: opened.hash, state: null }
}

/** Releases anybody may install, and how far this desk is with each pack. */
export function catalogue(deps: Deps, tenant: string): Promise<CatalogueEntry[]> {
  return deps.store.inTenant(tenant, tx =>
    tx.query<CatalogueEntry>(
      `select r.name, r.manifest->>'label' as label, r.version, r.hash, i.state
       from pack_release r left join desk_install i on i.pack = r.name and i.release_hash = r.hash
       order by r.name, r.version desc`,
    ),
  )
}

/**
 * What installing the newest release of a pack would do, brought together with what the desk changed itself; its tests run with
 * this desk's settings. Throws Problem.
 */
export async function planInstall(deps: Deps, tenant: string, name: string): Promise<InstallPlan> {
  const { hash, texts, merged } = await deps.store.inTenant(tenant, async tx => {
    const release = await newestRelease(tx, name)
    return { ...release, merged: await mergeRelease(tx, { pack: name, texts: release.texts }) }
  })
  const { blueprint } = compilePack(texts).checked
  const compiled = compilePack(merged.texts)
  const inFlight = await deps.store.inTenant(tenant, async tx => {
    const [count] = await tx.query<{ count: number }>(`select count(*) from ticket where status = 'open'`)
    const moves = await planMoves(tx, { hash: compiled.hash, blueprint: compiled.checked.blueprint })
    return { openTickets: Number(count!.count), moves }
  })
  const { label, version } = blueprint.pack
  const tickets = Object.values(compiled.checked.blueprint.tickets).map(ticket => ticket.label)
  const errors = compiled.checked.diagnostics.filter(blocksRelease).length
  return {
    ...{ name, label, version, hash, tickets, ...inFlight },
    ...{
      permissions: permissionsOf(blueprint),
      roles: Object.keys(blueprint.roles),
      settings: blueprint.settings,
    },
    tests: errors > 0 ? { passed: 0, failed: [] } : runTests(compiled),
    merge: merged.isOwn ? { conflicts: merged.conflicts, errors } : null,
  }
}

/** Agrees to what the plan of exactly this release asks for. Throws Problem. */
export async function consentTo(
  deps: Deps,
  { tenant, name, hash, by }: { tenant: string; name: string; hash: string; by: string },
): Promise<void> {
  await deps.store.inTenant(tenant, async tx => {
    const release = await newestRelease(tx, name)
    if (release.hash !== hash) throw new Problem('plan-outdated', 409, { params: { name } })
    const permissions = permissionsOf(compilePack(release.texts).checked.blueprint)
    const now = deps.now()
    await tx.query(
      `insert into desk_install (tenant, pack, release_hash, state, consent, updated_at)
       values ($1, $2, $3, 'consented', $4, $5)
       on conflict (tenant, pack) do update set release_hash = excluded.release_hash, consent = excluded.consent,
         updated_at = excluded.updated_at`,
      [tenant, name, hash, json({ by, at: now, permissions }), now],
    )
  })
}

/** Sets the tenant's values for the pack's settings, within their bounds. Throws Problem. */
export function chooseSettings(
  deps: Deps,
  { tenant, name, values }: { tenant: string; name: string; values: FieldValues },
): Promise<void> {
  return deps.store.inTenant(tenant, async tx => {
    const { blueprint } = await consented(tx, name)
    for (const [setting, value] of Object.entries(values)) {
      const declared = blueprint.settings[setting]
      if (!declared) throw new Problem('unknown-setting', 422, { params: { name: setting } })
      if (!settingFits(blueprint, declared, value))
        throw new Problem('setting-bounds', 422, { params: { name: setting } })
    }
    await tx.query('update desk_install set settings = $2, updated_at = $3 where pack = $1', [
      ...[name, json(values)],
      deps.now(),
    ])
  })
}

/** Says which people hold which of the pack's roles. Throws Problem. */
export function mapRoles(
  deps: Deps,
  {
    tenant,
    name,
    roles,
  }: { tenant: string; name: string; roles: Readonly<Record<string, readonly string[]>> },
): Promise<void> {
  return deps.store.inTenant(tenant, async tx => {
    const { blueprint } = await consented(tx, name)
    const unknown = Object.keys(roles).find(role => !Object.hasOwn(blueprint.roles, role))
    if (unknown !== undefined) throw new Problem('unknown-role', 422, { params: { name: unknown } })
    await tx.query('update desk_install set roles = $2, updated_at = $3 where pack = $1', [
      ...[name, json(roles)],
      deps.now(),
    ])
    for (const role of Object.keys(blueprint.roles))
      await tx.query(
        `update staff set roles = case when id = any($2) then array_append(array_remove(roles, $1), $1)
           else array_remove(roles, $1) end`,
        [role, [...(roles[role] ?? [])]],
      )
  })
}

/**
 * Puts the consented release on the desk as its newest version, in trial: new tickets run on it, nothing goes out. What the
 * desk changed itself is kept. Throws Problem when consent is missing, a role has nobody, or both together do not check.
 */
export function installPack(
  deps: Deps,
  { tenant, name, by }: { tenant: string; name: string; by: string },
): Promise<{ version: number }> {
  return deps.store.inTenant(tenant, async tx => {
    const { blueprint, hash, texts: released } = await consented(tx, name)
    const { texts, isOwn } = await mergeRelease(tx, { pack: name, texts: released })
    const compiled = compilePack(texts)
    if (!compiled.sound) throw new Problem('upgrade-unsound', 409, { params: { name } })
    if (isOwn) await refuseBeyondConsent(tx, name, compiled.checked.blueprint)
    const held = await tx.query<{ role: string }>(
      'select distinct unnest(roles) as role from staff where active',
    )
    const unmapped = Object.keys(blueprint.roles).filter(role => !held.some(row => row.role === role))
    if (unmapped.length > 0)
      throw new Problem('roles-unmapped', 409, { params: { roles: unmapped.join('、') } })
    await tx.query(
      `insert into desk_source (tenant, pack, base_release, files, revision) values ($1, $2, $3, $4, 1)
       on conflict (tenant, pack) do update set base_release = excluded.base_release, files = excluded.files,
         revision = desk_source.revision + 1`,
      [tenant, name, hash, json(texts)],
    )
    const version = await publishBlueprint(deps, tx, { tenant, compiled, texts, by })
    await tx.query(`update desk_install set state = 'trial', updated_at = $2 where pack = $1`, [
      name,
      deps.now(),
    ])
    return { version }
  })
}

/** Ends the trial: from now on the outward acts named go out, the others stay silent. Throws Problem. */
export function goLive(
  deps: Deps,
  { tenant, name, outward }: { tenant: string; name: string; outward: readonly string[] },
): Promise<void> {
  return deps.store.inTenant(tenant, async tx => {
    const { blueprint } = await consented(tx, name)
    const known: readonly string[] = [
      ...outwardActs,
      ...Object.keys(blueprint.actions).map(action => `action:${action}`),
    ]
    const unknown = outward.find(act => !known.includes(act))
    if (unknown !== undefined) throw new Problem('unknown-act', 422, { params: { name: unknown } })
    const acts = Object.fromEntries(outward.map(act => [act, true]))
    const rows = await tx.query(
      `update desk_install set state = 'live', outward = $2, updated_at = $3
       where pack = $1 and state in ('trial', 'live') returning pack`,
      [name, json(acts), deps.now()],
    )
    if (rows.length === 0) throw new Problem('not-installed', 409, { params: { name } })
    await endTrial(deps, tx)
  })
}

/** What SOPs only tried out ends with the trial; those who may enter now are looked for anew. */
async function endTrial(deps: Deps, tx: Tx): Promise<void> {
  await tx.query(
    `delete from timer where kind = 'sop' and ref->>'enrolment' in (select id from enrolment where trial)`,
  )
  await tx.query(
    `update enrolment set status = 'stopped', state = state || '{"status":"stopped","dueAt":null}'
     where trial and status in ('running', 'watching')`,
  )
  await startWatching(deps, tx)
}

/**
 * Keeps a blueprint and appends it as the desk's newest version, to which it brings what is in flight as the version says; an
 * equal newest one is not repeated.
 */
export async function publishBlueprint(
  deps: Deps,
  tx: Tx,
  { tenant, compiled, texts, by }: { tenant: string; compiled: Compiled; texts: PackTexts; by: string },
): Promise<number> {
  await tx.query(
    `insert into blueprint (hash, json, source, created_at) values ($1, $2, $3, $4) on conflict do nothing`,
    [compiled.hash, json(compiled.checked.blueprint), json(texts), deps.now()],
  )
  const [last] = await tx.query<{ seq: number; blueprint_hash: string }>(
    'select seq, blueprint_hash from desk_version order by seq desc limit 1',
  )
  if (last?.blueprint_hash === compiled.hash) return last.seq
  const seq = await appendVersion(deps, tx, { tenant, hash: compiled.hash, by })
  await startMoves(tx, tenant, { seq, hash: compiled.hash, blueprint: compiled.checked.blueprint })
  return seq
}

/** What a pack does to the world, in the words a consent page lists. */
function permissionsOf(blueprint: Blueprint): string[] {
  const nodes = Object.values(blueprint.tickets).flatMap(ticket => Object.values(ticket.nodes))
  const reads = Object.values(blueprint.forms).some(form => form.subject !== null) ? ['read records'] : []
  const tells = nodes.some(node => node.public?.notify) ? ['notify-customer'] : []
  const sends = Object.keys(blueprint.sops).length > 0 ? ['send'] : []
  return ['read customer', ...actionPermissions(blueprint), ...reads, 'notify-staff', ...tells, ...sends]
}

function runTests({ checked }: Pick<Compiled, 'checked'>): InstallPlan['tests'] {
  const rows = examine(checked.blueprint, checked.cases)
  const stories = checked.scenarios.map(scenario => playScenario(checked.blueprint, scenario))
  const tried = checked.properties.map(property => tryProperty(checked.blueprint, property))
  const failed = [
    ...rows.filter(row => Object.keys(row.differences).length > 0).map(row => row.case.name),
    ...stories.filter(story => story.failure !== null).map(story => story.scenario.title),
    ...tried.filter(({ failure }) => failure !== null).map(({ property }) => property.title),
  ]
  return { passed: rows.length + stories.length + tried.length - failed.length, failed }
}

async function newestRelease(tx: Tx, name: string): Promise<{ hash: string; texts: PackTexts }> {
  const [row] = await tx.query<{ hash: string; files: PackTexts }>(
    'select hash, files from pack_release where name = $1 order by version desc limit 1',
    [name],
  )
  if (!row) throw new Problem('unknown-pack', 404, { params: { name } })
  return { hash: row.hash, texts: row.files }
}

async function consented(tx: Tx, name: string) {
  const [row] = await tx.query<{ hash: string; files: PackTexts }>(
    `select r.hash, r.files from desk_install i join pack_release r on r.hash = i.release_hash where i.pack = $1`,
    [name],
  )
  if (!row) throw new Problem('consent-missing', 409, { params: { name } })
  const compiled = compilePack(row.files)
  return { compiled, blueprint: compiled.checked.blueprint, texts: row.files, hash: row.hash }
}
