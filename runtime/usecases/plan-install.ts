import type { Blueprint } from '#core/blueprint'
import type { FieldValues } from '#core/form'
import { sharedNames } from '#core/together'
import type { AffectedReply, PlanReply, SaidReply } from '#core/wire'
import { diffBlueprints, sayChange, type Change } from '#dsl/change'
import { blocksRelease, messageOf, positionAt } from '#dsl/diagnostics'
import type { Deps } from '../deps.ts'
import { compilePack, type Compiled, type PackTexts } from '../packs/index.ts'
import type { Tx } from '../store/index.ts'
import { loadDesk } from '../store/load-desk.ts'
import { clashesOnDesk } from './clashes.ts'
import type { KeptConsent } from './consent.ts'
import { closedReply, conflictReply, mergeRelease } from './merge-release.ts'
import { sayPermissions } from './permissions.ts'
import { planMoves } from './plan-moves.ts'
import { missingRecords } from './records.ts'
import { brokenTests, runTests } from './run-tests.ts'
import { newestRelease, type Release } from './take-archive.ts'
import { labelsOf } from './vocabulary.ts'

/**
 * What installing a release of a pack, the newest unless another is given, would do, brought together with what the desk changed itself and what it chose
 * where both changed one thing; its tests run with this desk's settings. Throws Problem.
 */
export async function planInstall(
  deps: Deps,
  tenant: string,
  name: string,
  given?: Release,
): Promise<PlanReply> {
  const { hash, texts, merged, install } = await deps.store.inTenant(tenant, async tx => {
    const release = given ?? (await newestRelease(tx, name))
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
    running: (await loadDesk(tx))?.running ?? [],
    wants: await missingRecords(tx, compiled.checked.blueprint),
  }))
  const { affects, openTickets, moves, clashes, wants, running } = around
  const runs = running.find(pack => pack.name === name)?.blueprint
  const others = running.flatMap(pack => (pack.name === name ? [] : [pack.blueprint]))
  const { label, version } = blueprint.pack
  const tickets = Object.keys(compiled.checked.blueprint.tickets)
  const settings = install?.settings ?? {}
  const tests = runTests(compiled, settings)
  return {
    ...{ name, label, version, hash, tickets, openTickets, moves, clashes, affects, wants },
    shared: sharedNames(blueprint, others),
    ...{ runs: runs?.pack.version ?? null, result: compiled.hash },
    changes: runs ? diffBlueprints(runs, compiled.checked.blueprint).map(changeReply) : [],
    draft: runs !== undefined && merged.own !== undefined && isDraft(runs, merged.own),
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
          ...wrongOf(compiled, merged.texts),
          broken: brokenTests(release, tests.failed, settings),
        }
      : null,
  }
}

/** Whether a desk’s text means otherwise than what it runs. */
function isDraft(runs: Blueprint, own: PackTexts): boolean {
  const { checked, sound } = compilePack(own)
  return !sound || diffBlueprints(runs, checked.blueprint).length > 0
}

function changeReply(change: Change): PlanReply['changes'][number] {
  return { class: change.class, zh: sayChange(change, 'zh'), en: sayChange(change, 'en') }
}

/** What is wrong with both texts together: how much, and the first of it with its place. */
function wrongOf(
  { checked }: Compiled,
  texts: PackTexts,
): { errors: number; findings: readonly SaidReply[] } {
  const wrong = checked.diagnostics.filter(blocksRelease)
  const findings = wrong.slice(0, MAX_FINDINGS).map(found => {
    const place = `${found.file}:${positionAt(texts[found.file] ?? '', found.start).line}`
    return { zh: `${place} ${messageOf(found, 'zh')}`, en: `${place} ${messageOf(found, 'en')}` }
  })
  return { errors: wrong.length, findings }
}

const MAX_FINDINGS = 10

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
