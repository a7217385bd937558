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

/** The tests of a row, one per column and undefined where the cell says nothing; an else row has none. */
export type RowTests = readonly (Test | undefined)[]

const compiled = new WeakMap<TableBlueprint, RowTests[]>()

/** The tests of a row (from 0), made once. */
export function testsOfRow(blueprint: Blueprint, table: TableBlueprint, row: number): RowTests {
  let rows = compiled.get(table)
  if (!rows) compiled.set(table, (rows = []))
  const { when } = table.rows[row]!
  return (rows[row] ??=
    when === 'else'
      ? []
      : when.map((cell, column) => (cell ? testsOf(blueprint, table.inputs[column]!)(cell) : undefined)))
}

/** Turns cells of a column into tests; an absent value fits only a cell that names `null`. */
export function testsOf(blueprint: Blueprint, { type }: ColumnBlueprint): (cell: CellTest) => Test {
  const rank = rankOf(blueprint, type)
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
  if (any.every(isValue)) {
    const keys = new Set(any.map(({ from }) => keyOf(decodeValue(from!, type) ?? null, type)))
    return value => keys.has(keyOf(value, type))
  }
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

const isValue = ({ from, to, fromOpen, toOpen }: CellRange) =>
  from !== undefined && from === to && !fromOpen && !toOpen

function regionTest(any: readonly CellRange[]): Test {
  const outer = any.flatMap(({ from }) => regionSpan(from as string) ?? [])
  return value => {
    const inner = typeof value === 'string' ? regionSpan(value) : undefined
    return inner !== undefined && outer.some(({ first, last }) => first <= inner.first && inner.last <= last)
  }
}
