import type { PlanReply, SaidReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { compilePack } from '../packs/index.ts'
import { json, type Tx } from '../store/index.ts'
import { audited } from './audit.ts'
import { asksMoreThan, type KeptConsent } from './consent.ts'
import { actsOf, keepConsent, putRelease, type Installing, type InstallState } from './install-pack.ts'
import { mergeRelease, refuseUndecided } from './merge-release.ts'
import { permissionsOf } from './permissions.ts'
import { planInstall } from './plan-install.ts'
import { Problem } from './problem.ts'
import { unheldRoles } from './roles.ts'
import { newestRelease, type Release } from './take-archive.ts'

/**
 * `upgraded`; `ready`: would be, but for a dry run; `unchanged`: runs that release; `waits`: more is asked than was agreed
 * to; `draft`: the desk’s text holds changes it never published; `conflicts`: undecided ones; `tests`: some fail on this desk.
 * Of the last four the old version goes on.
 */
export type UpgradeOutcome = 'upgraded' | 'ready' | 'unchanged' | 'waits' | 'draft' | 'conflicts' | 'tests'

export interface DeskUpgrade {
  readonly outcome: UpgradeOutcome
  /** The pack's versions; `to` null where the desk may install nothing. */
  readonly from: number
  readonly to: number
  /** What stands in the way, each in words: a permission, a conflict, a test. */
  readonly because: readonly SaidReply[]
  /** The outward acts that are on afterwards; none in trial. */
  readonly live: readonly string[]
  /** Tickets in flight for which the release has no place: they keep their version. */
  readonly unmapped: number
}

export interface UpgradeOptions extends Installing {
  /** What it is brought to; without it, the newest release it may install. */
  readonly release?: Release | undefined
  readonly isDryRun: boolean
  /** What was switched on stays on where nothing more is asked; else the desk is in trial afterwards. */
  readonly isLiveAsBefore: boolean
}

/**
 * Brings one desk to a release without asking anybody: only where that asks for nothing that was not agreed
 * to, nothing is left to decide and every test passes with the desk's settings and text. Consent, installation and what goes
 * out are one transaction, so that nothing is ever half done. Throws Problem.
 */
export async function upgradeDesk(deps: Deps, options: UpgradeOptions): Promise<DeskUpgrade> {
  const { tenant, name } = options
  const running = await deps.store.inTenant(tenant, tx => whatRuns(tx, name))
  const { from } = running
  const release = options.release ?? running.newest
  const to = release.version
  const stays = { from, to, live: running.live, unmapped: 0 }
  if (release.hash === running.hash) return { ...stays, outcome: 'unchanged', because: [] }
  if (to < from)
    throw new Problem('release-older', 409, {
      params: { name, version: String(to), newest: String(from) },
    })
  const plan = await planInstall(deps, tenant, name, release)
  const obstacle = inTheWay(plan)
  if (obstacle) return { ...stays, ...obstacle }
  await deps.store.inTenant(tenant, tx => refuseUnheld(tx, plan.roles))
  const unmapped = plan.moves.needsMapping
  if (options.isDryRun) return { ...stays, unmapped, outcome: 'ready', because: [] }
  const act = { tenant, actor: options.by, action: 'upgrade', target: `${name} ${from} → ${to}` }
  const live = await audited(deps, act, () => upgrade(deps, options, { release, stamp: running.stamp }))
  return { from, to, live, unmapped, outcome: 'upgraded', because: [] }
}

/** What keeps a plan from being carried out unasked; undefined when nothing does. Throws Problem. */
function inTheWay({
  permissions,
  merge,
  tests,
  draft,
  name,
}: PlanReply): Pick<DeskUpgrade, 'outcome' | 'because'> | undefined {
  const more = permissions.filter(one => one.isNew)
  if (more.length > 0) return { outcome: 'waits', because: more.map(said) }
  if (draft) return { outcome: 'draft', because: [unpublished] }
  const open = merge?.conflicts.filter(({ choice }) => choice === null) ?? []
  if (open.length > 0) return { outcome: 'conflicts', because: open.map(said) }
  if (merge && merge.closed.length > 0) return { outcome: 'conflicts', because: merge.closed }
  if (merge && merge.errors > 0) throw new Problem('upgrade-unsound', 409, { params: { name } })
  if (tests.failed.length === 0) return undefined
  return { outcome: 'tests', because: tests.failed.map(title => ({ zh: title, en: title })) }
}

const unpublished: SaidReply = {
  zh: '企业自己的文本里有没发布的修改，升级会让它们一起生效：请先发布或放弃。',
  en: 'The desk’s own text holds changes that were never published and would come into force with the upgrade: publish or discard them first.',
}

const said = ({ zh, en }: SaidReply): SaidReply => ({ zh, en })

async function refuseUnheld(tx: Tx, roles: readonly string[]): Promise<void> {
  const unheld = await unheldRoles(tx, roles)
  if (unheld.length > 0) throw new Problem('roles-unmapped', 409, { params: { roles: unheld.join('、') } })
}

interface Install {
  readonly state: InstallState
  readonly consent: KeptConsent
  readonly outward: Readonly<Record<string, boolean>>
  /** The release that runs, and the one agreed to last. */
  readonly hash: string
  readonly agreed: string
  readonly version: number
  /** Another once anybody changed the desk’s text, settings, roles or what goes out. */
  readonly stamp: string
}

/** What a desk runs of a pack, and the newest release it may install. Throws Problem when it runs none. */
async function whatRuns(tx: Tx, name: string) {
  const install = await installRow(tx, name)
  const newest = await newestRelease(tx, name)
  const { hash, version: from, stamp } = install
  return { hash, from, stamp, newest, live: actsOn(install) }
}

async function installRow(tx: Tx, name: string): Promise<Install> {
  const [install] = await tx.query<Install>(
    `select i.state, i.consent, i.outward, s.base_release as hash, i.release_hash as agreed, r.version,
       s.revision || ' ' || i.updated_at as stamp
     from desk_install i
     join desk_source s on s.tenant = i.tenant and s.pack = i.pack join pack_release r on r.hash = s.base_release
     where i.pack = $1 and i.state in ('trial', 'live') for update of i`,
    [name],
  )
  if (!install) throw new Problem('not-installed', 409, { params: { name } })
  return install
}

const actsOn = ({ state, outward }: Pick<Install, 'state' | 'outward'>): string[] =>
  state === 'live' ? Object.keys(outward).filter(act => outward[act]) : []

/** Consents, installs and yields the outward acts that are on. Throws Problem where it is not what was planned and tested. */
function upgrade(
  deps: Deps,
  { tenant, name, by, isLiveAsBefore }: UpgradeOptions,
  { release, stamp }: { readonly release: Release; readonly stamp: string },
): Promise<readonly string[]> {
  return deps.store.inTenant(tenant, async tx => {
    const { hash } = release
    const before = await installRow(tx, name)
    // Why: another run may have been quicker.
    if (before.hash === hash) return actsOn(before)
    if (before.stamp !== stamp) throw new Problem('plan-outdated', 409, { params: { name } })
    const merged = await mergeRelease(tx, { pack: name, ...release })
    refuseUndecided(merged)
    const released = compilePack(release.texts)
    const compiled = merged.isOwn ? compilePack(merged.texts) : released
    if (!compiled.sound) throw new Problem('upgrade-unsound', 409, { params: { name } })
    const { blueprint } = released.checked
    const permissions = permissionsOf(blueprint)
    // Why: where somebody agreed already, it is theirs that counts.
    if (before.agreed !== hash) await keepConsent(tx, { tenant, name, by, hash, permissions, at: deps.now() })
    const roles = Object.keys(blueprint.roles)
    await putRelease(deps, tx, { tenant, name, by, ...merged, hash, compiled, roles })
    const isLive = isLiveAsBefore && before.state === 'live' && !asksMoreThan(before, permissions)
    const live = isLive ? actsOn(before).filter(act => actsOf(blueprint.actions).includes(act)) : []
    await tx.query('update desk_install set state = $2, outward = $3 where pack = $1', [
      ...[name, isLive ? 'live' : 'trial'],
      json(Object.fromEntries(live.map(act => [act, true]))),
    ])
    return live
  })
}
