import type { FormBlueprint } from '#core/blueprint'
import { isRefusal, type Asker } from '#core/desk'
import { note, noticeComplaint, ownerOf, reportEvent, awaitMoment, type World } from '#core/play'
import { addDays, boundOf, localDate, weekday, type JsonValue } from '#core/values'
import { customerAs, frameOf, tryFields } from './act.ts'
import { drawField, drawFields } from './draw.ts'
import { RANK, type Game } from './game.ts'
import { pickIndex, randomOf, scattered, type Random } from './random.ts'
import { countStuck } from './tally.ts'
import { DAY_SHAPE, type Stream, type WholeTraffic } from './traffic.ts'

/** Of a record's entity so many are there when nothing says. */
const RECORDS = 300

/** The customers and the records that tickets and events are about; yields the keys of each entity. */
export function settle(world: World, traffic: WholeTraffic, seed: number): Game['keys'] {
  const { blueprint } = world
  const keys = new Map<string, string[]>([['staff', world.people.roster.map(({ id }) => id)]])
  const keysOf = (entity: string) => keys.get(entity) ?? []
  const wanted = { customer: traffic.customers, ...traffic.records }
  for (const entity of new Set(['customer', ...entitiesMet(world, traffic)])) {
    const { count = RECORDS, fields: draws = {} } = wanted[entity as 'customer'] ?? {}
    const own = Array.from({ length: count }, (_, index) => `${entity}-${index + 1}`)
    keys.set(entity, own)
    for (const key of own) {
      const random = randomOf(seed, 'record', key)
      if (entity !== 'customer') keepRecord(world, { entity, key, random, keys: keysOf, draws })
      else {
        const today = () => localDate(world.at, blueprint.pack.zone)
        const frame = { blueprint, random, today, customer: key, keys: keysOf }
        const fields = drawFields(frame, blueprint.entities.customer?.fields ?? {}, draws)
        ;(world.records.customer ??= {})[key] = { id: key, name: key, ...fields }
      }
    }
  }
  return keysOf
}

/** The entities that tickets and events of the traffic are about, and those that their forms refer to. */
function entitiesMet({ blueprint }: World, traffic: WholeTraffic): string[] {
  const forms = Object.values(traffic.streams).flatMap(({ ticket, about }) => {
    const form = blueprint.forms[blueprint.tickets[ticket]?.form ?? '']
    return form ? [{ ...form, subject: about ? null : form.subject }] : []
  })
  const referred = forms.flatMap(({ fields }) =>
    Object.values(fields).flatMap(({ type }) => (type.kind === 'ref' ? [type.name] : [])),
  )
  const about = forms.flatMap(({ subject }) => (subject === null ? [] : [subject]))
  const met = Object.values(traffic.events).map(({ entity }) => entity)
  const all = [...referred, ...about, ...met, ...Object.keys(traffic.records)]
  return all.filter(name => name !== 'customer' && name !== 'staff' && !blueprint.library[name])
}

interface NewRecord {
  readonly entity: string
  readonly key: string
  readonly random: Random
  readonly keys: Game['keys']
  readonly draws: Parameters<typeof drawFields>[2]
}

function keepRecord(world: World, { entity, key, random, keys, draws }: NewRecord): void {
  const { blueprint, at } = world
  const { fields = {}, key: keyField = null } = blueprint.entities[entity] ?? {}
  const customer = oneOf(random, keys('customer'))
  const frame = { blueprint, random, customer, keys, today: () => localDate(at, blueprint.pack.zone) }
  const values: Record<string, JsonValue> = { id: key }
  for (const [name, field] of Object.entries(fields)) {
    if (field.computed) continue
    const isOpen = draws[name] === undefined && (field.optional || field.default !== undefined)
    const value = name === keyField ? key : isOpen ? null : drawField(frame, field, draws[name])
    if (value !== null) values[name] = value
  }
  ;(world.records[entity] ??= {})[key] = values
  awaitMoment(world, { entity, key })
}

/** Day by day, what comes that day. */
export function startArrivals(game: Game): void {
  const { world, traffic } = game
  const { zone } = world.blueprint.pack
  const begin = (date: string) => {
    const start = boundOf(`${date} 00:00`, zone)
    if (start >= game.to) return
    note(world.agenda, {
      ...{ at: start, rank: RANK.day },
      fire: () => {
        game.dayBegan?.()
        for (const [name, stream] of Object.entries(traffic.streams))
          for (const [index, at] of timesOf(game, { name, date, rhythm: stream }).entries())
            note(world.agenda, {
              ...{ at, rank: RANK.arrival },
              fire: () => arrive(game, { id: `${name}-${date}-${index + 1}`, stream, name }),
            })
        for (const [name, { entity, event, ...rhythm }] of Object.entries(traffic.events))
          for (const [index, at] of timesOf(game, { name, date, rhythm }).entries())
            note(world.agenda, {
              ...{ at, rank: RANK.event },
              fire: () => meet(game, { path: `${name}-${date}-${index + 1}`, entity, event }),
            })
        begin(addDays(date, 1))
      },
    })
  }
  begin(traffic.startsOn)
}

