import type { Blueprint, TableBlueprint } from '#core/blueprint'
import type { Value } from '#core/values'
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
  return {
    first: inputs => {
      ask(index, inputs)
      const place = index.root ? firstIn(index.root, index, NONE) : NONE
      return place === NONE ? fallback : order[place]
    },
    all: inputs => {
      ask(index, inputs)
      const places: number[] = []
      if (index.root) collect(index.root, index, places)
      if (places.length === 0) return fallback === undefined ? [] : [fallback]
      return places.sort((a, b) => a - b).map(place => order[place]!)
    },
  }
}

/** After every place. */
const NONE = 0x7fffffff

interface Index {
  readonly scales: readonly Scale[]
  readonly root: Node | undefined
  /** The places in the order of the tree's leaves; what follows goes by that order, so that a leaf's rows lie together. */
  readonly pool: Int32Array
  /** For each of the pool the first and last code on each scale. */
  readonly bounds: Float64Array
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
  const bounds = new Float64Array(pool.length * scales.length * 2)
  let at = 0
  for (const place of pool)
    for (const { low, high } of scales) {
      bounds[at++] = low[place]!
      bounds[at++] = high[place]!
    }
  return {
    ...{ scales, root, pool, bounds },
    open: open.size === 0 ? undefined : Array.from(pool, place => open.get(place)),
    codes: new Float64Array(scales.length),
    inputs: [],
  }
}

function ask(index: Index, inputs: readonly Value[]): void {
  index.inputs = inputs
  const { scales, codes } = index
  for (let at = 0; at < codes.length; at++) {
    const { column, codeOf } = scales[at]!
    codes[at] = codeOf(inputs[column] ?? null)
  }
}

/** The first place that fits what is asked and comes before `best`, else `best`. */
function firstIn(node: Node, index: Index, best: number): number {
  let next: Node | undefined = node
  while (next && next.least < best) {
    if (next.kind === 'leaf') {
      for (let at = next.start; at < next.end; at++)
        if (fits(index, at)) return Math.min(best, index.pool[at]!)
      return best
    }
    if (next.rest) best = firstIn(next.rest, index, best)
    next = partOf(next, index.codes)
  }
  return best
}

function collect(node: Node, index: Index, places: number[]): void {
  let next: Node | undefined = node
  while (next && next.kind !== 'leaf') {
    if (next.rest) collect(next.rest, index, places)
    next = partOf(next, index.codes)
  }
  if (next) for (let at = next.start; at < next.end; at++) if (fits(index, at)) places.push(index.pool[at]!)
}

function partOf(node: Node & { kind: 'names' | 'cut' }, codes: Float64Array): Node | undefined {
  const code = codes[node.scale]!
  if (node.kind === 'cut') return code < node.at ? node.below : node.above
  const part = code - node.from
  return part >= 0 && part < node.parts.length ? node.parts[part] : undefined
}

/** Whether what is asked fits one of the pool. */
function fits({ codes, bounds, open, inputs }: Index, at: number): boolean {
  let bound = at * codes.length * 2
  for (let scale = 0; scale < codes.length; scale++, bound += 2) {
    const code = codes[scale]!
    if (code < bounds[bound]! || code > bounds[bound + 1]!) return false
  }
  const tests = open?.[at]
  return !tests || tests.every(({ column, test }) => test(inputs[column] ?? null))
}
