import type { Blueprint, EntityBlueprint } from '#core/blueprint'
import { formFacts, type FieldValues, type FilledForm, type Surroundings } from '#core/form'
import { encodeValue, type Type } from '#core/values'
import type { ColumnReply } from '#core/wire'
import type { Tx } from '../store/index.ts'
import { recordChoices, type RecordChoice } from '../store/records-of.ts'

export interface FieldView {
  readonly name: string
  readonly label: string
  readonly type: string
  /** The enum or entity of the type. */
  readonly typeName: string | null
  /** What may be chosen, of an enum or a reference. */
  readonly choices: readonly { readonly value: string; readonly label: string }[] | null
  /** Of a list of rows: what each row holds. */
  readonly columns: readonly ColumnReply[] | null
  readonly value: FieldValues[string]
  readonly writable: boolean
  readonly computed: boolean
}

/** Every field of a filled form with its value and what may be chosen; whether somebody may see or write it is the caller's. */
export async function fieldViews(
  tx: Tx,
  blueprint: Blueprint,
  { filled, facts }: { filled: FilledForm; facts: Surroundings },
): Promise<Omit<FieldView, 'writable'>[]> {
  const values = formFacts(blueprint, filled, facts)
  const { fields } = blueprint.forms[filled.form]!
  const records = await recordChoices(tx, blueprint, referred(blueprint, fields))
  return Object.entries(fields).map(([name, field]) => ({
    ...fieldView(blueprint, { name, field, records }),
    value: field.computed ? encodeValue(values[name] ?? null) : (filled.fields[name] ?? null),
  }))
}

/** The fields of a record, to be written one by one; a customer is named by their number, as there are many. */
export async function recordFieldViews(tx: Tx, blueprint: Blueprint, entity: string): Promise<FieldView[]> {
  const { fields } = blueprint.entities[entity]!
  const records = await recordChoices(tx, blueprint, referred(blueprint, fields))
  return Object.entries(fields).map(([name, field]) => {
    const view = fieldView(blueprint, { name, field, records })
    const choices = view.typeName === 'customer' ? null : view.choices
    return { ...view, choices, value: null, writable: !view.computed }
  })
}

type Fields = EntityBlueprint['fields']

function fieldView(
  blueprint: Blueprint,
  {
    name,
    field,
    records,
  }: { name: string; field: Fields[string]; records: Readonly<Record<string, readonly RecordChoice[]>> },
): Omit<FieldView, 'writable' | 'value'> {
  return {
    ...{ name, label: field.label, type: field.type.kind, computed: field.computed !== undefined },
    typeName: 'name' in field.type ? field.type.name : null,
    choices: choicesOf(blueprint, field.type, records),
    columns: columnsOf(blueprint, field.type, records),
  }
}

/** The entities that fields name, in the rows of their lists too. */
function referred(blueprint: Blueprint, fields: Fields): string[] {
  const types = Object.values(fields).map(({ type }) => type)
  const columns = types.flatMap(type =>
    Object.values(rowOf(blueprint, type) ?? {}).map(column => column.type),
  )
  return [...types, ...columns].flatMap(type => (type.kind === 'ref' ? [type.name] : []))
}

/** The fields of the rows of a list: of an entity that has no key, so that its rows live in the list alone. */
function rowOf(blueprint: Blueprint, type: Type): EntityBlueprint['fields'] | undefined {
  const entity = type.kind === 'list' && type.of.kind === 'ref' ? blueprint.entities[type.of.name] : undefined
  return entity?.key === null ? entity.fields : undefined
}

function columnsOf(
  blueprint: Blueprint,
  type: Type,
  records: Readonly<Record<string, readonly RecordChoice[]>>,
): FieldView['columns'] {
  const row = rowOf(blueprint, type)
  if (!row) return null
  return Object.entries(row).map(([name, { label, type: column }]) => ({
    ...{ name, label, type: column.kind, typeName: 'name' in column ? column.name : null },
    choices: choicesOf(blueprint, column, records),
  }))
}

function choicesOf(
  blueprint: Blueprint,
  type: Type,
  records: Readonly<Record<string, readonly RecordChoice[]>>,
): FieldView['choices'] {
  if (type.kind === 'ref') return records[type.name] ?? []
  if (type.kind !== 'enum') return null
  return Object.entries(blueprint.enums[type.name]!.values).map(([value, label]) => ({ value, label }))
}
