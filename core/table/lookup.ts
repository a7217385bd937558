import type { Blueprint, TableBlueprint } from '#core/blueprint'
import type { Facts, TableCall } from '#core/expression'
import { decodeValue, type Value } from '#core/values'
import { applyRounding, evaluate } from './evaluate.ts'
import { finderOf, rowTests } from './finder.ts'

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
  const inputs = table.inputs.map(column => facts[column.name] ?? null)
  const row = finderOf(blueprint, table)(inputs)
  const trace = rowTests(blueprint, table).map((tests, index): RowTrace => {
    const failed = tests?.tests.findIndex((test, column) => test && !test(inputs[column]!)) ?? -1
    return { row: index, hit: index === row, failed: failed < 0 ? undefined : table.inputs[failed]!.name }
  })
  return { row, values: row === undefined ? {} : answer(blueprint, table, { row, facts }), trace }
}

/**
 * Every row that fits, in order, whatever the hit policy; an else row where no other does. With `columns` only those are
 * asked, and an else row fits always.
 */
export function fittingRows(
  blueprint: Blueprint,
  table: TableBlueprint,
  { facts, columns }: { facts: Facts; columns?: ReadonlySet<string> },
): number[] {
  const asked = table.inputs.map(({ name }) => !columns || columns.has(name))
  const rows = rowTests(blueprint, table)
  const fits = (row: (typeof rows)[number]) =>
    row?.tests.every((test, at) => !asked[at] || !test || test(facts[table.inputs[at]!.name] ?? null))
  const fitting = rows.flatMap((row, index) => (fits(row) ? [index] : []))
  const otherwise = rows.flatMap((row, index) => (row === undefined ? [index] : []))
  return columns ? [...fitting, ...otherwise] : fitting.length > 0 ? fitting : otherwise
}

/** How expressions of this blueprint look its tables up: without the reasons, which cost more than the answer. */
export function tableCall(blueprint: Blueprint): TableCall {
  return (name, inputs) => {
    const table = blueprint.tables[name]!
    const row = finderOf(blueprint, table)(inputs)
    const facts = () =>
      Object.fromEntries(table.inputs.map((column, index) => [column.name, inputs[index] ?? null]))
    const fields = row === undefined ? {} : answer(blueprint, table, { row, facts: facts() })
    return { entity: name, key: null, fields }
  }
}

function answer(
  blueprint: Blueprint,
  table: TableBlueprint,
  { row, facts }: { row: number; facts: Facts },
): Facts {
  const values: Record<string, Value> = {}
  table.outputs.forEach((column, index) => {
    values[column.name] = decodeValue(table.rows[row]!.then[index] ?? null, column.type) ?? null
  })
  for (const computed of table.computed) {
    const value = evaluate(blueprint, computed.value, { ...facts, ...values })
    values[computed.name] = applyRounding(value, computed.rounding)
  }
  return values
}
