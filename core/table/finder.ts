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
import { askingOrder, rankOf } from './policy.ts'

/** Finds rows: inputs in the table's order in, indexes (from 0) out; an else row only where no other fits. */
export interface RowFinder {
  /** The row that answers, or comes first in the answer. */
  readonly first: (inputs: readonly Value[]) => number | undefined
  /** Every row that fits, in the order of the hit policy. */
  readonly all: (inputs: readonly Value[]) => readonly number[]
}

type Test = (value: Value) => boolean

interface Row {
  readonly index: number
  /** One test per column; undefined where the cell says nothing. */
  readonly tests: readonly (Test | undefined)[]
}

const finders = new WeakMap<TableBlueprint, RowFinder>()

/** The finder of a table, built once: a hash over the columns in which every row names one value, a scan over the rest. */
export function finderOf(blueprint: Blueprint, table: TableBlueprint): RowFinder {
  let finder = finders.get(table)
  if (!finder) finders.set(table, (finder = buildFinder(blueprint, table)))
  return finder
}

/** The tests of every row, for explanations; else rows have none. */
export function rowTests(blueprint: Blueprint, table: TableBlueprint): readonly (Row | undefined)[] {
  let rows = compiledRows.get(table)
  if (!rows) compiledRows.set(table, (rows = compileRows(blueprint, table)))
  return rows
}

const compiledRows = new WeakMap<TableBlueprint, readonly (Row | undefined)[]>()

function compileRows(blueprint: Blueprint, table: TableBlueprint): (Row | undefined)[] {
  const tests = table.inputs.map(column => testCompiler(blueprint, column))
  return table.rows.map(({ when }, index) =>
    when === 'else'
      ? undefined
      : { index, tests: when.map((cell, column) => (cell ? tests[column]!(cell) : undefined)) },
  )
}

function buildFinder(blueprint: Blueprint, table: TableBlueprint): RowFinder {
  const tests = rowTests(blueprint, table)
  const rows = askingOrder(blueprint, table).map(index => tests[index]!)
  const otherwise = table.rows.findIndex(row => row.when === 'else')
  const fallback = otherwise < 0 ? undefined : otherwise
  const columns = table.inputs.map((_, column) => column)
  const keyed = columns.filter(column => everyRowNames(table, column))
  const rest = columns.filter(column => !keyed.includes(column) && rows.some(({ tests: own }) => own[column]))
  const near = candidates(table, keyed, rows)
  return {
    first: inputs => firstFitting(near(inputs), rest, inputs) ?? fallback,
    all: inputs => {
      const fitting = near(inputs).filter(row => fits(row, rest, inputs))
      if (fitting.length > 0) return fitting.map(({ index }) => index)
      return fallback === undefined ? [] : [fallback]
    },
  }
}

/** The rows whose keyed columns name exactly the inputs, by one map within another; all rows when no column is keyed. */
function candidates(
  table: TableBlueprint,
  keyed: readonly number[],
  rows: readonly Row[],
): (inputs: readonly Value[]) => readonly Row[] {
  const [column, ...others] = keyed
  if (column === undefined) return () => rows
  const { type } = table.inputs[column]!
  const groups = new Map<unknown, Row[]>()
  for (const row of rows) {
    const [range] = (table.rows[row.index]!.when as readonly CellTest[])[column]!.any
    const key = keyOf(decodeValue(range!.from!, type) ?? null, type)
    const group = groups.get(key)
    if (group) group.push(row)
    else groups.set(key, [row])
  }
  const inner = new Map([...groups].map(([key, group]) => [key, candidates(table, others, group)]))
  return inputs => {
    const value = inputs[column] ?? null
    return (value === null ? undefined : inner.get(keyOf(value, type))?.(inputs)) ?? none
  }
}

const none: readonly Row[] = []

function firstFitting(
  rows: readonly Row[],
  columns: readonly number[],
  inputs: readonly Value[],
): number | undefined {
  for (const row of rows) if (fits(row, columns, inputs)) return row.index
  return undefined
}

function fits({ tests }: Row, columns: readonly number[], inputs: readonly Value[]): boolean {
  for (const column of columns) {
    const test = tests[column]
    if (test && !test(inputs[column] ?? null)) return false
  }
  return true
}

/** Whether each row (but else) names exactly one value of the column, so that it can be looked up. */
function everyRowNames(table: TableBlueprint, column: number): boolean {
  if (table.inputs[column]!.type.kind === 'region') return false
  return table.rows.every(({ when }) => {
    if (when === 'else') return true
    const cell = when[column]
    if (!cell || cell.not || cell.any.length !== 1) return false
    const [range] = cell.any
    const { from, to, fromOpen, toOpen } = range!
    return from !== undefined && from !== null && from === to && !fromOpen && !toOpen
  })
}

/** Turns cells of a column into tests; an absent value fits only a cell that names `null`. */
function testCompiler(blueprint: Blueprint, { type }: ColumnBlueprint): (cell: CellTest) => Test {
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
