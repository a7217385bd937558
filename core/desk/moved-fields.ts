import type { Blueprint, FieldBlueprint } from '#core/blueprint'
import type { FieldValues } from '#core/form'
import { decodeValue, sameType, type JsonValue, type Type } from '#core/values'
import type { Missing, Versions } from './migration.ts'
import type { TicketState } from './state.ts'

/** Old names to new ones, of what is called otherwise. */
export type Names = Readonly<Record<string, string>>

/** The fields a ticket has under the new version, and which of them are called otherwise there. */
export function movedFields(versions: Versions, state: TicketState): { names: Names; fields: FieldValues } {
  const carried = carriedOf(versions, state)
  const kept = carried.filter(({ is }) => is !== undefined && !is.computed)
  return {
    names: Object.fromEntries(
      carried.flatMap(({ name, to, is }) => (name === to || !is ? [] : [[name, to]])),
    ),
    fields: Object.fromEntries(kept.map(({ to, value }) => [to, value])),
  }
}

/** What a ticket holds that the new version has no field for, two for one, or a value that its field does not take. */
export function missingValues(versions: Versions, state: TicketState): Missing[] {
  const filled = carriedOf(versions, state).filter(({ value }) => value !== null)
  const lost = filled.filter(
    ({ to, is }, index) => !is || filled.findIndex(other => other.to === to) !== index,
  )
  const unfit = filled.filter(
    ({ is, was, value }) => is && !is.computed && !fits(versions, { was, is, value }),
  )
  return [
    ...lost.map(({ name }): Missing => ({ what: 'field', name })),
    ...unfit.map(({ name }): Missing => ({ what: 'value', name: `${name}=${said(state.fields[name]!)}` })),
  ]
}

interface Carried {
  readonly name: string
  readonly to: string
  readonly was: FieldBlueprint | undefined
  /** The field it goes to. */
  readonly is: FieldBlueprint | undefined
  readonly value: JsonValue
}

function carriedOf({ before, after, mapping }: Versions, state: TicketState): Carried[] {
  const form = before.tickets[state.kind]!.form
  const [old, now] = [before.forms[form]!.fields, after.forms[after.tickets[state.kind]!.form]!.fields]
  return Object.entries(state.fields).map(([name, value]) => {
    const to = mapping.fields[`${form}.${name}`]?.split('.').at(-1) ?? name
    const [was, is] = [own(old, name), own(now, to)]
    const renamed = was ? withNewNames({ before, mapping }, was.type, value) : value
    // Why: an int is a number in JSON, a decimal is its text.
    const isWidened = is?.type.kind === 'decimal' && typeof renamed === 'number'
    return { name, to, was, is, value: isWidened ? String(renamed) : renamed }
  })
}

function own<T>(record: Readonly<Record<string, T>>, name: string): T | undefined {
  return Object.hasOwn(record, name) ? record[name] : undefined
}

/** A value with the enum values that are called otherwise now, in lists and their rows too. */
function withNewNames(
  versions: Pick<Versions, 'before' | 'mapping'>,
  type: Type,
  json: JsonValue,
): JsonValue {
  if (type.kind === 'enum' && typeof json === 'string')
    return versions.mapping.values[`${type.name}.${json}`]?.split('.').at(-1) ?? json
  if ((type.kind === 'list' || type.kind === 'set') && Array.isArray(json))
    return json.map(item => withNewNames(versions, type.of, item as JsonValue))
  const fields = rowFields(versions.before, type)
  if (!fields || !isRow(json)) return json
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => {
      const field = own(fields, name)
      return [name, field ? withNewNames(versions, field.type, value) : value]
    }),
  )
}

interface Filled {
  readonly was: FieldBlueprint | undefined
  readonly is: FieldBlueprint
  readonly value: JsonValue
}

function fits({ after }: Versions, { was, is, value }: Filled): boolean {
  if (!was) return false
  const isPlain = !printsRecord(is.type) || sameType(was.type, is.type)
  return isPlain && decodes(after, is.type, value)
}

function printsRecord(type: Type): boolean {
  return type.kind === 'ref' || ('of' in type && printsRecord(type.of))
}

/** Whether a value is one of the type, an enum's values as the version declares them. */
function decodes(blueprint: Blueprint, type: Type, json: JsonValue): boolean {
  if (json === null) return true
  if (type.kind === 'enum')
    return typeof json === 'string' && Object.hasOwn(blueprint.enums[type.name]?.values ?? {}, json)
  if (type.kind === 'list' || type.kind === 'set')
    return Array.isArray(json) && json.every(item => decodes(blueprint, type.of, item as JsonValue))
  const fields = rowFields(blueprint, type)
  if (fields && isRow(json))
    return Object.entries(json).every(([name, value]) => {
      const field = own(fields, name)
      return field !== undefined && decodes(blueprint, field.type, value)
    })
  return type.kind === 'map' || type.kind === 'location' || decodeValue(json, type) !== undefined
}

/** The fields of a record that stands inside a list, as it has no key of its own. */
function rowFields(blueprint: Blueprint, type: Type): Readonly<Record<string, FieldBlueprint>> | undefined {
  return type.kind === 'ref' ? blueprint.entities[type.name]?.fields : undefined
}

function isRow(json: JsonValue): json is { readonly [name: string]: JsonValue } {
  return typeof json === 'object' && json !== null && !Array.isArray(json)
}

function said(json: JsonValue): string {
  return typeof json === 'string' ? json : JSON.stringify(json)
}
