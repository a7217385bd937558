import type { Blueprint, Code, SopBlueprint, SpanBlueprint } from '#core/blueprint'
import { boundOf, parseDuration, type Duration } from '#core/values'
import type { MessageKind } from './gate-rows.ts'
import type { Window } from './window.ts'

const HOUR = 3_600_000
const DAY = 24 * HOUR
/** Entries into an SOP within one window that are told apart; more are reckoned roughly, and never too few. */
const MAX_ENTRIES = 2_000

/** A stretch of time in which messages are counted: a calendar window, longer where messages may be put off into it. */
export interface Stretch {
  readonly per: Window
  /** How long before a window a message may be asked for that is let through in it. */
  readonly putOffMs: number
}

/**
 * The most messages of a kind that one customer's ways through an SOP can ask for within a stretch; null when nothing
 * bounds them. Entries by one trigger keep their distance to each other, not to those by another, so that they add up;
 * all segments are one, since an SOP enrols a customer once each time they are looked through.
 */
export function mostAsked(
  blueprint: Blueprint,
  sop: SopBlueprint,
  asked: { kind: MessageKind; stretch: Stretch },
): number | null {
  const segments = sop.triggers.filter(({ on }) => on === 'segment')
  const others = sop.triggers.filter(({ on }) => on !== 'segment').map(trigger => [trigger])
  // Why one where there is none: how somebody enters whom no engine lets in yet is not known, but that it happens is.
  const entries = segments.length > 0 || others.length === 0 ? [segments, ...others] : others
  let most = 0
  for (const triggers of entries) {
    const more = mostByEntry(blueprint, { ...sop, triggers }, asked)
    if (more === null) return null
    most += more
  }
  return most
}

/**
 * The most by entries that keep one distance. Waits count with their least length, a way may end wherever something may
 * end it, and the next may begin once the last has ended and `once per` is over. Segments are looked through once a day;
 * a version's publishing, which looks through them at once, is left out.
 */
function mostByEntry(
  blueprint: Blueprint,
  sop: SopBlueprint,
  { kind, stretch }: { kind: MessageKind; stretch: Stretch },
): number | null {
  const { sends, endMs } = offsetsOf(blueprint, sop, { kind, stretch })
  if (sends.length === 0) return 0
  const lengthMs = stretchMs(blueprint.pack.zone, stretch)
  const gapIn = (within: Stretch) => Math.min(...sop.triggers.map(each => againMs(blueprint, each, within)))
  const gapMs = gapIn(stretch)
  // An entry before the window is no part of it, so that only its plain length counts from there.
  const plainGapMs = gapIn({ ...stretch, putOffMs: 1 })
  const after = (index: number) => (mayEndEarly(sop) ? sends[index]!.leastMs : endMs)
  const pace = { sends: sends.map(({ leastMs }) => leastMs), gapMs, after }
  let most = 0
  for (const [first, { leastMs: begun, mostMs }] of sends.entries()) {
    for (const [last, { leastMs }] of sends.entries()) {
      if (last < first || leastMs - begun >= lengthMs) continue
      // Why the longest way here: the entry that the first message belongs to may lie as far back as its waits allow.
      const next = Math.max(after(last) - begun, mostMs === 0 ? gapMs : plainGapMs - mostMs)
      const more = next < lengthMs ? mostFrom(pace, lengthMs - next, new Map()) : 0
      if (more === null) return null
      most = Math.max(most, last - first + 1 + more)
    }
  }
  return most
}

/** The length of a calendar window at its longest, in ms. */
export function windowMs(zone: string, per: Window): number {
  const shift = changesClock(zone) ? HOUR : 0
  return { day: DAY, week: 7 * DAY, month: 31 * DAY }[per] + shift
}

const clocks = new Map<string, boolean>()

/** Whether clocks change in a zone: then an hour comes twice, and a day may have 25. */
export function changesClock(zone: string): boolean {
  let changes = clocks.get(zone)
  if (changes === undefined) {
    const offsets = Array.from({ length: 12 }, (_, month) => {
      const local = `2026-${String(month + 1).padStart(2, '0')}-01 12:00`
      return boundOf(local, zone) - Date.parse(`${local.replace(' ', 'T')}Z`)
    })
    clocks.set(zone, (changes = new Set(offsets).size > 1))
  }
  return changes
}

interface Pace {
  /** When each message comes at the earliest, in ms from the entry. */
  readonly sends: readonly number[]
  readonly gapMs: number
  /** When a way may be over whose last message is this one. */
  readonly after: (index: number) => number
}

