import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { setImmediate } from 'node:timers/promises'
import type { SaidReply } from '#core/wire'
import type { Language } from '#dsl/diagnostics'
import type { Deps } from '../deps.ts'
import { handlersOf } from '../handlers/index.ts'
import { sayProblem } from '../http/problem-words.ts'
import { declareQueues } from '../jobs/index.ts'
import { openArchive, textsOf, compilePack } from '../packs/index.ts'
import { Problem } from '../usecases/problem.ts'
import { readArchive, takeArchive, type Release } from '../usecases/take-archive.ts'
import { desksRunning, upgradeFleet, type FleetRow } from '../usecases/upgrade-fleet.ts'
import type { CommandOptions } from './source.ts'
import { withDesks } from './with-store.ts'

export interface UpgradeCommandOptions extends CommandOptions {
  /** `all`, or names of desks with commas between. */
  readonly tenants: string
  readonly dryRun?: boolean
  readonly liveAsBefore?: boolean
}

/**
 * `axle upgrade`: brings many desks to the newest release of a pack each may install, or to an archive’s; a line for each on
 * stdout and a count at the end. 0 when every desk is there, 1 when one is not, 2 when no desk was named.
 */
export function upgrade(pack: string, options: UpgradeCommandOptions): Promise<number> {
  const named = options.tenants.split(',').flatMap(one => one.trim() || [])
  const isAll = options.tenants === 'all'
  return withDesks(options, isAll ? [] : named, async deps => {
    const archive = existsSync(pack) ? await readFile(pack) : undefined
    const name = archive ? nameIn(archive) : pack
    const running = await desksRunning(deps, name)
    const tenants = isAll ? running : [...new Set(named)]
    if (tenants.length === 0) {
      console.error(say(options.lang, noDesk(name)))
      return 2
    }
    await declareQueues(deps.store.boss, Object.keys(handlersOf(deps)))
    const rows = await upgraded(deps, { name, archive, tenants }, options)
    report(rows, { asked: tenants.length, name }, options)
    const done: readonly string[] = ['upgraded', 'unchanged', 'ready']
    return rows.length === tenants.length && rows.every(({ outcome }) => done.includes(outcome)) ? 0 : 1
  })
}

const noDesk = (name: string): SaidReply => ({
  zh: `没有企业在用「${name}」。`,
  en: `No desk runs “${name}”.`,
})

/** Throws Problem when an archive cannot be read; whether it may be trusted each desk says for itself. */
function nameIn(archive: Uint8Array): string {
  const opened = openArchive(archive)
  if (!opened.ok) throw new Problem('pack-unverified', 422, { params: { state: opened.reason } })
  return compilePack(textsOf(opened.files)).checked.blueprint.pack.name
}

/** Ctrl-C lets the desk at hand be finished and begins no other. */
async function upgraded(
  deps: Deps,
  what: {
    readonly name: string
    readonly archive: Uint8Array | undefined
    readonly tenants: readonly string[]
  },
  { dryRun = false, liveAsBefore = false, lang, json }: UpgradeCommandOptions,
): Promise<FleetRow[]> {
  const { name, archive, tenants } = what
  let isStopped = false
  const stop = () => (isStopped = true)
  process.once('SIGINT', stop)
  const rows: FleetRow[] = []
  const fleet = upgradeFleet(deps, {
    ...{ tenants, name, by: 'cli', isDryRun: dryRun, isLiveAsBefore: liveAsBefore },
    say: ({ code, params }) => sayProblem(code, params) ?? { zh: code, en: code },
    ...(archive && { releaseFor: (tenant: string) => releaseOf(deps, { tenant, archive, dryRun }) }),
  })
  try {
    showProgress(0, tenants.length)
    for await (const row of fleet) {
      rows.push(row)
      clearProgress()
      if (!json) console.log(lineOf(row, lang))
      showProgress(rows.length, tenants.length)
      // Why: the embedded database never lets the process look whether somebody pressed Ctrl-C.
      await setImmediate()
      if (isStopped) break
    }
  } finally {
    process.off('SIGINT', stop)
    clearProgress()
  }
  return rows
}

/** What is in an archive; but for a dry run the desk's catalogue has it from now on. */
async function releaseOf(
  deps: Deps,
  {
    tenant,
    archive,
    dryRun,
  }: { readonly tenant: string; readonly archive: Uint8Array; readonly dryRun: boolean },
): Promise<Release> {
  const release = await readArchive(deps, tenant, archive)
  if (!dryRun) await takeArchive(deps, tenant, archive)
  return release
}

const WIDTH = 30

function showProgress(done: number, all: number): void {
  if (!process.stderr.isTTY) return
  const full = Math.round((done / all) * WIDTH)
  process.stderr.write(`\r[${'█'.repeat(full)}${'·'.repeat(WIDTH - full)}] ${done}/${all}`)
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[K')
}

const outcomes: Readonly<Record<FleetRow['outcome'], SaidReply>> = {
  upgraded: { zh: '已升级', en: 'upgraded' },
  ready: { zh: '可以升级', en: 'would be upgraded' },
  unchanged: { zh: '已是最新', en: 'unchanged' },
  waits: { zh: '等待同意', en: 'waits for consent' },
  conflicts: { zh: '有冲突待决定', en: 'conflicts to decide' },
  tests: { zh: '测试未通过', en: 'tests failed' },
  draft: { zh: '有没发布的修改', en: 'unpublished changes' },
  error: { zh: '出错', en: 'error' },
}

function lineOf(row: FleetRow, language: Language): string {
  const versions = 'from' in row ? ` ${row.from} → ${row.to}` : ''
  const acts = 'live' in row && row.outcome === 'upgraded' ? liveText(row.live, language) : ''
  const unmapped = 'unmapped' in row && row.unmapped > 0 ? say(language, unmappedText(row.unmapped)) : ''
  const because = row.because.map(one => `\n  ${one[language]}`).join('')
  return `${row.tenant}: ${outcomes[row.outcome][language]}${versions}${acts}${unmapped}${because}`
}

const unmappedText = (count: number): SaidReply => ({
  zh: `，${count} 张在途工单没有去处，保持原版本`,
  en: `, ${count} tickets in flight have no place and keep their version`,
})

function liveText(live: readonly string[], language: Language): string {
  if (live.length === 0) return say(language, { zh: '，试运行中', en: ', in trial' })
  const acts = live.join(language === 'zh' ? '、' : ', ')
  return say(language, { zh: `，对外动作照旧：${acts}`, en: `, outward acts as before: ${acts}` })
}

const say = (language: Language, said: SaidReply) => said[language]

function report(
  rows: readonly FleetRow[],
  { asked, name }: { readonly asked: number; readonly name: string },
  { json, lang }: CommandOptions,
): void {
  const counts = Object.fromEntries(
    Object.keys(outcomes).map(outcome => [outcome, rows.filter(row => row.outcome === outcome).length]),
  )
  const left = asked - rows.length
  if (json) return console.log(JSON.stringify({ pack: name, desks: rows, counts, left }, null, 2))
  const told = Object.entries(outcomes).flatMap(([outcome, words]) =>
    counts[outcome]! > 0 ? `${words[lang]} ${counts[outcome]}` : [],
  )
  const rest = left > 0 ? [say(lang, { zh: `未处理 ${left}`, en: `not reached ${left}` })] : []
  console.log([...told, ...rest].join(lang === 'zh' ? '，' : ', '))
}
