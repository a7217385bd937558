import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Blueprint } from '#core/blueprint'
import {
  accept,
  advise,
  compareReports,
  replayHistory,
  sayAdvice,
  sayDifference,
  sayDifferences,
  sayReplayed,
  sayReport,
  scaled,
  simulate as play,
  speakerOf,
  strangeParts,
  type Advice,
  type Report,
  type Setting,
} from '#core/simulate'
import { History } from '#core/wire'
import { checkPack } from '#dsl'
import { severityOf } from '#dsl/diagnostics'
import { languageOf, openArchive, textsOf } from '../packs/index.ts'
import { checkedJson, TRAFFIC_FILE, trafficIn } from '../traffic-file.ts'
import { reportDiagnostics } from './report.ts'
import { readPack, type CommandOptions } from './source.ts'

export interface SimulateOptions extends CommandOptions {
  readonly days: string
  readonly seed: string
  readonly traffic?: string
  readonly more?: readonly string[]
  readonly against?: string
  readonly history?: string
  readonly accept?: readonly string[]
  readonly save?: string
  readonly propose: boolean
}

/** A month is looked at, a year at most. */
const MAX_DAYS = 366
const ARCHIVE = '.axlepack'

/**
 * `axle simulate`: what a month of traffic would do to a desk with this pack, with proposals that clear what it finds; with
 * `--against` what another pack makes of the same traffic. The same bytes for the same seed. Exits 1 when a pack has errors, 2
 * when the traffic cannot be read.
 */
export async function simulate(path: string, options: SimulateOptions): Promise<number> {
  const days = wholeNumber(options.days, 1, MAX_DAYS)
  const seed = wholeNumber(options.seed, 0, 2 ** 31 - 1)
  if (days === undefined || seed === undefined)
    return misuse(`--days 1..${MAX_DAYS}, --seed 0..${2 ** 31 - 1}`)
  const pack = await soundPack(path, options)
  if (typeof pack === 'number') return pack
  const { blueprint } = pack
  if (options.history !== undefined) return replay(blueprint, options.history, options)
  const file = options.traffic
  const own = file === undefined ? pack.traffic : { file, text: await readFile(file, 'utf8') }
  const read = own ? trafficIn(blueprint, own) : { value: {} }
  if ('fault' in read) return misuse(read.fault)
  const more = shareOf(options.more ?? [])
  if (!more) return misuse('--more 名称=+30%')
  const { traffic, unknown } = scaled(blueprint, read.value, more)
  if (unknown.length > 0) return misuse(`--more ${unknown.join(', ')} ?`)
  const setting = { blueprint, traffic }
  const progress = progressOf(days, options)
  const run = { days, seed, dayBegan: progress.dayBegan }
  const report = play({ ...setting, ...run })
  if (options.against !== undefined) {
    progress.runBegan()
    return against({ setting, report, run, path: options.against, end: progress.end }, options)
  }
  const advice = options.propose ? advise(setting, report, { ...run, told: progress.runBegan }) : undefined
  const chosen = options.accept ? chosenOf(advice, options.accept) : []
  if (!chosen) {
    progress.end()
    return misuse(`--accept 1..${advice?.proposals.length ?? 0}`)
  }
  const changed = accept(setting, chosen)
  if (chosen.length > 0) progress.runBegan()
  const after = chosen.length > 0 ? play({ ...changed, ...run }) : undefined
  progress.end()
  if (options.save !== undefined)
    await writeFile(options.save, `${JSON.stringify(changed.traffic, null, 2)}\n`)
  print({ blueprint, report, advice, after }, options)
  return 0
}

interface Result {
  readonly blueprint: Blueprint
  readonly report: Report
  readonly advice: Advice | undefined
  /** With the accepted proposals. */
  readonly after: Report | undefined
}

function print({ blueprint, report, advice, after }: Result, { json, lang }: SimulateOptions): void {
  const speaker = speakerOf(blueprint, lang)
  const differences = after ? compareReports(report, after) : []
  if (json) {
    const said = differences.map(each => ({ ...each, words: sayDifference(each, speaker) }))
    const { findings = [], proposals = [], left = [] } = advice ?? {}
    const answer = { report, findings, proposals, left, ...(after && { after, differences: said }) }
    return console.log(JSON.stringify(answer, null, 2))
  }
  for (const line of sayReport(report, speaker)) console.log(line)
  if (advice) for (const line of sayAdvice(advice, speaker)) console.log(line)
  if (!after) return
  console.log(lang === 'zh' ? '采纳后' : 'Accepted')
  for (const line of sayDifferences(differences, speaker)) console.log(`  ${line}`)
}

interface Beside {
  readonly setting: Setting
  readonly report: Report
  readonly run: { readonly days: number; readonly seed: number; readonly dayBegan: () => void }
  readonly path: string
  readonly end: () => void
}

