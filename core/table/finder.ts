import type { Blueprint, TableBlueprint } from '#core/blueprint'
import type { Value } from '#core/values'
import { boundsOf, isSame, type Bounds } from './bounds.ts'
import { scalesOf, type Scale } from './code.ts'
import { askingOrder } from './policy.ts'
import { testsOf, type Test } from './test.ts'
import { treeOf, type Node } from './tree.ts'

/** Finds rows: inputs in the table's order in, indexes (from 0) out; an else row only where no other fits. */
export interface RowFinder {
  /** The row that answers, or comes first in the answer. */
  readonly first: (inputs: readonly Value[]) => number | undefined
  /** Every row that fits, in the order of the hit policy. */
  readonly all: (inputs: readonly Value[]) => readonly number[]
  /** The first column that a row does not fit; undefined when it fits, and for an else row. */
  readonly failing: (inputs: readonly Value[], row: number) => number | undefined
}

const finders = new WeakMap<TableBlueprint, RowFinder>()

/** The finder of a table, built once: rows as intervals of numbers, in a tree. */
export function finderOf(blueprint: Blueprint, table: TableBlueprint): RowFinder {
  let finder = finders.get(table)
  if (!finder) finders.set(table, (finder = buildFinder(blueprint, table)))
  return finder
}

function buildFinder(blueprint: Blueprint, table: TableBlueprint): RowFinder {
  const order = askingOrder(blueprint, table)
  const otherwise = table.rows.findIndex(row => row.when === 'else')
  const fallback = otherwise < 0 ? undefined : otherwise
  const index = indexOf(blueprint, table, order)
  // Why: where rows are asked as written, looking each up would be waiting for memory once more.
  const isAsWritten = order.every((row, place) => row === place)
  const rowOf = isAsWritten ? (place: number) => place : (place: number) => order[place]!
  let slots: Int32Array | undefined
  return {
    first: inputs => {
      ask(index, inputs)
      const place = index.root ? firstIn(index.root, index, NONE) : NONE
      return place === NONE ? fallback : rowOf(place)
    },
    all: inputs => {
      ask(index, inputs)
      const places: number[] = []
      if (index.root) collect(index.root, index, places)
      if (places.length === 0) return fallback === undefined ? [] : [fallback]
      return places.sort((a, b) => a - b).map(rowOf)
    },
    failing: (inputs, row) => {
      ask(index, inputs)
      return failingColumn(index, (slots ??= slotsOf(index, table, order))[row]!)
    },
  }
}

/** Where each row stands in the pool; -1 for an else row. */
function slotsOf(index: Index, { rows }: TableBlueprint, order: readonly number[]): Int32Array {
  const slots = new Int32Array(rows.length).fill(-1)
  for (let at = 0; at < order.length; at++) slots[order[placeAt(index, at)]!] = at
  return slots
}

/** After every place. */
const NONE = 0x7fffffff

interface Index {
  readonly scales: readonly Scale[]
  readonly root: Node | undefined
  /** In the order of the tree's leaves, so that a leaf's rows lie together; the pool is what stands so. */
  readonly bounds: Bounds['of']
  readonly stride: number
  readonly narrow: Bounds['narrow']
  /** For each of the pool the tests of cells that no scale tells; nothing when all are told. */
  readonly open: readonly (readonly OpenTest[] | undefined)[] | undefined
  /** What is asked at the moment: its codes, and the inputs themselves. */
  readonly codes: Float64Array
  inputs: readonly Value[]
}

interface OpenTest {
  readonly column: number
  readonly test: Test
}

function indexOf(blueprint: Blueprint, table: TableBlueprint, order: readonly number[]): Index {
  const open = new Map<number, OpenTest[]>()
  const scales = table.inputs.flatMap((input, column) => {
    const cells = order.map(row => {
      const { when } = table.rows[row]!
      return when === 'else' ? null : when[column]!
    })
    const told = scalesOf(blueprint, input, { at: column, cells })
    const compile = testsOf(blueprint, input)
    for (const place of told.open) {
      const tests = open.get(place) ?? []
      open.set(place, [...tests, { column, test: compile(cells[place]!) }])
    }
    return told.scales
  })
  const { root, pool } = treeOf(scales, order.length)
  const { of: bounds, stride, narrow } = boundsOf(scales, pool)
  return {
    ...{ scales, root, bounds, stride, narrow },
    open: open.size === 0 ? undefined : Array.from(pool, place => open.get(place)),
    codes: new Float64Array(scales.length),
    inputs: [],
  }
}

