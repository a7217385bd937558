import type { Blueprint, Code, SopBlueprint, SopStepBlueprint } from '#core/blueprint'
import { always, holds, type Formula } from '#core/condition'
import { parseDuration } from '#core/values'
import { expandCustomer } from './about.ts'
import {
  canHold,
  capOf,
  gateRows,
  notSkipped,
  type GateRow,
  type MessageKind,
  type Skip,
} from './gate-rows.ts'
import { changesClock } from './pace.ts'
import { isQuiet, minuteOf } from './quiet-cover.ts'
import type { Window } from './window.ts'

/** Why a step of an SOP can never be let through, whoever the customer is and whenever it is its turn. */
export type NeverSent =
  | { readonly because: 'condition' }
  | ({ readonly because: 'skip' } & Skip)
  | {
      readonly because: 'cap'
      readonly row: GateRow
      readonly per: Window
      readonly cap: number
      readonly nth: number
    }
  | { readonly because: 'quiet'; readonly row: GateRow; readonly time: string }
  | { readonly because: 'together' }

/** Whether nobody can come into an SOP by a trigger (from 0): its segment and its condition exclude each other. */
export function neverEnters(blueprint: Blueprint, sop: SopBlueprint, trigger: number): boolean {
  return !canHold(blueprint, entry(blueprint, sop, { trigger, elapsed: zeroLength }))
}

/** Why a step's message can never pass the gate on a channel; undefined when it may. */
export function neverSent(
  blueprint: Blueprint,
  sop: SopBlueprint,
  { index, channel }: { index: number; channel: string },
): NeverSent | undefined {
  const step = sop.steps[index]!
  if (step.step !== 'send') return undefined
  const turn = turnOf(blueprint, sop, index)
  const kind = { purpose: step.purpose, channel }
  const blocks = blocksOf(blueprint, sop, { index, kind })
  const free = blocks.map(({ row }): Formula => ({ not: row.fits }))
  if (canHold(blueprint, { all: [turn, notSkipped(blueprint, kind), ...free] })) return undefined
  return whyNever(blueprint, { turn, kind, blocks })
}

/** The one clause or row that keeps everybody back, if it does so alone. */
function whyNever(
  blueprint: Blueprint,
  { turn, kind, blocks }: { turn: Formula; kind: MessageKind; blocks: readonly Block[] },
): NeverSent {
  if (!canHold(blueprint, turn)) return { because: 'condition' }
  for (const [limit, { skips }] of Object.entries(blueprint.limits))
    for (const at of skips.keys()) {
      const skip = { limit, index: at }
      if (!canHold(blueprint, { all: [turn, notSkipped(blueprint, kind, skip)] }))
        return { because: 'skip', ...skip }
    }
  const block = blocks.find(({ row }) => !canHold(blueprint, { all: [turn, { not: row.fits }] }))
  return block?.why ?? { because: 'together' }
}

interface Block {
  readonly row: GateRow
  readonly why: NeverSent
}

/** The rows that keep the step's message back from every customer whom they bind. */
function blocksOf(
  blueprint: Blueprint,
  sop: SopBlueprint,
  { index, kind }: { index: number; kind: MessageKind },
): Block[] {
  const rows = gateRows(blueprint, kind)
  // What is put off comes before the gate again in an order of its own, so that another may be let through instead.
  const isOrdered = rows.every(({ row }) => row.beyond !== 'defer')
  const nth = isOrdered ? sentAtOnce(sop, { index, kind }) + 1 : 1
  const time = timeOf(blueprint, sop, index)
  return rows.flatMap((row): Block[] => {
    const { beyond } = row.row
    if (beyond === 'send') return []
    for (const per of ['day', 'week', 'month'] as const) {
      const cap = capOf(blueprint, row.row, per)
      if (cap !== null && cap < nth) return [{ row, why: { because: 'cap', row, per, cap, nth } }]
    }
    const isHushed = beyond === 'drop' && time !== undefined && isQuiet(row, minuteOf(time))
    return isHushed ? [{ row, why: { because: 'quiet', row, time } }] : []
  })
}

/**
 * How many messages of the same kind the SOP has asked for at this very instant, unconditionally: if the first of them
 * was kept back, so is what follows it.
 */
function sentAtOnce({ steps }: SopBlueprint, { index, kind }: { index: number; kind: MessageKind }): number {
  let count = 0
  for (let at = index - 1; at >= 0; at--) {
    const step = steps[at]!
    if (step.step === 'wait' || step.step === 'until') break
    const isSame =
      step.step === 'send' && step.purpose === kind.purpose && step.channels.includes(kind.channel)
    if (isSame && !step.when) count++
  }
  return count
}