/** The most messages within `leftMs` of an entry and those that follow it. */
function mostFrom(pace: Pace, leftMs: number, known: Map<number, number | null>): number | null {
  const before = known.get(leftMs)
  if (before !== undefined) return before
  const { sends, gapMs, after } = pace
  const costs = sends.map((_, index) => Math.max(gapMs, after(index)))
  const least = Math.min(...costs)
  if (least <= 0) return null
  if (leftMs / least > MAX_ENTRIES) return Math.ceil(leftMs / least) * sends.length
  let most = sends.filter(at => at < leftMs).length
  for (const [index, cost] of costs.entries()) {
    if (cost >= leftMs || sends[index]! >= leftMs) continue
    const more = mostFrom(pace, leftMs - cost, known)
    if (more !== null) most = Math.max(most, index + 1 + more)
  }
  known.set(leftMs, most)
  return most
}

interface Offsets {
  readonly sends: readonly { readonly leastMs: number; readonly mostMs: number }[]
  readonly endMs: number
}

function offsetsOf(
  blueprint: Blueprint,
  { steps }: SopBlueprint,
  { kind, stretch }: { kind: MessageKind; stretch: Stretch },
): Offsets {
  let [leastMs, mostMs] = [0, 0]
  const sends: { leastMs: number; mostMs: number }[] = []
  for (const step of steps) {
    if (step.step === 'until') mostMs = Infinity
    else if (step.step === 'wait') {
      const goesOn = step.until !== null && step.until.to === null
      leastMs += goesOn ? 0 : leastSpan(blueprint, step.span, stretch)
      mostMs += mostSpan(blueprint, step.span)
    } else if (step.step === 'send' && step.purpose === kind.purpose) {
      const times = step.channels.filter(channel => channel === kind.channel).length
      for (let count = 0; count < times; count++) sends.push({ leastMs, mostMs })
    }
  }
  return { sends, endMs: leastMs }
}

/** Whether a way may end before its last step. */
function mayEndEarly({ stops, reactions, goal, steps }: SopBlueprint): boolean {
  const isCut = steps.some(step => step.step === 'wait' && step.until !== null && step.until.to !== null)
  return stops.length > 0 || reactions.length > 0 || goal !== null || isCut
}

/** The least time between two entries by a trigger. */
function againMs(
  blueprint: Blueprint,
  { on, once }: SopBlueprint['triggers'][number],
  stretch: Stretch,
): number {
  const own = once === null ? 0 : leastSpan(blueprint, once, stretch)
  return on === 'segment'
    ? Math.max(own, leastOf({ months: 0, days: 1, ms: 0 }, blueprint.pack.zone, stretch))
    : own
}

function leastSpan(blueprint: Blueprint, { duration }: SpanBlueprint, stretch: Stretch): number {
  const known = durationOf(duration)
  return known ? leastOf(known, blueprint.pack.zone, stretch) : 0
}

/** The longest a span may take; working time may lie however far away. */
function mostSpan({ pack: { zone } }: Blueprint, { duration, hours }: SpanBlueprint): number {
  const known = durationOf(duration)
  if (!known || hours !== null) return Infinity
  return known.months * 31 * DAY + known.days * DAY + known.ms + (changesClock(zone) ? HOUR : 0)
}

/** A length of time that is written; a setting or a table's answer may be of any length. */
function durationOf(code: Code): Duration | undefined {
  return code.op === 'const' ? parseDuration(String(code.value)) : undefined
}

/**
 * The least a duration lasts. Nothing that lies a calendar month apart falls into one calendar month, however short; the
 * same with days and weeks, as long as what is put off does not stretch the window.
 */
function leastOf({ months, days, ms }: Duration, zone: string, { per, putOffMs }: Stretch): number {
  const leaves = months > 0 || (per === 'day' && days > 0) || (per === 'week' && days >= 7)
  const shift = changesClock(zone) && (months > 0 || days > 0) ? HOUR : 0
  const plain = leastMonths(months) * DAY + days * DAY + ms - shift
  return leaves && putOffMs === 0 ? Math.max(plain, windowMs(zone, per)) : plain
}

/** The fewest days that so many months in a row have: those around February of a common year. */
function leastMonths(months: number): number {
  const lengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
  const rest = months % 12
  const starts = lengths.map((_, start) =>
    Array.from({ length: rest }, (_, step) => lengths[(start + step) % 12]!).reduce((a, b) => a + b, 0),
  )
  return Math.floor(months / 12) * 365 + Math.min(...starts)
}

function stretchMs(zone: string, { per, putOffMs }: Stretch): number {
  return windowMs(zone, per) + putOffMs
}