/** The draft beside the other pack, which stands for what is live. */
async function against(
  { setting, report, run, path, end }: Beside,
  options: CommandOptions,
): Promise<number> {
  const read = await soundPack(path, options)
  if (typeof read === 'number') return read
  const { blueprint: live } = read
  const { blueprint, traffic } = setting
  const strange = strangeParts(live, traffic)
  if (strange.length > 0) return misuse(`${path}: ${strange.join(', ')} ?`)
  const other = play({ blueprint: live, traffic, ...run })
  end()
  const speaker = speakerOf(blueprint, options.lang)
  const differences = compareReports(other, report)
  if (options.json) {
    const said = differences.map(each => ({ ...each, words: sayDifference(each, speaker) }))
    console.log(JSON.stringify({ report, against: other, differences: said }, null, 2))
    return 0
  }
  const zh = options.lang === 'zh'
  for (const line of sayReport(report, speaker)) console.log(line)
  const head = zh
    ? `与 ${path} 相比（同一批工单，对方 → 本包）`
    : `Against ${path} under the same traffic (it → this pack)`
  console.log(head)
  const lines = sayDifferences(differences, speaker)
  if (lines.length === 0) console.log(zh ? '  没有差别' : '  no difference')
  for (const line of lines) console.log(`  ${line}`)
  return 0
}

interface SoundPack {
  readonly blueprint: Blueprint
  /** The traffic it brings. */
  readonly traffic: { readonly file: string; readonly text: string } | undefined
}

/** The pack of a folder, a file or an archive; or how the command ends when it cannot be run. */
async function soundPack(path: string, options: CommandOptions): Promise<SoundPack | number> {
  const opened = path.endsWith(ARCHIVE) ? openArchive(await readFile(path)) : undefined
  if (opened && !opened.ok) return misuse(`${path}: ${opened.reason} ${opened.detail}`)
  const texts = opened ? languageOf(textsOf(opened.files)) : await readPack(path)
  const { diagnostics, blueprint } = checkPack(texts)
  if (diagnostics.some(found => severityOf(found) === 'error')) {
    reportDiagnostics(diagnostics, texts, options)
    return 1
  }
  const file = join(path, TRAFFIC_FILE)
  const bytes = opened ? opened.files[TRAFFIC_FILE] : await fileIfThere(file)
  return { blueprint, traffic: bytes && { file, text: new TextDecoder().decode(bytes) } }
}

async function fileIfThere(path: string): Promise<Uint8Array | undefined> {
  return readFile(path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT' || error.code === 'ENOTDIR') return undefined
    throw error
  })
}

/** Where the pack would have decided otherwise than it was; exits 1 when it would. */
async function replay(blueprint: Blueprint, file: string, { json, lang }: CommandOptions): Promise<number> {
  const read = checkedJson<History>({ file, text: await readFile(file, 'utf8') }, History)
  if ('fault' in read) return misuse(read.fault)
  const replayed = replayHistory(blueprint, read.value)
  if (json) console.log(JSON.stringify(replayed, null, 2))
  else
    for (const line of sayReplayed(replayed, blueprint.pack.zone, speakerOf(blueprint, lang)))
      console.log(line)
  return replayed.differences.length > 0 ? 1 : 0
}

/** `退换=+30%` as percent by name; undefined for anything else. */
function shareOf(written: readonly string[]): Record<string, number> | undefined {
  const entries = written.map(text => /^(.+)=([+-]?\d+(?:\.\d+)?)%?$/.exec(text))
  if (entries.includes(null)) return undefined
  return Object.fromEntries(entries.map(match => [match![1]!, Math.max(-100, Number(match![2]))]))
}

function chosenOf(advice: Advice | undefined, numbers: readonly string[]): Advice['proposals'] | undefined {
  const proposals = advice?.proposals ?? []
  if (numbers.includes('all')) return proposals
  const chosen = numbers.map(number => proposals.find(each => String(each.number) === number))
  return chosen.includes(undefined) ? undefined : (chosen as Advice['proposals'])
}

function wholeNumber(text: string, least: number, most: number): number | undefined {
  const value = /^\d+$/.test(text) ? Number(text) : NaN
  return value >= least && value <= most ? value : undefined
}

/** How far a run is, in one line that is wiped away, where somebody sits before it. Ctrl-C ends it: nothing is written by then. */
function progressOf(days: number, { lang }: CommandOptions) {
  let [run, day] = [1, 0]
  const write = (text: string) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[K${text}`)
  }
  return {
    runBegan: () => {
      run++
      day = 0
    },
    dayBegan: () => {
      day++
      write(lang === 'zh' ? `第 ${run} 次试算：第 ${day}/${days} 天` : `run ${run}: day ${day} of ${days}`)
    },
    end: () => write(''),
  }
}

function misuse(words: string): number {
  console.error(words)
  return 2
}