/** What is the case when a step's turn comes: nothing stops the way, its own condition and, at once after entry, that of entry. */
function turnOf(blueprint: Blueprint, sop: SopBlueprint, index: number): Formula {
  const step = sop.steps[index] as Exclude<SopStepBlueprint, { step: 'wait' | 'until' }>
  const own = step.when ? holds(expandCustomer(blueprint, step.when)) : always
  const going = sop.stops.map((stop): Formula => ({ not: holds(expandCustomer(blueprint, stop)) }))
  const elapsed = elapsedAt(sop, index)
  const entries = sop.triggers.map((_, trigger) => entry(blueprint, sop, { trigger, elapsed }))
  return { all: [own, ...going, { any: entries }] }
}

interface Elapsed {
  readonly days: number
  readonly ms: number
}

const zeroLength: Elapsed = { days: 0, ms: 0 }
/** An event that is reported later begins nothing; a clock that changes may make a day of it longer. */
const NEWS_DAYS = 1

/**
 * What is known of a customer some time after they came in by a trigger: at once what let them in; later only that the
 * event which began it is not longer ago than that.
 */
function entry(
  blueprint: Blueprint,
  sop: SopBlueprint,
  { trigger, elapsed }: { trigger: number; elapsed: Elapsed | undefined },
): Formula {
  const { on, subject, when } = sop.triggers[trigger]!
  const isNow = elapsed !== undefined && elapsed.days === 0 && elapsed.ms === 0
  const segment = on === 'segment' && isNow ? blueprint.segments[subject] : undefined
  return {
    all: [
      segment ? holds(expandCustomer(blueprint, segment.condition)) : always,
      when && isNow ? holds(expandCustomer(blueprint, when)) : always,
      on === 'event' && elapsed ? happenedWithin(blueprint, subject, elapsed) : always,
    ],
  }
}

function happenedWithin({ pack }: Blueprint, event: string, { days, ms }: Elapsed): Formula {
  const slack = changesClock(pack.zone) ? 1 : 0
  const text = `${days + NEWS_DAYS + slack + Math.ceil(ms / 86_400_000)}d`
  const args: Code[] = [
    { op: 'name', type: { kind: 'int' }, name: `last(${event})` },
    { op: 'const', type: { kind: 'duration' }, value: text },
    { op: 'name', type: { kind: 'int' }, name: '(now)' },
    { op: 'name', type: { kind: 'text' }, name: '(zone)' },
  ]
  return { atom: { op: 'apply', type: { kind: 'bool' }, fn: 'within', args } }
}

/** The most time between entry and a step; undefined where that is open. */
function elapsedAt({ steps }: SopBlueprint, index: number): Elapsed | undefined {
  let elapsed: Elapsed = zeroLength
  for (const step of steps.slice(0, index)) {
    if (step.step === 'until') return undefined
    if (step.step !== 'wait') continue
    const { duration, hours } = step.span
    const length = duration.op === 'const' ? parseDuration(String(duration.value)) : undefined
    if (!length || hours !== null || length.months > 0) return undefined
    elapsed = { days: elapsed.days + length.days, ms: elapsed.ms + length.ms }
  }
  return elapsed
}

/** The local time (`HH:MM`) at which a step's turn always comes; undefined where it may be any. */
export function timeOf(blueprint: Blueprint, sop: SopBlueprint, index: number): string | undefined {
  let minute = sop.triggers.length === 1 ? timeIn(sop.triggers[0]!.moment) : undefined
  for (const step of sop.steps.slice(0, index)) {
    if (step.step === 'until') minute = timeIn(step.moment)
    if (step.step !== 'wait') continue
    const { duration, hours } = step.span
    const length = duration.op === 'const' ? parseDuration(String(duration.value)) : undefined
    const isSteady = length && hours === null && step.until?.to !== null && !changesClock(blueprint.pack.zone)
    minute =
      isSteady && minute !== undefined && length.ms % 60_000 === 0 ? minute + length.ms / 60_000 : undefined
  }
  if (minute === undefined) return undefined
  const two = (count: number) => String(count).padStart(2, '0')
  return `${two(Math.floor(minute / 60) % 24)}:${two(minute % 60)}`
}

/** The minute of the day in `日期 - 1d + 10:00`. */
function timeIn(moment: Code | undefined): number | undefined {
  const time = moment?.op === 'apply' && moment.fn === 'moment' ? moment.args[1] : undefined
  return time?.op === 'const' ? minuteOf(String(time.value).padStart(5, '0')) : undefined
}
