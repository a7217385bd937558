import { qualified } from '#core/blueprint'
import type { Decision, TicketEvent, TicketState, Token } from '#core/desk'
import type { SentMessage, Verdict } from '#core/play'
import { addDecimal, decimalOf, parseDecimal, type Decimal } from '#core/values'
import type { Reason } from '#core/limit'

/** What is counted while a simulation runs. Lengths of time in ms. */
export interface Tally {
  readonly kinds: Map<string, { opened: number; readonly ends: Map<string, number>; readonly took: number[] }>
  /** By `ticket.node.clock`. */
  readonly clocks: Map<string, ClockCount>
  /** By `ticket.node`. */
  readonly nodes: Map<string, NodeCount>
  readonly sends: Map<string, SendCount>
  readonly prices: Map<string, { tickets: number; total: Decimal }>
  /** By settlement and party. */
  readonly shares: Map<string, Map<string, Decimal>>
  /** Why somebody could not do what they meant to, by `ticket.node`. */
  readonly stuck: Map<string, number>
  events: number
}

export interface ClockCount {
  readonly ticket: string
  readonly node: string
  readonly clock: string
  met: number
  late: number
  /** How long each place was held by the time it was left. */
  readonly took: number[]
}

export interface NodeCount {
  readonly ticket: string
  readonly node: string
  entered: number
  left: number
  /** Nobody holds them, or who does has not begun. */
  waiting: number
  longest: number
  readonly forSomebody: number[]
  readonly forHands: number[]
}

export interface SendCount {
  readonly from: string
  readonly step: string
  readonly purpose: string
  readonly channel: string
  readonly verdicts: Record<Verdict, number>
  /** Why a message was put off or dropped, each time. */
  readonly reasons: Map<string, { readonly reason: Reason; times: number }>
}

export function emptyTally(): Tally {
  return {
    ...{ kinds: new Map(), clocks: new Map(), nodes: new Map(), sends: new Map() },
    ...{ prices: new Map(), shares: new Map(), stuck: new Map(), events: 0 },
  }
}

/** Counts what a decision brought. */
export function countDecision(
  tally: Tally,
  { state, events }: Decision,
  before: TicketState | undefined,
): void {
  tally.events += events.length
  for (const event of events) count(tally, { state, event, before })
}

interface Counted {
  readonly state: TicketState
  readonly event: TicketEvent
  readonly before: TicketState | undefined
}

function count(tally: Tally, { state, event: { at, happened }, before }: Counted): void {
  const { kind } = state
  switch (happened.kind) {
    case 'opened':
      entryOf(tally.kinds, kind, () => ({ opened: 0, ends: new Map(), took: [] })).opened++
      return
    case 'closed': {
      const { ends, took } = tally.kinds.get(kind)!
      ends.set(happened.outcome, (ends.get(happened.outcome) ?? 0) + 1)
      took.push(at - state.openedAt)
      return
    }
    case 'node-entered':
      nodeCount(tally, kind, happened.node).entered++
      return
    case 'node-left': {
      nodeCount(tally, kind, happened.node).left++
      const token = before?.tokens[happened.node]
      if (token)
        for (const clock of token.clocks) countClock(tally, kind, { node: happened.node, token, clock, at })
      return
    }
    case 'priced':
      if (happened.stage === 'final') {
        const price = entryOf(tally.prices, happened.price, () => ({ tickets: 0, total: decimalOf(0, 2) }))
        price.tickets++
        price.total = addDecimal(price.total, parseDecimal(happened.total)!)
      }
      return
    case 'settled': {
      const shares = entryOf(tally.shares, happened.settlement, () => new Map<string, Decimal>())
      for (const { party, amount } of happened.shares)
        shares.set(party, addDecimal(shares.get(party) ?? decimalOf(0, 2), parseDecimal(amount)!))
      return
    }
    default:
  }
}

/** A clock came to its end: its place was left, or the time is up while it still runs. */
export function countClock(
  tally: Tally,
  kind: string,
  { node, token, clock, at }: { node: string; token: Token; clock: Token['clocks'][number]; at: number },
): void {
  const { name, dueAt } = clock
  const counted = entryOf(tally.clocks, qualified(qualified(kind, node), name), () => ({
    ...{ ticket: kind, node, clock: name, met: 0, late: 0, took: [] },
  }))
  if (dueAt !== null && at > dueAt) counted.late++
  else counted.met++
  counted.took.push(at - token.since)
}

export function nodeCount(tally: Tally, ticket: string, node: string): NodeCount {
  return entryOf(tally.nodes, qualified(ticket, node), () => ({
    ...{ ticket, node, entered: 0, left: 0, waiting: 0, longest: 0, forSomebody: [], forHands: [] },
  }))
}

/** A place began (1) or ended (-1) to wait for somebody or for hands. */
export function countWaiting(counted: NodeCount, change: 1 | -1): void {
  counted.waiting += change
  if (counted.waiting > counted.longest) counted.longest = counted.waiting
}

/** The gate judged a message, perhaps once more. */
export function countSend(
  tally: Tally,
  { sop, step, purpose, channel, verdicts, reasons }: SentMessage,
): void {
  const counted = entryOf(tally.sends, `${sop}.${step}.${purpose}.${channel}`, () => ({
    ...{ from: sop, step, purpose, channel, reasons: new Map() },
    verdicts: { sent: 0, deferred: 0, dropped: 0, held: 0 },
  }))
  const earlier = verdicts.at(-2)
  if (earlier) counted.verdicts[earlier]--
  const verdict = verdicts.at(-1)!
  counted.verdicts[verdict]++
  if (verdict === 'sent') return
  for (const reason of reasons)
    // A row that lets a message through is no reason why it is held.
    if (reason.reason !== 'row')
      entryOf(counted.reasons, reasonKey(reason), () => ({ reason, times: 0 })).times++
}

/** Reasons of one rule are one, whenever they hold. */
function reasonKey(reason: Reason): string {
  const { limit = '', row = '', index = '', per = '', word = '' } = reason as Partial<Record<string, unknown>>
  return [reason.reason, limit, row, index, per, word].join(' ')
}

export function countStuck(tally: Tally, where: string, why: string): void {
  const key = `${where}: ${why}`
  tally.stuck.set(key, (tally.stuck.get(key) ?? 0) + 1)
}

export function entryOf<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key)
  if (value === undefined) map.set(key, (value = make()))
  return value
}
