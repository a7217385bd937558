import {
  addDecimal,
  decimalOf,
  localDate,
  localTime,
  parseDecimal,
  printDecimal,
  regionName,
  subtractDecimal,
  type Decimal,
} from '#core/values'
import type { Reason } from '#core/limit'
import type { Game } from './game.ts'
import { workBetween } from './shifts.ts'
import { countClock, type NodeCount, type Tally } from './tally.ts'
import type { Assumption } from './traffic.ts'
import { workedSince, type Worker } from './worker.ts'

/** Percentiles of a length of time, in minutes. */
export interface Spread {
  readonly count: number
  readonly p50: number
  readonly p90: number
  readonly p95: number
}

/** What a simulation brought; plain JSON of a stable shape. Amounts are decimal text, shares from 0 to 1, lengths of time minutes. */
export interface Report {
  readonly version: 1
  readonly pack: string
  readonly packVersion: number
  readonly currency: string
  readonly seed: number
  readonly days: number
  /** The first and the last local date. */
  readonly from: string
  readonly to: string
  /** Which share of clocks is to be in time. */
  readonly target: number
  readonly assumed: readonly Assumption[]
  readonly tickets: readonly TicketReport[]
  readonly clocks: readonly ClockReport[]
  readonly roles: readonly RoleReport[]
  /** The busiest first; at most `MAX_PEOPLE`. */
  readonly people: readonly {
    readonly staff: string
    readonly role: string
    readonly done: number
    readonly load: number
  }[]
  readonly nodes: readonly NodeReport[]
  readonly bottleneck: Bottleneck | null
  readonly sends: readonly SendReport[]
  readonly prices: readonly { readonly price: string; readonly tickets: number; readonly total: string }[]
  readonly settlements: readonly {
    readonly settlement: string
    readonly party: string
    readonly amount: string
  }[]
  readonly money: MoneyReport
  readonly stock: readonly StockReport[]
  /** Acts that the desk refused, by place and reason. */
  readonly stuck: readonly { readonly where: string; readonly times: number }[]
}

export interface TicketReport {
  readonly ticket: string
  readonly opened: number
  readonly ended: number
  readonly open: number
  readonly ends: Readonly<Record<string, number>>
  readonly took: Spread
}

export interface ClockReport {
  readonly ticket: string
  readonly node: string
  readonly clock: string
  /** Places left in time and too late, those standing too long among the latter; places whose clock still runs. */
  readonly inTime: number
  readonly late: number
  readonly running: number
  readonly share: number
  readonly took: Spread
}

export interface RoleReport {
  readonly role: string
  readonly people: number
  readonly shiftHours: number
  readonly workedHours: number
  readonly load: number
  readonly done: number
  /** How long places of the role waited in all, for somebody and for hands. */
  readonly waitedHours: number
}

export interface NodeReport {
  readonly ticket: string
  readonly node: string
  readonly role: string
  readonly entered: number
  readonly left: number
  readonly standing: number
  readonly longestQueue: number
  readonly forSomebody: Spread
  readonly forHands: Spread
}

export interface Bottleneck {
  readonly role: string
  readonly node: string
  readonly load: number
  readonly waitedHours: number
  /** Of all the waiting for staff. */
  readonly share: number
}

export interface SendReport {
  readonly from: string
  readonly step: string
  readonly purpose: string
  readonly channel: string
  readonly sent: number
  readonly deferred: number
  readonly dropped: number
  readonly held: number
  readonly reasons: readonly { readonly reason: Reason; readonly times: number }[]
}

/** `margin`: what the desk's own parties get, less pay and parts; null where no party is said to be its own. */
export interface MoneyReport {
  readonly revenue: string
  readonly own: string
  readonly pay: string
  readonly parts: string
  readonly margin: string | null
}

export interface StockReport {
  readonly entity: string
  readonly item: string
  readonly name: string
  readonly region: string | null
  readonly start: number
  readonly delivered: number
  readonly used: number
  readonly left: number
  /** Tickets that waited for it, those still waiting among them. */
  readonly short: number
  readonly stillShort: number
  readonly waited: Spread
  readonly firstShort: string | null
}

const MAX_PEOPLE = 20
const MINUTE_MS = 60_000
const HOUR_MS = 60 * MINUTE_MS

