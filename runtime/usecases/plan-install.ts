import type { Blueprint } from '#core/blueprint'
import type { FieldValues } from '#core/form'
import type { AffectedReply, PlanReply } from '#core/wire'
import { blocksRelease } from '#dsl/diagnostics'
import type { Deps } from '../deps.ts'
import { compilePack } from '../packs/index.ts'
import type { Tx } from '../store/index.ts'
import { clashesOnDesk } from './clashes.ts'
import type { KeptConsent } from './consent.ts'
import { closedReply, conflictReply, mergeRelease } from './merge-release.ts'
import { sayPermissions } from './permissions.ts'
import { planMoves } from './plan-moves.ts'
import { missingRecords } from './records.ts'
import { brokenTests, runTests } from './run-tests.ts'
import { newestRelease } from './take-archive.ts'
import { labelsOf } from './vocabulary.ts'

/**
 * What installing the newest release of a pack would do, brought together with what the desk changed itself and what it chose
 * where both changed one thing; its tests run with this desk's settings. Throws Problem.
 */
export async function planInstall(deps: Deps, tenant: string, name: string): Promise<PlanReply> {
  const { hash, texts, merged, install } = await deps.store.inTenant(tenant, async tx => {
    const release = await newestRelease(tx, name)
    const [held] = await tx.query<{ consent: KeptConsent; settings: FieldValues }>(
      'select consent, settings from desk_install where pack = $1',
      [name],
    )
    return { ...release, install: held, merged: await mergeRelease(tx, { pack: name, ...release }) }
  })
  const release = compilePack(texts)
  const compiled = merged.isOwn ? compilePack(merged.texts) : release
  const { blueprint } = release.checked
  const around = await deps.store.inTenant(tenant, async tx => ({
    ...(await affected(tx, name)),
    moves: await planMoves(tx, { hash: compiled.hash, blueprint: compiled.checked.blueprint }),
    clashes: await clashesOnDesk(tx, compiled.checked.blueprint),
    wants: await missingRecords(tx, compiled.checked.blueprint),
  }))
  const { affects, openTickets, moves, clashes, wants } = around
  const { label, version } = blueprint.pack
  const tickets = Object.keys(compiled.checked.blueprint.tickets)
  const settings = install?.settings ?? {}
  const tests = runTests(compiled, settings)
  return {
    ...{ name, label, version, hash, tickets, openTickets, moves, clashes, affects, wants },
    ...{
      permissions: sayPermissions(blueprint, install?.consent.permissions ?? []),
      roles: Object.keys(blueprint.roles),
      settings: settingsOf(blueprint),
      labels: labelsOf(blueprint),
    },
    tests,
    // What becomes of what the desk changed itself.
    merge: merged.isOwn
      ? {
          conflicts: merged.conflicts.map(conflictReply),
          closed: merged.closed.map(closedReply),
          errors: compiled.checked.diagnostics.filter(blocksRelease).length,
          broken: brokenTests(release, tests.failed, settings),
        }
      : null,
  }
}

function settingsOf({ settings, enums }: Blueprint): PlanReply['settings'] {
  const entries = Object.entries(settings).map(([name, setting]) => {
    const values = setting.type.kind === 'enum' ? enums[setting.type.name]!.values : undefined
    const choices = values && Object.entries(values).map(([value, label]) => ({ value, label }))
    return [name, { ...setting, choices: choices ?? null }] as const
  })
  return Object.fromEntries(entries)
}

async function affected(tx: Tx, pack: string): Promise<{ affects: AffectedReply; openTickets: number }> {
  const [row] = await tx.query<{ customers: number; staff: number; tickets: number }>(
    `select (select count(*)::int from customer) as customers,
       (select count(*)::int from staff where active) as staff,
       (select count(*)::int from ticket where status = 'open'
         and blueprint_hash in (select blueprint_hash from desk_version where pack = $1)) as tickets`,
    [pack],
  )
  const { customers, staff, tickets } = row!
  return { affects: { customers, staff }, openTickets: tickets }
}
