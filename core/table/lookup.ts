import type { Blueprint, TableBlueprint } from '#core/blueprint'
import type { Facts, TableCall } from '#core/expression'
import { decodeValue, type Value } from '#core/values'
import { applyRounding, evaluate } from './evaluate.ts'
import { finderOf } from './finder.ts'
import { answerOf, rankOf, singleHit } from './policy.ts'
import { testsOfRow, type RowTests } from './test.ts'

/** What a table answered: its outputs and computed names, and why each row did or did not fire. */
export interface TableAnswer {
  /** Index of the row that answered or comes first in the answer, from 0; undefined when none fits. */
  readonly row: number | undefined
  /** Every row that the answer is made of, in the order of the hit policy. */
  readonly rows: readonly number[]
  readonly values: Facts
  /** Why a row did or did not answer, and the same for all rows: worked out when asked for, as it costs more than the answer. */
  readonly reason: (row: number) => RowTrace
  readonly trace: () => readonly RowTrace[]
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
  const rows = hitsOf(blueprint, table, inputs)
  const reason = (row: number): RowTrace => {
    const column = finderOf(blueprint, table).failing(inputs, row)
    return {
      row,
      hit: rows.includes(row),
      failed: column === undefined ? undefined : table.inputs[column]!.name,
    }
  }
  return {
    ...{ row: rows[0], rows, reason },
    values: answer(blueprint, table, { rows, facts }),
    trace: () => table.rows.map((_, row) => reason(row)),
  }
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
  const fitting: number[] = []
  const otherwise: number[] = []
  const given = table.inputs.map(({ name }) =>
    !columns || columns.has(name) ? (facts[name] ?? null) : undefined,
  )
  for (let row = 0; row < table.rows.length; row++)
    if (table.rows[row]!.when === 'else') otherwise.push(row)
    else if (fitsAll(testsOfRow(blueprint, table, row), given)) fitting.push(row)
  return columns ? [...fitting, ...otherwise] : fitting.length > 0 ? fitting : otherwise
}

/** Whether values fit a row; undefined ones are not asked about. */
function fitsAll(tests: RowTests, given: readonly (Value | undefined)[]): boolean {
  for (let at = 0; at < tests.length; at++) {
    const [test, value] = [tests[at], given[at]]
    if (test && value !== undefined && !test(value)) return false
  }
  return true
}

/** How expressions of this blueprint look its tables up: without the reasons, which cost more than the answer. */
export function tableCall(blueprint: Blueprint): TableCall {
  return (name, inputs) => {
    const table = blueprint.tables[name]!
    const rows = hitsOf(blueprint, table, inputs)
    const named = () => table.inputs.map((column, index) => [column.name, inputs[index] ?? null] as const)
    const facts = table.computed.length === 0 ? {} : Object.fromEntries(named())
    return { entity: name, key: null, fields: answer(blueprint, table, { rows, facts }) }
  }
}

/** The rows of the answer, in order: one at most when the hit policy is a single one. */
export function hitsOf(
  blueprint: Blueprint,
  table: TableBlueprint,
  inputs: readonly Value[],
): readonly number[] {
  const finder = finderOf(blueprint, table)
  if (!singleHit.has(table.policy)) return finder.all(inputs)
  const row = finder.first(inputs)
  return row === undefined ? [] : [row]
}

/**
 * Outputs and computed names; computed ones read what the table answers, hence lists where it answers lists. Where a
 * single row should answer and none does, nothing is answered at all.
 */
function answer(
  blueprint: Blueprint,
  table: TableBlueprint,
  { rows, facts }: { rows: readonly number[]; facts: Facts },
): Facts {
  const [row] = rows
  const isSingle = singleHit.has(table.policy)
  if (row === undefined && isSingle) return nothing
  const outputs = isSingle ? outputsOfRow(table, row!) : outputsTogether(blueprint, table, rows)
  if (table.computed.length === 0) return outputs
  const values: Record<string, Value> = { ...outputs }
  for (const computed of table.computed) {
    const value = evaluate(blueprint, computed.value, { ...facts, ...values })
    values[computed.name] = applyRounding(value, computed.rounding)
  }
  return values
}

const nothing: Facts = {}

function outputsTogether(blueprint: Blueprint, table: TableBlueprint, rows: readonly number[]): Facts {
  const said = rows.map(row => outputsOfRow(table, row))
  return Object.fromEntries(
    table.outputs.map(({ name, type }) => {
      const values = said.map(outputs => outputs[name] ?? null)
      return [name, answerOf(table.policy, values, rankOf(blueprint, type))]
    }),
  )
}

const decoded = new WeakMap<TableBlueprint, Facts[]>()

/** What a row says, decoded once. */
function outputsOfRow(table: TableBlueprint, row: number): Facts {
  let rows = decoded.get(table)
  if (!rows) decoded.set(table, (rows = []))
  return (rows[row] ??= Object.fromEntries(
    table.outputs.map(({ name, type }, index) => [
      name,
      decodeValue(table.rows[row]!.then[index] ?? null, type) ?? null,
    ]),
  ))
}
