import { findingKey, findingsOf, type Finding } from './findings.ts'
import { spanWritten, stretched, withChange, type Change, type Setting } from './change.ts'
import type { Report } from './report.ts'
import { simulate } from './simulate.ts'
import { wholeTraffic } from './traffic.ts'

/** A change that was tried and clears a finding, on top of the proposals before it. */
export interface Proposal {
  /** From 1. */
  readonly number: number
  readonly clears: Finding
  readonly changes: readonly Change[]
  /** How many runs it took to find it. */
  readonly runs: number
}

export interface Advice {
  readonly findings: readonly Finding[]
  readonly proposals: readonly Proposal[]
  /** What would still be found with all of them accepted. */
  readonly left: readonly Finding[]
}

/** How a month is played; `told` hears of every run, `dayBegan` of every day in it. */
export interface Trial {
  readonly days: number
  readonly seed: number
  readonly told?: () => void
  readonly dayBegan?: () => void
}

const MAX_PROPOSALS = 6
/** Stock is tried in steps of so many percent, up to so many. */
const STOCK_STEP = 5
const MAX_STOCK_STEPS = 256
/** A role is tried with up to so many times its people. */
const MAX_GROWTH = 3
/** A span is tried so many percent as long. */
const SPANS = [125, 150, 200, 300, 400, 600, 800]

/** Looks for changes that clear what a run shows: each the least of its kind that does, found by running it. */
export function advise(setting: Setting, report: Report, trial: Trial): Advice {
  const search: Search = { setting, trial, runs: 0 }
  const proposals: Proposal[] = []
  const given = new Set<string>()
  let latest = report
  for (;;) {
    const found = findingsOf(latest).find(
      each => !given.has(findingKey(each)) && each.finding !== 'stuck' && each.finding !== 'blocked',
    )
    if (!found || proposals.length >= MAX_PROPOSALS) break
    given.add(findingKey(found))
    search.runs = 0
    const cleared =
      found.finding === 'short'
        ? moreStock(search, found)
        : found.finding === 'late'
          ? faster(search, found)
          : undefined
    if (!cleared) continue
    proposals.push({
      number: proposals.length + 1,
      clears: found,
      changes: cleared.changes,
      runs: search.runs,
    })
    search.setting = cleared.changes.reduce(withChange, search.setting)
    latest = cleared.report
  }
  return { findings: findingsOf(report), proposals, left: findingsOf(latest) }
}

/** A pack and its traffic with proposals accepted. */
export function accept(setting: Setting, proposals: readonly Proposal[]): Setting {
  return proposals.flatMap(({ changes }) => changes).reduce(withChange, setting)
}

interface Search {
  setting: Setting
  readonly trial: Trial
  runs: number
}

interface Cleared {
  readonly changes: readonly Change[]
  readonly report: Report
}

function moreStock(search: Search, { stock }: Finding & { finding: 'short' }): Cleared | undefined {
  const { entity, item, name, region } = stock
  const change = (steps: number): Change => ({
    change: 'stock',
    entity,
    item,
    name,
    region,
    percent: steps * STOCK_STEP,
  })
  return least(
    search,
    MAX_STOCK_STEPS,
    steps => [change(steps)],
    ({ stock: shelves }) =>
      shelves.some(
        each => each.entity === entity && each.item === item && each.region === region && each.short === 0,
      ),
  )
}

/** More people, in whichever crew needs fewest; where no number helps, the time that can be held. */
function faster(search: Search, found: Finding & { finding: 'late' }): Cleared | undefined {
  const { role, clocks } = found
  const isHeld = (report: Report) =>
    !findingsOf(report).some(each => each.finding === 'late' && each.role === role)
  const { staff } = wholeTraffic(search.setting.blueprint, search.setting.traffic)
  const crews = staff.filter(crew => crew.role === role)
  const most = Math.max(4, crews.reduce((sum, { count }) => sum + count, 0) * (MAX_GROWTH - 1))
  let best: Cleared | undefined
  let bound = most
  for (const crew of crews.keys()) {
    const cleared = least(search, bound, more => [{ change: 'staff', role, crew, more }], isHeld)
    if (!cleared) continue
    best = cleared
    bound = (cleared.changes[0] as Change & { change: 'staff' }).more - 1
    if (bound === 0) break
  }
  return best ?? longer(search, clocks, isHeld)
}

function longer(
  search: Search,
  clocks: (Finding & { finding: 'late' })['clocks'],
  isHeld: (report: Report) => boolean,
): Cleared | undefined {
  const { blueprint } = search.setting
  const written = clocks.map(clock => ({ clock, span: spanWritten(blueprint, clock) }))
  if (written.some(({ span }) => span === undefined)) return undefined
  const changes = (percent: number) =>
    written.flatMap(({ clock: { ticket, node, clock }, span }): Change[] => {
      const to = stretched(span!, percent)
      return to === undefined ? [] : [{ change: 'span', ticket, node, clock, from: span!, to }]
    })
  for (const percent of SPANS) {
    const report = run(search, changes(percent))
    if (isHeld(report)) return { changes: changes(percent), report }
  }
  return undefined
}

/** The least number from 1 to `most` that clears: doubled until one does, then halved. Takes it that more does no harm. */
function least(
  search: Search,
  most: number,
  changesOf: (size: number) => readonly Change[],
  isCleared: (report: Report) => boolean,
): Cleared | undefined {
  let [below, size] = [0, 1]
  let best: Cleared | undefined
  while (!best && below < most) {
    const report = run(search, changesOf(size))
    if (isCleared(report)) best = { changes: changesOf(size), report }
    else {
      below = size
      size = Math.min(size * 2, most)
    }
  }
  while (best && size - below > 1) {
    const middle = (below + size) >> 1
    const report = run(search, changesOf(middle))
    if (isCleared(report)) {
      best = { changes: changesOf(middle), report }
      size = middle
    } else below = middle
  }
  return best
}

function run(search: Search, changes: readonly Change[]): Report {
  const { told, ...trial } = search.trial
  search.runs++
  told?.()
  return simulate({ ...changes.reduce(withChange, search.setting), ...trial })
}