type Rhythm = Pick<Stream, 'perDay' | 'hours' | 'weekdays'>

/** The instants of a day at which something comes, in no order. More a day keeps those that came anyway. */
function timesOf(
  { world, seed }: Game,
  { name, date, rhythm }: { name: string; date: string; rhythm: Rhythm },
): number[] {
  const { perDay, hours = DAY_SHAPE, weekdays } = rhythm
  const share = weekdays
    ? (weekdays[weekday(date) - 1]! * 7) / weekdays.reduce((sum, day) => sum + day, 0)
    : 1
  const expected = perDay * (Number.isFinite(share) ? share : 0)
  const normal = Math.log(scattered(randomOf(seed, 'day', name, date), 1, 1))
  const count = Math.max(0, Math.round(expected + Math.sqrt(expected) * normal))
  const start = boundOf(`${date} 00:00`, world.blueprint.pack.zone)
  return Array.from({ length: count }, (_, index) => {
    const random = randomOf(seed, 'time', name, date, index)
    return start + Math.floor((Math.max(0, pickIndex(random, hours)) + random()) * 3_600_000)
  })
}

function arrive(game: Game, { id, stream, name }: { id: string; stream: Stream; name: string }): void {
  const { world, seed, keys } = game
  const { blueprint } = world
  const declared = blueprint.tickets[stream.ticket]
  if (!declared) return
  const { form: formName, entries } = declared
  const form = blueprint.forms[formName]!
  const random = randomOf(seed, 'arrive', id)
  const subject =
    form.subject === null ? null : subjectFor(game, { id, entity: form.subject, stream, random })
  const owner = subject === null ? undefined : ownerOf(world, form.subject!, subject)
  // Why none: what staff open about a shop or a machine is nobody's matter but the desk's.
  const isTheirs = stream.by === undefined || form.subject === null
  const customer = owner ?? (isTheirs ? oneOf(random, keys('customer')) : null)
  const frame = { ...frameOf(game, customer, random), subject }
  const fields = drawFields(frame, form.fields, stream.fields ?? {})
  for (const field of neededIn(form)) fields[field] ??= drawField(frame, form.fields[field]!, undefined)
  const { by } = stream
  const usual = entries.find(each => (by === undefined ? each !== 'chat' : each === 'workbench'))
  const entry = stream.entry ?? usual ?? entries[0] ?? ''
  const asker = by === undefined ? customerAs(customer) : staffAs(world, by)
  const answer = tryFields(game, { id, asker, frame, form: form.fields, fields }, filled => ({
    command: 'open',
    id,
    ticket: stream.ticket,
    entry,
    customer,
    subject,
    fields: filled,
    draft: false,
  }))
  if (isRefusal(answer)) countStuck(game.tally, name, answer.refused)
  else if (customer !== null) noticeComplaint(world, { kind: stream.ticket, customer })
}

/** Somebody of a role, who is at work where anybody is. */
function staffAs({ people: { roster } }: World, role: string): Asker {
  const holders = roster.filter(({ roles }) => roles.includes(role))
  const { id } = holders.find(({ onShift }) => onShift) ?? holders[0] ?? { id: role }
  return { actor: { kind: 'staff', id }, roles: [role] }
}

const needed = new WeakMap<FormBlueprint, readonly string[]>()

/** The fields that are always required and that nobody but who fills the form has a value for. */
function neededIn(form: FormBlueprint): readonly string[] {
  let names = needed.get(form)
  if (!names) {
    names = Object.keys(form.fields).filter(name => {
      const { required, default: otherwise, at, computed } = form.fields[name]!
      return required?.op === 'const' && required.value === true && !otherwise && !at && !computed
    })
    needed.set(form, names)
  }
  return names
}

function subjectFor(
  { world, keys }: Game,
  { id, entity, stream, random }: { id: string; entity: string; stream: Stream; random: Random },
): string | null {
  if (!stream.about) return oneOf(random, keys(entity))
  keepRecord(world, { entity, key: id, random, keys, draws: stream.about })
  return id
}

/** Something happened to a record, or to a customer. */
function meet(game: Game, { path, entity, event }: { path: string; entity: string; event: string }): void {
  const { world, seed, keys } = game
  const random = randomOf(seed, 'event', path)
  const key = oneOf(random, keys(entity))
  if (key === null) return
  const customer =
    entity === 'customer' ? key : (ownerOf(world, entity, key) ?? oneOf(random, keys('customer')))
  if (customer !== null) reportEvent(world, { entity, key, event, customer })
}

function oneOf(random: Random, values: readonly string[]): string | null {
  return values[Math.floor(random() * values.length)] ?? null
}
