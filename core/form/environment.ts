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
interface Shared {
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
  return recordOf({ blueprint, around }, id)
}

function recordOf(shared: Shared, { entity, key }: { entity: string; key: string }): RecordValue {
  const { blueprint, around } = shared
  const json = around.records[entity]?.[key] ?? blueprint.library[entity]?.[key] ?? {}
  const record = { entity, key, fields: recordShape(blueprint, entity).factsOf(json, shared) }
  knowAbout(blueprint, around, record)
  return record
}

/** Lets a record’s computed fields read the tickets about it and, for a customer, the last events; nobody else sees them. */
function knowAbout(blueprint: Blueprint, around: Surroundings, record: RecordValue): void {
  const { entity, key, fields } = record
  for (const [kind, { form }] of Object.entries(blueprint.tickets)) {
    if (blueprint.forms[form]?.subject !== entity || hasField(record, kind)) continue
    const about = (around.tickets ?? []).filter(ticket => ticket.kind === kind && ticket.subject === key)
    const rows = about.map(ticket => ticketRecord(blueprint, around, ticket))
    Object.defineProperty(fields, kind, { value: rows })
  }
  if (entity !== 'customer') return
  Object.defineProperty(fields, '(zone)', { value: blueprint.pack.zone })
  for (const [event, at] of Object.entries(around.last?.[key!] ?? {}))
    Object.defineProperty(fields, `last(${event})`, { value: at })
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

const forms = new WeakMap<Blueprint, Map<string, Shape<FilledForm, Shared>>>()
const records = new WeakMap<Blueprint, Map<string, Shape<FieldValues, Shared>>>()
const settings = new WeakMap<Blueprint, Shape<never, Shared>>()

function settingShape(blueprint: Blueprint): Shape<never, Shared> {
  let shape = settings.get(blueprint)
  if (!shape) {
    const works = Object.keys(blueprint.settings).map((name): [string, Work<never, Shared>] => [
      name,
      (_, shared) => settingOf(shared, name),
    ])
    settings.set(blueprint, (shape = shapeOf(new Map(works))))
  }
  return shape
}

function formShape(blueprint: Blueprint, name: string): Shape<FilledForm, Shared> {
  return shaped(forms, { blueprint, name }, () => {
    const { subject, fields } = blueprint.forms[name]!
    const works = new Map<string, Work<FilledForm, Shared>>([
      ['(now)', (_, { around }) => around.at ?? null],
      ['today', (_, { around: { at } }) => (at === undefined ? null : localDate(at, blueprint.pack.zone))],
      ['customer', ({ customer: key }, shared) => subjectOf(shared, 'customer', key)],
    ])
    if (subject) works.set(subject, ({ subject: key }, shared) => subjectOf(shared, subject, key))
    for (const [field, declared] of Object.entries(fields)) {
      const work = fieldWork(blueprint, field, { ...declared, default: undefined })
      works.set(field, ({ fields: given }, shared, facts) => work(given, shared, facts))
    }
    return works
  })
}

function recordShape(blueprint: Blueprint, name: string): Shape<FieldValues, Shared> {
  return shaped(records, { blueprint, name }, () => {
    const fields = Object.entries(blueprint.entities[name]?.fields ?? {})
    return new Map(fields.map(([field, declared]) => [field, fieldWork(blueprint, field, declared)]))
  })
}

/** The shape of a name, made once for its blueprint; the tenant's settings are read where it has no name of its own. */
function shaped<Given>(
  shapes: WeakMap<Blueprint, Map<string, Shape<Given, Shared>>>,
  { blueprint, name }: { blueprint: Blueprint; name: string },
  works: () => ReadonlyMap<string, Work<Given, Shared>>,
): Shape<Given, Shared> {
  let known = shapes.get(blueprint)
  if (!known) shapes.set(blueprint, (known = new Map()))
  let shape = known.get(name)
  if (!shape) known.set(name, (shape = shapeOf(works(), settingShape(blueprint))))
  return shape
}

function settingOf({ blueprint, around }: Shared, name: string): Value {
  const setting = blueprint.settings[name]!
  return decodeValue(around.settings[name] ?? setting.default, setting.type) ?? null
}

function subjectOf(shared: Shared, entity: string, key: string | null): Value {
  return key === null ? null : recordOf(shared, { entity, key })
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
  if (type.kind === 'ref') return recordReader(blueprint, type)
  if (type.kind !== 'list') return json => decodeValue(json, type) ?? null
  const readItem = readerOf(blueprint, type.of)
  return (json, shared) =>
    Array.isArray(json) ? json.map(item => readItem(item as JsonValue, shared)) : null
}

/** A record by its key, or one that stands inside another, such as a row of a list. */
function recordReader(blueprint: Blueprint, { name: entity }: { readonly name: string }): Reader {
  // Why only when it is read: entities may hold each other.
  let shape: Shape<FieldValues, Shared> | undefined
  return (json, shared) => {
    if (typeof json === 'string') return recordOf(shared, { entity, key: json })
    if (typeof json !== 'object' || json === null || Array.isArray(json)) return null
    shape ??= recordShape(blueprint, entity)
    return { entity, key: null, fields: shape.factsOf(json as FieldValues, shared) }
  }
}
