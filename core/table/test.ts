import type { Blueprint, CellRange, CellTest, ColumnBlueprint, TableBlueprint } from '#core/blueprint'
import {
  compareValues,
  decodeValue,
  isRegion,
  regionSpan,
  type JsonValue,
  type Type,
  type Value,
} from '#core/values'
import { keyOf } from './key.ts'
import { rankOf } from './policy.ts'

/** Whether a value fits a cell. */
export type Test = (value: Value) => boolean

type RowTests = readonly (Test | undefined)[]

const compiled = new WeakMap<TableBlueprint, readonly (RowTests | undefined)[]>()

/** The tests of every row, one per column and undefined where the cell says nothing; else rows have none. Made once. */
export function testsOfRows(blueprint: Blueprint, table: TableBlueprint): readonly (RowTests | undefined)[] {
  let rows = compiled.get(table)
  if (!rows) {
    const compile = table.inputs.map(column => testsOf(blueprint, column))
    rows = table.rows.map(({ when }) =>
      when === 'else' ? undefined : when.map((cell, column) => (cell ? compile[column]!(cell) : undefined)),
    )
    compiled.set(table, rows)
  }
  return rows
}

/** Turns cells of a column into tests; an absent value fits only a cell that names `null`. */
export function testsOf(blueprint: Blueprint, { type }: ColumnBlueprint): (cell: CellTest) => Test {
  const rank = type.kind === 'duration' ? (value: Value) => keyOf(value, type) : rankOf(blueprint, type)
  return ({ any, not }) => {
    const present = any.filter(({ from }) => from !== null)
    const holds = type.kind === 'region' ? regionTest(present) : rangeTest(present, type, rank)
    const fitsAbsent = !not && present.length < any.length
    if (type.kind === 'region')
      return value => (value === null ? fitsAbsent : isRegion(value as string) && holds(value) !== not)
    return value => (value === null ? fitsAbsent : holds(value) !== not)
  }
}

function rangeTest(any: readonly CellRange[], type: Type, rank: (value: Value) => Value): Test {
  const end = (json: JsonValue | undefined) =>
    json === undefined ? undefined : rank(decodeValue(json, type) ?? null)
  const ranges = any.map(({ from, to, fromOpen = false, toOpen = false }) => ({
    ...{ from: end(from), to: end(to), fromOpen, toOpen },
  }))
  return value => {
    const ranked = rank(value)
    for (const { from, to, fromOpen, toOpen } of ranges) {
      const above = from === undefined ? 1 : compareValues(ranked, from)
      const below = to === undefined ? -1 : compareValues(ranked, to)
      if ((above > 0 || (above === 0 && !fromOpen)) && (below < 0 || (below === 0 && !toOpen))) return true
    }
    return false
  }
}

function regionTest(any: readonly CellRange[]): Test {
  const outer = any.flatMap(({ from }) => regionSpan(from as string) ?? [])
  return value => {
    const inner = typeof value === 'string' ? regionSpan(value) : undefined
    return inner !== undefined && outer.some(({ first, last }) => first <= inner.first && inner.last <= last)
  }
}
