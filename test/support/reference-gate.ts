import { findRegion, regionWithin } from '#core/values'
import { parse, type Declaration, type Expression } from '#dsl/syntax'
import { instantAt, localOf, movedLocal } from './reference-calendar.ts'
import { compare, isNumber, numberOf, run, type Seen, type World } from './reference-expression.ts'

/** The send gate minute by minute, from the text of the limits: an oracle that shares nothing with the engine but the parser. */
export interface GateCase {
  readonly at: number
  readonly purpose: string
  readonly channel: string
  readonly text: string
  readonly customer: Readonly<Record<string, Seen>>
  readonly open: ReadonlySet<string>
  /** Event to the instant of the last one. */
  readonly last: Readonly<Record<string, number>>
  readonly settings: Readonly<Record<string, Seen>>
  readonly history: readonly {
    readonly purpose: string
    readonly channel: string
    readonly from: number
    readonly to: number
  }[]
}

export interface GateAnswer {
  readonly verdict: 'allow' | 'defer' | 'drop'
  readonly until: number | undefined
  /** As the data write them. */
  readonly reasons: readonly string[]
}

type Limit = Declaration & { kind: 'limit' }
type Row = Limit['grid']['rows'][number]

const MINUTE = 60_000
const WEEK = 7 * 1440 * MINUTE

interface Gate {
  readonly limit: Limit
  readonly zone: string
  readonly test: GateCase
  readonly world: World
  readonly lexicons: ReadonlyMap<string, readonly string[]>
}

export function referenceGate(text: string, zone: string, test: GateCase): GateAnswer {
  const { declarations } = parse(text)
  const limit = declarations.find((node): node is Limit => node.kind === 'limit')!
  const words = declarations.flatMap(node =>
    node.kind === 'lexicon' ? [[node.name.text, node.words.map(({ value }) => value)] as const] : [],
  )
  const orders = declarations.flatMap(node =>
    node.kind === 'enum' ? [node.values.map(({ name }) => name.text)] : [],
  )
  const world: World = {
    facts: {
      ...test.settings,
      customer: { t: 'row', fields: test.customer },
      purpose: name(test.purpose),
      channel: name(test.channel),
    },
    orders,
    within: (place, region) => regionWithin(findRegion(place)!, findRegion(region)!),
    isRegion: () => false,
  }
  const gate: Gate = { limit, zone, test, world, lexicons: new Map(words) }
  const fixed = [...skipsOf(gate), ...wordsOf(gate)]
  const rows = limit.grid.rows.filter(row => fits(gate, row, test))
  const held = rows.flatMap(row => heldBy(gate, row, test.at))
  const passed =
    held.length > 0 ? [] : rows.map(row => `row ${limit.name.text} ${limit.grid.rows.indexOf(row) + 1}`)
  const reasons = [...fixed, ...held.map(({ said }) => said()), ...passed]
  const isForbidden = fixed.some(reason => reason.startsWith('skip') || reason.endsWith('block'))
  if (isForbidden || held.some(({ beyond }) => beyond === 'drop'))
    return { verdict: 'drop', until: undefined, reasons }
  if (held.every(({ beyond }) => beyond === 'send')) return { verdict: 'allow', until: undefined, reasons }
  for (let at = test.at; at <= test.at + WEEK; at += MINUTE)
    if (rows.every(row => heldBy(gate, row, at).every(({ beyond }) => beyond !== 'defer')))
      return { verdict: 'defer', until: at, reasons }
  return { verdict: 'drop', until: undefined, reasons: [...reasons, 'too-late'] }
}

const name = (s: string): Seen => ({ t: 'name', s })

function skipsOf({ limit, test, world, zone }: Gate): string[] {
  return limit.skips.flatMap(({ purpose, when }, at) =>
    purpose.text === test.purpose && holds(when) ? [`skip ${limit.name.text} ${at + 1}`] : [],
  )
  function holds(e: Expression): boolean {
    if (e.kind === 'binary' && (e.operator === 'or' || e.operator === 'and'))
      return e.operator === 'or' ? holds(e.left) || holds(e.right) : holds(e.left) && holds(e.right)
    if (e.kind === 'unary' && e.operator === 'not') return !holds(e.operand)
    if (e.kind === 'call' && e.callee.kind === 'name' && e.callee.name === 'open')
      return test.open.has(pathOf(e.args[0]!.value))
    if (e.kind === 'binary' && e.operator === 'within') {
      const last = test.last[pathOf(e.left)]
      const span = e.right.kind === 'literal' ? e.right.image : ''
      return (
        last !== undefined && test.at <= instantAt(movedLocal(localOf(last, zone), zone, stepsOf(span)), zone)
      )
    }
    return run(e, world) === true
  }
}