export function reportOf(
  game: Game,
  { days, seed }: { readonly days: number; readonly seed: number },
): Report {
  const { world, tally, traffic } = game
  const { blueprint } = world
  const { pack } = blueprint
  countStanding(game)
  const nodes = [...tally.nodes.values()].map(counted => nodeReport(game, counted))
  const roles = rolesOf(game)
  return {
    ...{ version: 1, pack: pack.name, packVersion: pack.version, currency: pack.currency, seed, days },
    ...{ from: traffic.startsOn, to: localDate(game.to - 1, pack.zone), target: traffic.inTime },
    assumed: traffic.assumed,
    tickets: ticketsOf(tally),
    clocks: clocksOf(game),
    roles,
    people: peopleOf(game),
    nodes,
    bottleneck: bottleneckOf(game, roles),
    sends: sendsOf(tally),
    prices: [...tally.prices].map(([price, { tickets, total }]) => ({
      price,
      tickets,
      total: printDecimal(total),
    })),
    settlements: [...tally.shares].flatMap(([settlement, shares]) =>
      [...shares].map(([party, amount]) => ({ settlement, party, amount: printDecimal(amount) })),
    ),
    money: moneyOf(game),
    stock: game.shelves.all.map(shelf => stockReport(game, shelf)),
    stuck: [...tally.stuck].map(([where, times]) => ({ where, times })),
  }
}

/** Clocks of places that still stand when the days are over, and are late by then. */
function countStanding({ world, tally, to }: Game): void {
  for (const { kind, tokens } of world.tickets.values())
    for (const [node, token] of Object.entries(tokens))
      for (const clock of token.clocks)
        if (clock.dueAt !== null && clock.dueAt < to) countClock(tally, kind, { node, token, clock, at: to })
}

function ticketsOf({ kinds }: Tally): TicketReport[] {
  return [...kinds].map(([ticket, { opened, ends, took }]) => {
    const ended = took.length
    return {
      ticket,
      opened,
      ended,
      open: opened - ended,
      ends: Object.fromEntries(ends),
      took: spreadOf(took),
    }
  })
}

function clocksOf({ world, tally, to }: Game): ClockReport[] {
  const running = new Map<string, number>()
  for (const { kind, tokens } of world.tickets.values())
    for (const [node, { clocks }] of Object.entries(tokens))
      for (const { name, dueAt } of clocks)
        if (dueAt === null || dueAt >= to) {
          const key = `${kind}.${node}.${name}`
          running.set(key, (running.get(key) ?? 0) + 1)
        }
  return [...tally.clocks].map(([key, { ticket, node, clock, met, late, took }]) => ({
    ...{ ticket, node, clock, inTime: met, late, running: running.get(key) ?? 0 },
    ...{ share: rounded(met / (met + late)), took: spreadOf(took) },
  }))
}

function nodeReport({ world }: Game, counted: NodeCount): NodeReport {
  const { ticket, node, entered, left, longest } = counted
  return {
    ...{ ticket, node, role: world.blueprint.tickets[ticket]!.nodes[node]!.by, entered, left },
    ...{ standing: entered - left, longestQueue: longest },
    ...{ forSomebody: spreadOf(counted.forSomebody), forHands: spreadOf(counted.forHands) },
  }
}

function rolesOf(game: Game): RoleReport[] {
  const waited = waitedByNode(game)
  const roles = [...new Set([...game.workers.values()].map(({ role }) => role))]
  return roles.map(role => {
    const people = [...game.workers.values()].filter(worker => worker.role === role)
    const shift = sum(people.map(({ shift }) => workBetween(shift, game.from, game.to)))
    const worked = sum(people.map(worker => workedBy(game, worker)))
    const waitedMs = sum([...waited].map(([, each]) => (each.role === role ? each.ms : 0)))
    return {
      ...{ role, people: people.length, shiftHours: hours(shift), workedHours: hours(worked) },
      ...{ load: shift > 0 ? rounded(worked / shift) : 0, done: sum(people.map(({ done }) => done)) },
      waitedHours: hours(waitedMs),
    }
  })
}

function peopleOf(game: Game): Report['people'] {
  const people = [...game.workers.values()].map(worker => {
    const shift = workBetween(worker.shift, game.from, game.to)
    const load = shift > 0 ? rounded(workedBy(game, worker) / shift) : 0
    return { staff: worker.id, role: worker.role, done: worker.done, load }
  })
  return people
    .sort((a, b) => b.load - a.load || b.done - a.done || (a.staff < b.staff ? -1 : 1))
    .slice(0, MAX_PEOPLE)
}

