import type { Blueprint, CellTest, ColumnBlueprint, TableBlueprint } from '#core/blueprint'
import type { Facts, TableCall } from '#core/expression'
import { compareValues, decodeValue, regionWithin, type JsonValue, type Type, type Value } from '#core/values'
import { applyRounding, evaluate } from './evaluate.ts'

/** What a table answered: its outputs and computed names, and why each row did or did not fire. */
export interface TableAnswer {
  /** Index of the row that answered, from 0; undefined when none did. */
  readonly row: number | undefined
  readonly values: Facts
  readonly trace: readonly RowTrace[]
}

export interface RowTrace {
  readonly row: number
  readonly hit: boolean
  /** The first column that did not fit; undefined for a hit and for a row that was not needed. */
  readonly failed: string | undefined
}

/** Looks `facts` up in a table of the blueprint, with the reason for every row. Absent inputs match only `-` and else. */
export function lookupTable(blueprint: Blueprint, name: string, facts: Facts): TableAnswer {
  const table = blueprint.tables[name]
  if (!table) throw new Error(`no table ${name} in the blueprint`)
  return lookupRows(blueprint, table, facts)
}

/** The same for a table that stands inside another declaration, such as a route. */
export function lookupRows(blueprint: Blueprint, table: TableBlueprint, facts: Facts): TableAnswer {
  const trace = table.rows.map((_, row) => testRow(blueprint, table, { row, facts }))
  const row = trace.find(entry => entry.hit)?.row ?? elseRow(table)
  const marked = trace.map(entry => (entry.row === row ? { ...entry, hit: true, failed: undefined } : entry))
  return { row, values: row === undefined ? {} : answer(blueprint, table, { row, facts }), trace: marked }
}

/** How expressions of this blueprint look its tables up. */
export function tableCall(blueprint: Blueprint): TableCall {
  return (name, inputs) => {
    const columns = blueprint.tables[name]!.inputs
    const facts = Object.fromEntries(columns.map((column, index) => [column.name, inputs[index] ?? null]))
    return { entity: name, key: null, fields: lookupTable(blueprint, name, facts).values }
  }
}

function elseRow(table: TableBlueprint): number | undefined {
  const index = table.rows.findIndex(row => row.when === 'else')
  return index < 0 ? undefined : index
}

function testRow(blueprint: Blueprint, table: TableBlueprint, at: { row: number; facts: Facts }): RowTrace {
  const { when } = table.rows[at.row]!
  if (when === 'else') return { row: at.row, hit: false, failed: undefined }
  for (const [index, test] of when.entries()) {
    const column = table.inputs[index]!
    if (test && !fits(blueprint, column, { test, value: at.facts[column.name] ?? null }))
      return { row: at.row, hit: false, failed: column.name }
  }
  return { row: at.row, hit: true, failed: undefined }
}

function fits(blueprint: Blueprint, column: ColumnBlueprint, at: { test: CellTest; value: Value }): boolean {
  if (at.value === null) return false
  if (column.type.kind === 'region')
    return at.test.any.some(({ from }) => regionWithin(at.value as string, from as string)) !== at.test.not
  const rank = rankOf(blueprint, column.type)
  const value = rank(at.value)
  const inside = at.test.any.some(range => {
    const from =
      range.from === undefined ? undefined : compareValues(value, rank(decode(range.from, column.type)))
    const to = range.to === undefined ? undefined : compareValues(value, rank(decode(range.to, column.type)))
    return (
      (from === undefined || from > 0 || (from === 0 && !range.fromOpen)) &&
      (to === undefined || to < 0 || (to === 0 && !range.toOpen))
    )
  })
  return inside !== at.test.not
}

/** Enum values compare by their place in the declaration, everything else by itself. */
function rankOf(blueprint: Blueprint, type: Type): (value: Value) => Value {
  if (type.kind !== 'enum') return value => value
  const order = Object.keys(blueprint.enums[type.name]!.values)
  return value => order.indexOf(value as string)
}

function decode(json: JsonValue, type: Type): Value {
  return decodeValue(json, type) ?? null
}

function answer(
  blueprint: Blueprint,
  table: TableBlueprint,
  { row, facts }: { row: number; facts: Facts },
): Facts {
  const values: Record<string, Value> = {}
  table.outputs.forEach((column, index) => {
    values[column.name] = decode(table.rows[row]!.then[index] ?? null, column.type)
  })
  for (const computed of table.computed) {
    const value = evaluate(blueprint, computed.value, { ...facts, ...values })
    values[computed.name] = applyRounding(value, computed.rounding)
  }
  return values
}
