import type { Blueprint, LimitBlueprint, LimitRow, Purpose, TableBlueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { evaluate, fittingRows } from '#core/table'
import type { Value } from '#core/values'
import { quietUntil, windowAround, type Window } from './window.ts'
import { findWords } from './words.ts'

/** A message before the gate. */
export interface Message {
  readonly purpose: Purpose
  readonly channel: string
  readonly text: string
}

/**
 * An earlier message to the same customer. One that was sent counted at `from` = `to`; one that is reserved may still be
 * sent until `to` and counts in every window it may fall into. Instants are epoch ms.
 */
export interface Sent {
  readonly purpose: Purpose
  readonly channel: string
  readonly from: number
  readonly to: number
}

/** Where and when a message is judged; `facts` hold what the limits' conditions read. */
export interface GateQuestion {
  readonly blueprint: Blueprint
  readonly facts: Facts
  readonly message: Message
  readonly history: readonly Sent[]
  readonly at: number
  readonly zone: string
}

/** Why; rows are counted from 0. */
export type Reason =
  | { readonly reason: 'row'; readonly limit: string; readonly row: number }
  | {
      readonly reason: 'quiet'
      readonly limit: string
      readonly row: number
      readonly from: string
      readonly to: string
      readonly until: number
    }
  | {
      readonly reason: 'cap'
      readonly limit: string
      readonly row: number
      readonly per: Window
      readonly cap: number
      readonly used: number
      readonly until: number
    }
  | { readonly reason: 'skip'; readonly limit: string; readonly index: number }
  | {
      readonly reason: 'word'
      readonly lexicon: string
      readonly word: string
      readonly start: number
      readonly act: 'block' | 'warn'
    }
  | { readonly reason: 'too-late'; readonly until: number }

/** What becomes of a message: sent now, judged again at `until`, or never sent. Every reason is listed, not the first alone. */
export interface Judgement {
  readonly verdict: 'allow' | 'defer' | 'drop'
  readonly until: number | null
  readonly reasons: readonly Reason[]
}

/** A message is not worth sending later than this; seven days. */
export const MAX_DEFER_MS = 7 * 24 * 3_600_000
/** Ends of quiet hours and of windows may fall into each other's; so often the next free moment is looked for. */
const MAX_HOPS = 20

/** The one gate, by one pack: all its limits, all their rows that fit. Pure. */
export function judge(question: GateQuestion): Judgement {
  const { blueprint, at } = question
  const limits = Object.entries(blueprint.limits)
  const fixed = limits.flatMap(([name, limit]) => fixedReasons(question, name, limit))
  const bound = limits.flatMap(([name, limit]) => boundRows(question, name, limit))
  const timed = bound.flatMap(row => timedReasons(question, row, at))
  const passed = bound.map(({ limit, index }): Reason => ({ reason: 'row', limit, row: index }))
  const reasons = [...fixed, ...timed, ...(timed.length === 0 ? passed : [])]
  const forbidden = fixed.some(({ reason, act }) => reason === 'skip' || act === 'block')
  const dropped = timed.some(({ beyond }) => beyond === 'drop')
  if (forbidden || dropped) return { verdict: 'drop', until: null, reasons: reasons.map(plain) }
  const held = timed.filter(({ beyond }) => beyond === 'defer')
  if (held.length === 0) return { verdict: 'allow', until: null, reasons: reasons.map(plain) }
  const until = nextFree(question, bound)
  if (until === undefined || until - at > MAX_DEFER_MS) {
    const late: Reason = { reason: 'too-late', until: until ?? at + MAX_DEFER_MS }
    return { verdict: 'drop', until: null, reasons: [...reasons.map(plain), late] }
  }
  return { verdict: 'defer', until, reasons: reasons.map(plain) }
}

interface BoundRow {
  readonly limit: string
  readonly index: number
  readonly row: LimitRow
  /** The earlier messages that the row counts. */
  readonly counted: readonly Sent[]
}

type Fixed = Reason & { readonly act?: 'block' | 'warn' }
type Timed = Reason & { readonly until: number; readonly beyond: LimitRow['beyond'] }

function plain(reason: Reason & { readonly beyond?: string }): Reason {
  const { beyond: _, ...rest } = reason
  return rest as Reason
}

/** What no later hour would change: skips and words. */
function fixedReasons(
  { blueprint, facts, message }: GateQuestion,
  name: string,
  limit: LimitBlueprint,
): Fixed[] {
  const skips = limit.skips.flatMap(({ purpose, when }, index): Fixed[] => {
    const applies = purpose === message.purpose && evaluate(blueprint, when, facts) === true
    return applies ? [{ reason: 'skip', limit: name, index }] : []
  })
  const words = limit.words.flatMap(({ lexicon, act }) =>
    findWords(message.text, blueprint.lexicons[lexicon] ?? []).map(({ word, start }): Fixed => ({
      reason: 'word',
      lexicon,
      word,
      start,
      act,
    })),
  )
  return [...skips, ...words]
}

function boundRows(question: GateQuestion, name: string, limit: LimitBlueprint): BoundRow[] {
  const { blueprint, message, history } = question
  const { inputs, table } = limit
  const values: Record<string, Value> = {}
  let facts: Facts | undefined
  for (const [index, { name: column }] of table.inputs.entries()) {
    const code = inputs[index]!
    // Why by hand: nearly every table asks for these two, which few conditions of customers are made of.
    const own = code.op === 'name' && counting.has(code.name)
    if (own) values[column] = message[code.name as 'purpose' | 'channel']
    else values[column] = evaluate(blueprint, code, (facts ??= withMessage(question)))
  }
  const rows = fittingRows(blueprint, table, { facts: values })
  return rows.map(index => ({
    limit: name,
    index,
    row: limit.rows[index]!,
    counted: history.filter(sent => covers(blueprint, limit, { row: index, sent })),
  }))
}

/** The names around a message, and what it is itself. */
function withMessage({ facts, message: { purpose, channel } }: GateQuestion): Facts {
  return Object.create(facts, { purpose: { value: purpose }, channel: { value: channel } }) as Facts
}

const counting: ReadonlySet<string> = new Set(['purpose', 'channel'])

/** Whether a row counts a message: its purpose and channel fit, whoever the customer was then. */
export function covers(
  blueprint: Blueprint,
  { table }: LimitBlueprint,
  { row, sent }: { row: number; sent: Sent },
): boolean {
  let kinds = covering.get(table)
  if (!kinds) covering.set(table, (kinds = new Map()))
  const key = `${sent.purpose} ${sent.channel}`
  let rows = kinds.get(key)
  if (!rows) {
    const facts: Facts = { purpose: sent.purpose, channel: sent.channel }
    kinds.set(key, (rows = fittingRows(blueprint, table, { facts, columns: counting })))
  }
  return rows.includes(row)
}

/** The rows that count a purpose and channel, of each table that was asked. */
const covering = new WeakMap<TableBlueprint, Map<string, readonly number[]>>()

/** Quiet hours and caps that stand in the way at an instant. */
function timedReasons(
  { blueprint, facts, zone }: GateQuestion,
  { limit, index, row, counted }: BoundRow,
  at: number,
): Timed[] {
  const { quiet, beyond } = row
  const reasons: Timed[] = []
  const until = quiet === null ? undefined : quietUntil(at, quiet, zone)
  if (quiet && until !== undefined)
    reasons.push({ reason: 'quiet', limit, row: index, ...quiet, until, beyond })
  const caps = [
    ['day', row.perDay],
    ['week', row.perWeek],
    ['month', row.perMonth],
  ] as const
  for (const [per, code] of caps) {
    const cap = code === null ? null : evaluate(blueprint, code, facts)
    // Why the length: most customers had fewer messages than any cap, whatever the window.
    if (typeof cap !== 'number' || counted.length < cap) continue
    const { from, to } = windowAround(at, per, zone)
    const used = counted.filter(sent => sent.from < to && from <= sent.to).length
    if (used >= cap) reasons.push({ reason: 'cap', limit, row: index, per, cap, used, until: to, beyond })
  }
  return reasons
}

/** The first instant after `at` when nothing that defers stands in the way; undefined when none is near. */
function nextFree(question: GateQuestion, bound: readonly BoundRow[]): number | undefined {
  let at = question.at
  for (let hop = 0; hop < MAX_HOPS; hop++) {
    const held = bound
      .flatMap(row => timedReasons(question, row, at))
      .filter(({ beyond }) => beyond === 'defer')
    if (held.length === 0) return at
    at = Math.max(...held.map(({ until }) => until))
    if (at - question.at > MAX_DEFER_MS) return at
  }
  return undefined
}