function ask(index: Index, inputs: readonly Value[]): void {
  index.inputs = inputs
  const { scales, codes } = index
  for (let at = 0; at < codes.length; at++) {
    const { column, codeOf, names } = scales[at]!
    const value = inputs[column] ?? null
    const code = names && value !== null ? (names.get(value as string) ?? -1) : codeOf(value)
    codes[at] = isSame(code) ? code : index.narrow(code)
  }
}

/** The first place that fits what is asked and comes before `best`, else `best`. */
function firstIn(node: Node, index: Index, best: number): number {
  let next: Node | undefined = node
  while (next && next.least < best) {
    if (next.kind === 'leaf') return firstFrom(index, next.start, { end: next.end, best })
    if (next.rest) best = firstIn(next.rest, index, best)
    if (next.kind === 'buckets') {
      const part = bucketOf(next, index)
      return part < 0 ? best : firstFrom(index, next.starts[part]!, { end: next.starts[part + 1]!, best })
    }
    next = partOf(next, index)
  }
  return best
}

function firstFrom(index: Index, start: number, { end, best }: { end: number; best: number }): number {
  for (let at = start; at < end; at++) if (fits(index, at)) return Math.min(best, placeAt(index, at))
  return best
}

function collect(node: Node, index: Index, places: number[]): void {
  if (node.kind === 'leaf') return collectFrom(index, node, places)
  if (node.rest) collect(node.rest, index, places)
  if (node.kind === 'buckets') {
    const part = bucketOf(node, index)
    if (part >= 0) collectFrom(index, { start: node.starts[part]!, end: node.starts[part + 1]! }, places)
    return
  }
  const part = partOf(node, index)
  if (part) collect(part, index, places)
}

function collectFrom(index: Index, { start, end }: { start: number; end: number }, places: number[]): void {
  for (let at = start; at < end; at++) if (fits(index, at)) places.push(placeAt(index, at))
}

function placeAt({ bounds, stride }: Index, at: number): number {
  return bounds[at * stride]!
}

function partOf(node: Node & { kind: 'names' | 'cut' }, { codes }: Index): Node | undefined {
  const code = codes[node.scale]!
  if (node.kind === 'cut') return code < node.at ? node.below : node.above
  const part = code - node.from
  return part >= 0 && part < node.parts.length ? node.parts[part] : undefined
}

/** The bucket that what is asked belongs to; -1 when it is none of those named. */
function bucketOf({ scale, from, starts }: Node & { kind: 'buckets' }, { codes }: Index): number {
  const part = codes[scale]! - from
  return part >= 0 && part < starts.length - 1 ? part : -1
}

/** Whether what is asked fits one of the pool. */
function fits({ codes, bounds, stride, open, inputs }: Index, at: number): boolean {
  let bound = at * stride + 1
  for (let scale = 0; scale < codes.length; scale++, bound += 2) {
    const code = codes[scale]!
    if (code < bounds[bound]! || code > bounds[bound + 1]!) return false
  }
  const tests = open?.[at]
  return !tests || tests.every(({ column, test }) => test(inputs[column] ?? null))
}

function failingColumn(index: Index, at: number): number | undefined {
  if (at < 0) return undefined
  const { codes, bounds, stride, open, inputs, scales } = index
  const bound = at * stride + 1
  let scale = 0
  while (
    scale < codes.length &&
    codes[scale]! >= bounds[bound + scale * 2]! &&
    codes[scale]! <= bounds[bound + scale * 2 + 1]!
  )
    scale++
  const told = scales[scale]?.column
  const asked = open?.[at]?.find(({ column, test }) => !test(inputs[column] ?? null))?.column
  return told === undefined || asked === undefined ? (told ?? asked) : Math.min(told, asked)
}
