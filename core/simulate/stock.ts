import type { Blueprint, EntityBlueprint, FormBlueprint } from '#core/blueprint'
import type { TicketEvent, TicketState } from '#core/desk'
import type { FieldValues } from '#core/form'
import { note } from '#core/play'
import { addDays, boundOf, findRegion, localDate, regionWithin, type JsonValue } from '#core/values'
import { RANK, type Game } from './game.ts'
import type { Shelf, WholeTraffic } from './traffic.ts'

/** What lies where, changed as tickets use it. */
export interface Shelves {
  readonly all: readonly ShelfCount[]
  /** Form to the lists whose rows say what was used. */
  readonly lists: ReadonlyMap<string, readonly UsedList[]>
}

export interface ShelfCount {
  readonly shelf: Shelf
  /** Region code; null for everywhere. */
  readonly region: string | null
  onHand: number
  delivered: number
  used: number
  /** Kept for tickets that waited for it. */
  promised: number
  /** Tickets that had to wait, in order, with how many they need. */
  readonly waits: { readonly count: number; readonly since: number; readonly go: () => void }[]
  readonly waited: number[]
  /** When it was missing first (epoch ms). */
  firstShort: number | null
}

/** A list field whose rows name an item and how many. */
interface UsedList {
  readonly field: string
  readonly entity: string
  readonly item: string
  readonly count: string
}

/** A use of something that a shelf holds. */
export interface Use {
  readonly shelf: ShelfCount
  readonly count: number
}

export function shelvesOf(blueprint: Blueprint, { stock }: Pick<WholeTraffic, 'stock'>): Shelves {
  const stocked = new Set(stock.map(({ entity }) => entity))
  const all = stock.map(shelf => ({
    ...{ shelf, region: shelf.region === undefined ? null : findRegion(shelf.region)!, onHand: shelf.onHand },
    ...{ delivered: 0, used: 0, promised: 0, waits: [], waited: [], firstShort: null },
  }))
  const lists = Object.keys(blueprint.forms).map(form => [form, usedLists(blueprint, form, stocked)] as const)
  return { all, lists: new Map(lists.filter(([, found]) => found.length > 0)) }
}

/** What the rows of a form's lists would take from shelves; what no shelf holds is there without end. */
export function usesIn(game: Game, state: TicketState, fields: FieldValues): Use[] {
  const { blueprint } = game.world
  const { form } = blueprint.tickets[state.kind]!
  const lists = game.shelves.lists.get(form)
  if (!lists) return []
  if (!lists.some(({ field }) => Array.isArray(fields[field]))) return []
  const region = regionOf(game, state)
  const uses = new Map<ShelfCount, number>()
  for (const { field, entity, item, count } of lists) {
    const rows = fields[field]
    if (!Array.isArray(rows)) continue
    for (const row of rows as readonly Record<string, JsonValue>[]) {
      const shelf = shelfFor(game.shelves, { entity, item: row[item], region })
      if (shelf) uses.set(shelf, (uses.get(shelf) ?? 0) + Number(row[count] ?? 0))
    }
  }
  return [...uses].map(([shelf, times]) => ({ shelf, count: times }))
}

/** The first shelf that lacks something, if any; `isPromised` for a ticket that has waited. */
export function missing(uses: readonly Use[]): Use | undefined {
  return uses.find(({ shelf, count }) => shelf.onHand - shelf.promised < count)
}

/** Waits until enough lies there that nobody who waited longer needs. */
export function awaitDelivery(game: Game, { shelf, count }: Use, go: () => void): void {
  shelf.firstShort ??= game.world.at
  shelf.waits.push({ count, since: game.world.at, go })
}

/** Takes what a ticket has written that it used. Rows written once more count by what they add. */
export function takeUsed(
  game: Game,
  state: TicketState,
  { happened }: TicketEvent,
  before: TicketState | undefined,
): void {
  if (happened.kind !== 'fields-filled' && happened.kind !== 'opened') return
  const uses = usesIn(game, state, happened.fields)
  if (uses.length === 0) return
  const earlier = new Map(
    (before ? usesIn(game, state, before.fields) : []).map(({ shelf, count }) => [shelf, count]),
  )
  for (const { shelf, count } of uses) {
    const more = count - (earlier.get(shelf) ?? 0)
    shelf.onHand -= more
    shelf.used += more
  }
}

/** Lets what is delivered come, each at the day's begin. */
export function startDeliveries(game: Game): void {
  for (const shelf of game.shelves.all) {
    const { deliveries } = shelf.shelf
    if (deliveries) awaitNext(game, shelf, deliveries)
  }
}

function awaitNext(game: Game, shelf: ShelfCount, deliveries: NonNullable<Shelf['deliveries']>): void {
  const { zone } = game.world.blueprint.pack
  const at = boundOf(`${addDays(localDate(game.world.at, zone), deliveries.everyDays)} 08:00`, zone)
  if (at >= game.to) return
  note(game.world.agenda, {
    ...{ at, rank: RANK.delivery },
    fire: () => {
      shelf.onHand += deliveries.count
      shelf.delivered += deliveries.count
      awaitNext(game, shelf, deliveries)
      serveWaits(game, shelf)
    },
  })
}

function serveWaits(game: Game, shelf: ShelfCount): void {
  for (let first = shelf.waits[0]; first; first = shelf.waits[0]) {
    if (shelf.onHand - shelf.promised < first.count) return
    shelf.waits.shift()
    shelf.waited.push(game.world.at - first.since)
    shelf.promised += first.count
    first.go()
  }
}

function shelfFor(
  { all }: Shelves,
  { entity, item, region }: { entity: string; item: JsonValue | undefined; region: string | null },
): ShelfCount | undefined {
  return all.find(
    each =>
      each.shelf.entity === entity &&
      each.shelf.item === item &&
      (each.region === null || (region !== null && regionWithin(region, each.region))),
  )
}

/** Where a ticket is: a region of its form, or of the record it is about. */
function regionOf({ world: { blueprint, records } }: Game, state: TicketState): string | null {
  const { subject, fields } = blueprint.forms[blueprint.tickets[state.kind]!.form]!
  const own = regionIn(fields)
  if (own !== undefined) return textOf(state.fields[own])
  const entity = subject === null ? undefined : blueprint.entities[subject]
  const theirs = entity && regionIn(entity.fields)
  if (theirs === undefined || state.subject === null) return null
  return textOf(records[subject!]?.[state.subject]?.[theirs])
}

function textOf(value: JsonValue | undefined): string | null {
  return typeof value === 'string' ? value : null
}

type Fields = FormBlueprint['fields'] | EntityBlueprint['fields']

const regions = new WeakMap<Fields, string | null>()

/** The first field that names a region. */
function regionIn(fields: Fields): string | undefined {
  let found = regions.get(fields)
  if (found === undefined) {
    found = Object.keys(fields).find(name => fields[name]!.type.kind === 'region') ?? null
    regions.set(fields, found)
  }
  return found ?? undefined
}

function usedLists(blueprint: Blueprint, form: string, stocked: ReadonlySet<string>): UsedList[] {
  return Object.entries(blueprint.forms[form]!.fields).flatMap(([field, { type }]) => {
    if (type.kind !== 'list' || type.of.kind !== 'ref') return []
    const fields = Object.entries(blueprint.entities[type.of.name]?.fields ?? {})
    const count = fields.find(([, each]) => each.type.kind === 'int')
    return fields.flatMap(([item, each]) =>
      count && each.type.kind === 'ref' && stocked.has(each.type.name)
        ? [{ field, entity: each.type.name, item, count: count[0] }]
        : [],
    )
  })
}