/** How long places waited, for somebody and for hands, those that still wait among them. */
function waitedByNode(game: Game): Map<string, { readonly role: string; readonly node: string; ms: number }> {
  const { world, tally, to } = game
  const waited = new Map<string, { role: string; node: string; ms: number }>()
  for (const [key, { ticket, node, forSomebody, forHands }] of tally.nodes) {
    const role = world.blueprint.tickets[ticket]!.nodes[node]!.by
    waited.set(key, { role, node: key, ms: sum(forSomebody) + sum(forHands) })
  }
  for (const { kind, tokens } of world.tickets.values())
    for (const [node, token] of Object.entries(tokens))
      if (token.assignee === null && waited.has(`${kind}.${node}`) && game.workers.size > 0) {
        const { by } = world.blueprint.tickets[kind]!.nodes[node]!
        if (by !== 'customer' && by !== 'system') waited.get(`${kind}.${node}`)!.ms += to - token.since
      }
  for (const { queue } of game.workers.values())
    for (const { ticket, node, givenAt } of queue.flat()) {
      const { kind } = world.tickets.get(ticket)!
      waited.get(`${kind}.${node}`)!.ms += to - givenAt
    }
  return waited
}

/** Where most of the waiting for staff is, if there is any to speak of. */
function bottleneckOf(game: Game, roles: readonly RoleReport[]): Bottleneck | null {
  const waited = [...waitedByNode(game).values()]
  const all = sum(waited.map(({ ms }) => ms))
  const worst = waited.reduce<(typeof waited)[number] | undefined>(
    (a, b) => (a && a.ms >= b.ms ? a : b),
    undefined,
  )
  if (!worst || worst.ms < HOUR_MS) return null
  const load = roles.find(({ role }) => role === worst.role)?.load ?? 0
  return {
    role: worst.role,
    node: worst.node,
    load,
    waitedHours: hours(worst.ms),
    share: rounded(worst.ms / all),
  }
}

function sendsOf({ sends }: Tally): SendReport[] {
  return [...sends.values()].map(({ from, step, purpose, channel, verdicts, reasons }) => ({
    ...{ from, step, purpose, channel, ...verdicts, reasons: [...reasons.values()] },
  }))
}

function moneyOf(game: Game): MoneyReport {
  const { tally, traffic, workers, shelves, from, to } = game
  const own = new Set(traffic.own)
  const none = decimalOf(0, 2)
  const revenue = [...tally.prices.values()].reduce((all, { total }) => addDecimal(all, total), none)
  const shares = [...tally.shares.values()].flatMap(each => [...each])
  const ours = shares.reduce((all, [party, amount]) => (own.has(party) ? addDecimal(all, amount) : all), none)
  const pay = coins(
    sum([...workers.values()].map(({ shift, hourly }) => (workBetween(shift, from, to) / HOUR_MS) * hourly)),
  )
  const parts = coins(sum(shelves.all.map(({ used, shelf }) => used * (shelf.unitCost ?? 0))))
  const margin = own.size === 0 ? null : printDecimal(subtractDecimal(subtractDecimal(ours, pay), parts))
  const [first, second, third, fourth] = [revenue, ours, pay, parts].map(printDecimal)
  return { revenue: first!, own: second!, pay: third!, parts: fourth!, margin }
}

function stockReport({ world }: Game, count: Game['shelves']['all'][number]): StockReport {
  const { shelf, region, onHand, delivered, used, waits, waited, firstShort } = count
  const { zone } = world.blueprint.pack
  const labels = world.blueprint.library[shelf.entity]?.[shelf.item] ?? {}
  const texts = Object.entries(world.blueprint.entities[shelf.entity]?.fields ?? {}).flatMap(
    ([name, { type }]) =>
      type.kind === 'text' && name !== world.blueprint.entities[shelf.entity]?.key ? [labels[name]] : [],
  )
  return {
    ...{ entity: shelf.entity, item: shelf.item, name: typeof texts[0] === 'string' ? texts[0] : shelf.item },
    ...{
      region: region === null ? null : regionName(region),
      start: shelf.onHand,
      delivered,
      used,
      left: onHand,
    },
    ...{ short: waited.length + waits.length, stillShort: waits.length, waited: spreadOf(waited) },
    firstShort: firstShort === null ? null : `${localDate(firstShort, zone)} ${localTime(firstShort, zone)}`,
  }
}

function workedBy(game: Game, worker: Worker): number {
  return worker.worked + workedSince(worker, game.to)
}

/** Nearest-rank percentiles, in minutes to a tenth. */
function spreadOf(lengths: readonly number[]): Spread {
  const sorted = Float64Array.from(lengths).sort()
  const at = (share: number) => {
    const value = sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)]
    return value === undefined ? 0 : Math.round(value / (MINUTE_MS / 10)) / 10
  }
  return { count: sorted.length, p50: at(0.5), p90: at(0.9), p95: at(0.95) }
}

function coins(amount: number): Decimal {
  return parseDecimal(amount.toFixed(2))!
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((all, each) => all + each, 0)
}

function hours(ms: number): number {
  return Math.round(ms / (HOUR_MS / 10)) / 10
}

/** A share to four places. */
function rounded(share: number): number {
  return Number.isFinite(share) ? Math.round(share * 10_000) / 10_000 : 0
}