function stepsOf(text: string): { months: number; days: number; ms: number } {
  const [, count = '0', unit] = /^(\d+)(mo|[smhdw])$/.exec(text) ?? []
  const ms = { s: 1000, m: MINUTE, h: 60 * MINUTE }[unit as 's'] ?? 0
  return {
    months: unit === 'mo' ? Number(count) : 0,
    days: Number(count) * ({ d: 1, w: 7 }[unit as 'd'] ?? 0),
    ms: Number(count) * ms,
  }
}

function pathOf(e: Expression): string {
  return e.kind === 'member' ? `${pathOf(e.object)}.${e.name.text}` : e.kind === 'name' ? e.name : ''
}

/** Every place at which a word stands in the text as it looks. */
function wordsOf({ limit, lexicons, test }: Gate): string[] {
  return limit.words.flatMap(({ lexicon, act }) =>
    lexicons.get(lexicon.text)!.flatMap(word => {
      const looks = (text: string) =>
        text
          .normalize('NFKC')
          .toLowerCase()
          .replace(/\p{Cf}/gu, '')
      const isLatin = /[a-z0-9]/.test(looks(word))
      const bare = (text: string) => (isLatin ? looks(text) : looks(text).replace(/[\p{P}\p{S}\s]/gu, ''))
      const [text, wanted] = [bare(test.text), bare(word)]
      let count = 0
      for (let at = text.indexOf(wanted); at >= 0; at = text.indexOf(wanted, at + 1)) count++
      return Array.from({ length: count }, () => `word ${lexicon.text} ${word} ${act}`)
    }),
  )
}

/** Whether a message finds a row; for an earlier one only its purpose and its channel are asked. */
function fits(
  { limit, world }: Gate,
  row: Row,
  message: { purpose: string; channel: string },
  earlier = false,
): boolean {
  return limit.grid.inputs.every(({ subject }, at) => {
    const path = pathOf(subject)
    if (earlier && path !== 'purpose' && path !== 'channel') return true
    const cell = row.inputs[at]!
    if (cell.items.length === 0) return true
    const value =
      path === 'purpose'
        ? name(message.purpose)
        : path === 'channel'
          ? name(message.channel)
          : run(subject, world)
    if (value === null) return false
    const some = cell.items.some(({ operator, value: bound }) =>
      compare(operator, value, run(bound, world), world),
    )
    return some !== cell.negated
  })
}

interface Held {
  /** Worked out when it is asked: the end of it lies minutes or days away. */
  readonly said: () => string
  readonly beyond: string
}

/** What of a row stands in the way at a minute: quiet hours, and caps that earlier messages fill. */
function heldBy(gate: Gate, row: Row, at: number): Held[] {
  const { limit, zone, test, world } = gate
  const column = (wanted: string) => {
    const index = limit.grid.outputs.findIndex(({ subject }) => pathOf(subject) === wanted)
    return row.outputs[index]?.items[0]?.value
  }
  const beyond = pathOf(column('beyond')!)
  const place = `${limit.name.text} ${limit.grid.rows.indexOf(row) + 1}`
  const held: Held[] = []
  const quiet = column('quiet')
  const isQuiet = (moment: number) => {
    if (quiet?.kind !== 'binary') return false
    const [from, to] = [quiet.left, quiet.right].map(e =>
      e.kind === 'literal' ? e.image.padStart(5, '0') : '',
    )
    const time = localOf(moment, zone).slice(11)
    return from! <= to! ? from! <= time && time < to! : time >= from! || time < to!
  }
  const quietEnd = () =>
    localOf(
      firstAfter(at, moment => !isQuiet(moment)),
      zone,
    )
  if (isQuiet(at)) held.push({ said: () => `quiet ${place} ${quietEnd()}`, beyond })
  for (const per of ['day', 'week', 'month'] as const) {
    const cap = column(`per ${per}`)
    const most = cap && run(cap, world)
    if (!most || !isNumber(most)) continue
    const window = (moment: number) => windowOf(localOf(moment, zone), per)
    const now = window(at)
    const counted = test.history.filter(
      sent => fits(gate, row, sent, true) && window(sent.from) <= now && now <= window(sent.to),
    )
    if (!compare('>=', numberOf(String(counted.length)), most, world)) continue
    const end = () =>
      localOf(
        firstAfter(at, moment => window(moment) !== now),
        zone,
      )
    held.push({ said: () => `cap ${place} ${per} ${counted.length}/${most.n} ${end()}`, beyond })
  }
  return held
}

function firstAfter(at: number, holds: (moment: number) => boolean): number {
  let moment = at
  while (!holds(moment)) moment += MINUTE
  return moment
}

/** A day by its date, a week by that of its Monday, a month by its year and number. */
function windowOf(local: string, per: 'day' | 'week' | 'month'): string {
  const date = local.slice(0, 10)
  if (per !== 'week') return per === 'day' ? date : date.slice(0, 7)
  const at = Date.parse(`${date}T00:00:00Z`)
  return new Date(at - ((new Date(at).getUTCDay() + 6) % 7) * 1440 * MINUTE).toISOString().slice(0, 10)
}
