import type { Blueprint, FieldBlueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { applyRounding, evaluate } from '#core/table'
import { decodeValue, localDate, type JsonValue, type RecordValue, type Type, type Value } from '#core/values'

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

/** The names an expression about a form may read; computed fields are worked out when they are first read. */
export function formFacts(blueprint: Blueprint, filled: FilledForm, around: Surroundings): Facts {
  const form = blueprint.forms[filled.form]!
  const facts = settingFacts(blueprint, around)
  if (around.at !== undefined) {
    facts['(now)'] = around.at
    define(facts, 'today', () => localDate(around.at!, blueprint.pack.zone))
  }
  if (filled.customer !== null) define(facts, 'customer', () => record('customer', filled.customer!))
  if (form.subject && filled.subject !== null)
    define(facts, form.subject, () => record(form.subject!, filled.subject!))
  const record = (entity: string, key: string) => readRecord(blueprint, around, { entity, key })
  for (const [name, field] of Object.entries(form.fields))
    define(facts, name, () =>
      field.computed
        ? applyRounding(evaluate(blueprint, field.computed, facts), field.rounding)
        : read(blueprint, around, { field, json: filled.fields[name] }),
    )
  return facts
}

/** The fields of a form or ticket as a record, so that `退款.实退` reads them. */
export function formRecord(blueprint: Blueprint, filled: FilledForm, around: Surroundings): RecordValue {
  return { entity: filled.form, key: null, fields: formFacts(blueprint, filled, around) }
}

/** A record with its computed fields; fields nobody filled have their default. */
export function readRecord(
  blueprint: Blueprint,
  around: Surroundings,
  { entity, key }: { entity: string; key: string },
): RecordValue {
  const json = around.records[entity]?.[key] ?? blueprint.library[entity]?.[key]
  const fields = recordFacts(blueprint, around, { entity, json: json ?? {} })
  knowAbout(blueprint, around, { entity, key, fields })
  return { entity, key, fields }
}

/** Lets a record’s computed fields read the tickets about it and, for a customer, the last events; nobody else sees them. */
function knowAbout(
  blueprint: Blueprint,
  around: Surroundings,
  { entity, key, fields }: { entity: string; key: string; fields: Facts },
): void {
  for (const [kind, { form }] of Object.entries(blueprint.tickets)) {
    if (blueprint.forms[form]?.subject !== entity || Object.hasOwn(fields, kind)) continue
    const about = (around.tickets ?? []).filter(ticket => ticket.kind === kind && ticket.subject === key)
    const rows = about.map(ticket => ticketRecord(blueprint, around, ticket))
    Object.defineProperty(fields, kind, { value: rows })
  }
  if (entity !== 'customer') return
  Object.defineProperty(fields, '(zone)', { value: blueprint.pack.zone })
  for (const [event, at] of Object.entries(around.last?.[key] ?? {}))
    Object.defineProperty(fields, `last(${event})`, { value: at })
}

/** Another ticket as a record: its fields, and whether it ended so or so. */
function ticketRecord(blueprint: Blueprint, around: Surroundings, ticket: TicketAround): RecordValue {
  const fields = formFacts(blueprint, ticket, around) as Record<string, Value>
  for (const outcome of Object.keys(blueprint.tickets[ticket.kind]!.ends)) {
    const name = outcome.split('.').at(-1)!
    if (!Object.hasOwn(fields, name)) fields[name] = ticket.outcome === outcome
  }
  return { entity: ticket.kind, key: ticket.id, fields }
}

/** A record that stands inside another, such as a row of a list. */
function inlineRecord(
  blueprint: Blueprint,
  around: Surroundings,
  { entity, json }: { entity: string; json: FieldValues },
): RecordValue {
  return { entity, key: null, fields: recordFacts(blueprint, around, { entity, json }) }
}

function recordFacts(
  blueprint: Blueprint,
  around: Surroundings,
  { entity, json }: { entity: string; json: FieldValues },
): Facts {
  const facts: Record<string, Value> = Object.create(settingFacts(blueprint, around)) as Record<string, Value>
  for (const [name, field] of Object.entries(blueprint.entities[entity]?.fields ?? {}))
    define(facts, name, () => {
      if (field.computed) return applyRounding(evaluate(blueprint, field.computed, facts), field.rounding)
      const value = read(blueprint, around, { field, json: json[name] })
      return value === null && field.default ? evaluate(blueprint, field.default, facts) : value
    })
  return facts
}

/** The tenant's settings by name, declared defaults where none was chosen. */
export function settingFacts(blueprint: Blueprint, around: Surroundings): Record<string, Value> {
  return Object.fromEntries(
    Object.entries(blueprint.settings).map(([name, setting]) => [
      name,
      decodeValue(around.settings[name] ?? setting.default, setting.type) ?? null,
    ]),
  )
}

function read(
  blueprint: Blueprint,
  around: Surroundings,
  { field, json }: { field: FieldBlueprint; json: JsonValue | undefined },
): Value {
  return json === undefined || json === null ? null : decode(blueprint, around, { type: field.type, json })
}

function decode(
  blueprint: Blueprint,
  around: Surroundings,
  { type, json }: { type: Type; json: JsonValue },
): Value {
  if (type.kind === 'ref' && typeof json === 'string')
    return readRecord(blueprint, around, { entity: type.name, key: json })
  if (type.kind === 'ref' && typeof json === 'object' && json !== null && !Array.isArray(json))
    return inlineRecord(blueprint, around, { entity: type.name, json: json as FieldValues })
  if (type.kind === 'list' && Array.isArray(json))
    return json.map(item => decode(blueprint, around, { type: type.of, json: item as JsonValue }))
  return decodeValue(json, type) ?? null
}

/** Defines a name that is worked out once, when it is first read. */
function define(facts: Record<string, Value>, name: string, work: () => Value): void {
  Object.defineProperty(facts, name, {
    enumerable: true,
    configurable: true,
    get: () => {
      const value = work()
      Object.defineProperty(facts, name, { enumerable: true, configurable: true, value })
      return value
    },
  })
}
