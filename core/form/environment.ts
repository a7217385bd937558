import type { Blueprint, Code, FieldBlueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { applyRounding, evaluate } from '#core/table'
import {
  decodeValue,
  hasField,
  localDate,
  type JsonValue,
  type RecordValue,
  type Type,
  type Value,
} from '#core/values'
import { shapeOf, type Shape, type Work } from './shape.ts'

export type FieldValues = Readonly<Record<string, JsonValue>>

/** What expressions may read beyond the form: records by entity and key, and the tenant's settings. */
export interface Surroundings {
  readonly records: Readonly<Record<string, Readonly<Record<string, FieldValues>>>>
  readonly settings: FieldValues
  /** The instant (epoch ms) that `today` and windows are about; without it they are not known. */
  readonly at?: number
  /** What other systems last said, by signal; one that said nothing yet is absent. */
  readonly signals?: Readonly<Record<string, FieldValues>>
  /** Other tickets about the same record; the one that is decided about is not among them. */
  readonly tickets?: readonly TicketAround[]
  /** Customer to event (`订单.下单`) to the instant (epoch ms) of the last one. */
  readonly last?: Readonly<Record<string, Readonly<Record<string, number>>>>
}

/** As much of another ticket as expressions may read. */
export interface TicketAround extends FilledForm {
  readonly id: string
  readonly kind: string
  /** Qualified outcome (`结束.已退款`); null while it is open. */
  readonly outcome: string | null
}

/** A filled form: which one, what was entered, the record it is about and the customer who asks. */
export interface FilledForm {
  readonly form: string
  readonly fields: FieldValues
  readonly subject: string | null
  readonly customer: string | null
}

/** What the names of one evaluation are all read from. */
export interface Shared {
  readonly blueprint: Blueprint
  readonly around: Surroundings
}

/** The names an expression about a form may read; computed fields are worked out when they are first read. */
export function formFacts(blueprint: Blueprint, filled: FilledForm, around: Surroundings): Facts {
  return formShape(blueprint, filled.form).factsOf(filled, { blueprint, around })
}

/** The fields of a form or ticket as a record, so that `退款.实退` reads them. */
export function formRecord(blueprint: Blueprint, filled: FilledForm, around: Surroundings): RecordValue {
  return { entity: filled.form, key: null, fields: formFacts(blueprint, filled, around) }
}

/** A record with its computed fields; fields nobody filled have their default. */
export function readRecord(
  blueprint: Blueprint,
  around: Surroundings,
  id: { entity: string; key: string },
): RecordValue {
  return recordOf({ blueprint, around }, kindOf(blueprint, id.entity), id.key)
}

function recordOf({ blueprint, around }: Shared, { entity, keyed }: RecordKind, key: string): RecordValue {
  const json = around.records[entity]?.[key] ?? blueprint.library[entity]?.[key] ?? nothing
  const fields = keyed.factsOf(json, { blueprint, around, key })
  if (entity === 'customer') {
    const last = around.last?.[key]
    for (const event in last) Object.defineProperty(fields, `last(${event})`, { value: last[event] })
  }
  return { entity, key, fields }
}

const nothing: FieldValues = {}

function ticketsAbout({ blueprint, around, key }: KeyedShared, kind: string): RecordValue[] {
  const about = (around.tickets ?? []).filter(ticket => ticket.kind === kind && ticket.subject === key)
  return about.map(ticket => ticketRecord(blueprint, around, ticket))
}

/** Another ticket as a record: its fields, and whether it ended so or so. */
function ticketRecord(blueprint: Blueprint, around: Surroundings, ticket: TicketAround): RecordValue {
  const record = { entity: ticket.kind, key: ticket.id, fields: formFacts(blueprint, ticket, around) }
  for (const outcome of Object.keys(blueprint.tickets[ticket.kind]!.ends)) {
    const name = outcome.split('.').at(-1)!
    if (hasField(record, name)) continue
    Object.defineProperty(record.fields, name, { enumerable: true, value: ticket.outcome === outcome })
  }
  return record
}

/** The tenant's settings by name, declared defaults where none was chosen. */
export function settingFacts(blueprint: Blueprint, around: Surroundings): Record<string, Value> {
  const shared = { blueprint, around }
  return Object.fromEntries(Object.keys(blueprint.settings).map(name => [name, settingOf(shared, name)]))
}

/** What is made once for a blueprint, each when it is first asked for. */
interface Shapes {
  readonly settings: Shape<never, Shared>
  readonly forms: Map<string, Shape<FilledForm, Shared>>
  readonly records: Map<string, RecordKind>
}

/** What all records of an entity share. */
interface RecordKind {
  readonly entity: string
  /** Of one that stands inside another. */
  readonly inner: Shape<FieldValues, Shared>
  /** Of one with a key. */
  readonly keyed: Shape<FieldValues, KeyedShared>
}

interface KeyedShared extends Shared {
  readonly key: string
}

const made = new WeakMap<Blueprint, Shapes>()

function shapesOf(blueprint: Blueprint): Shapes {
  let shapes = made.get(blueprint)
  if (!shapes) {
    const works = Object.keys(blueprint.settings).map((name): [string, Work<never, Shared>] => [
      name,
      (_, shared) => settingOf(shared, name),
    ])
    made.set(
      blueprint,
      (shapes = { settings: shapeOf(new Map(works)), forms: new Map(), records: new Map() }),
    )
  }
  return shapes
}

/** The settings as names that others may build on. */
export function settingShape(blueprint: Blueprint): Shape<never, Shared> {
  return shapesOf(blueprint).settings
}

function formShape(blueprint: Blueprint, name: string): Shape<FilledForm, Shared> {
  const { forms, settings } = shapesOf(blueprint)
  let shape = forms.get(name)
  if (!shape) forms.set(name, (shape = shapeOf(formWorks(blueprint, name), settings)))
  return shape
}

function formWorks(blueprint: Blueprint, name: string): Map<string, Work<FilledForm, Shared>> {
  const { subject, fields } = blueprint.forms[name]!
  const readCustomer = recordReader(blueprint, 'customer')
  const works = new Map<string, Work<FilledForm, Shared>>([
    ['(now)', (_, { around }) => around.at ?? null],
    ['today', (_, { around: { at } }) => (at === undefined ? null : localDate(at, blueprint.pack.zone))],
    ['customer', ({ customer }, shared) => readCustomer(customer, shared)],
  ])
  for (const name of Object.keys(blueprint.signals))
    works.set(name, (_, { around }) => signalOf(blueprint, name, around))
  if (subject) {
    const readSubject = recordReader(blueprint, subject)
    works.set(subject, ({ subject: key }, shared) => readSubject(key, shared))
  }
  for (const [field, declared] of Object.entries(fields)) {
    const work = fieldWork(blueprint, field, { ...declared, default: undefined })
    works.set(field, ({ fields: given }, shared, facts) => work(given, shared, facts))
  }
  return works
}

function signalOf(blueprint: Blueprint, name: string, { signals }: Surroundings): Value {
  const said = signals?.[name]
  if (!said) return null
  const values = Object.entries(blueprint.signals[name]!).map(
    ([output, type]) => [output, decodeValue(said[output] ?? null, type) ?? null] as const,
  )
  return { entity: name, key: null, fields: Object.fromEntries(values) }
}

function kindOf(blueprint: Blueprint, entity: string): RecordKind {
  const { records, settings } = shapesOf(blueprint)
  let kind = records.get(entity)
  if (!kind) {
    const fields = blueprint.entities[entity]?.fields ?? {}
    const works = new Map(
      Object.entries(fields).map(([name, declared]) => [name, fieldWork(blueprint, name, declared)] as const),
    )
    const keyed = shapeOf<FieldValues, KeyedShared>(works, settings, hiddenWorks(blueprint, entity))
    records.set(entity, (kind = { entity, inner: shapeOf(works, settings), keyed }))
  }
  return kind
}

/** What only computed fields of a record may read: the tickets about it, and the zone that a customer's events are told in. */
function hiddenWorks(blueprint: Blueprint, entity: string): Map<string, Work<FieldValues, KeyedShared>> {
  const works = new Map<string, Work<FieldValues, KeyedShared>>()
  const { fields = {} } = blueprint.entities[entity] ?? {}
  for (const [kind, { form }] of Object.entries(blueprint.tickets))
    if (blueprint.forms[form]?.subject === entity && !Object.hasOwn(fields, kind))
      works.set(kind, (_, shared) => ticketsAbout(shared, kind))
  if (entity === 'customer') works.set('(zone)', () => blueprint.pack.zone)
  return works
}

function settingOf({ blueprint, around }: Shared, name: string): Value {
  const setting = blueprint.settings[name]!
  return decodeValue(around.settings[name] ?? setting.default, setting.type) ?? null
}

function fieldWork(
  blueprint: Blueprint,
  name: string,
  {
    type,
    computed,
    rounding,
    default: otherwise,
  }: Pick<FieldBlueprint, 'type' | 'computed' | 'rounding'> & {
    readonly default?: Code | undefined
  },
): Work<FieldValues, Shared> {
  if (computed) return (_, __, facts) => applyRounding(evaluate(blueprint, computed, facts), rounding)
  const read = readerOf(blueprint, type)
  return (given, shared, facts) => {
    const value = read(given[name] ?? null, shared)
    return value === null && otherwise ? evaluate(blueprint, otherwise, facts) : value
  }
}

/** Reads the JSON of a value; null when it does not fit its type. */
type Reader = (json: JsonValue, shared: Shared) => Value

function readerOf(blueprint: Blueprint, type: Type): Reader {
  if (type.kind === 'ref') return recordReader(blueprint, type.name)
  if (type.kind !== 'list' && type.kind !== 'set') return json => decodeValue(json, type) ?? null
  const readItem = readerOf(blueprint, type.of)
  return (json, shared) =>
    Array.isArray(json) ? json.map(item => readItem(item as JsonValue, shared)) : null
}

/** A record by its key, or one that stands inside another, such as a row of a list. */
function recordReader(blueprint: Blueprint, entity: string): Reader {
  // Why only when it is read: entities may hold each other.
  let kind: RecordKind | undefined
  return (json, shared) => {
    if (json === null || (typeof json !== 'string' && typeof json !== 'object') || Array.isArray(json))
      return null
    kind ??= kindOf(blueprint, entity)
    if (typeof json === 'string') return recordOf(shared, kind, json)
    return { entity, key: null, fields: kind.inner.factsOf(json as FieldValues, shared) }
  }
}
