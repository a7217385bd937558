import type { Blueprint, TableBlueprint } from '#core/blueprint'
import { decodeValue, type JsonValue } from '#core/values'
import { axisOf, type Axis } from './axis.ts'
import { isEmpty, volumeOf, type Box } from './box.ts'
import { cover, type Budget } from './cover.ts'
import { keyOf } from './key.ts'
import { askingOrder } from './policy.ts'
import { shadows, type Shadow } from './shadow.ts'
import { sweepOverlaps } from './sweep.ts'

/** A concrete input: column name to a value, in the form the blueprint carries. */
export type Witness = Readonly<Record<string, JsonValue>>

export interface TableAnalysis {
  /** An input that no row answers; undefined when the table is complete. */
  readonly gap: Witness | undefined
  /** Pairs of rows (from 0) that both answer some input, where the hit policy does not allow it. */
  readonly overlaps: readonly { readonly first: number; readonly second: number; readonly witness: Witness }[]
  /** Rows that never answer: nothing fits them or, under `first` and `priority`, others always come before them. */
  readonly shadows: readonly Shadow[]
  /** False when the rows are so entangled that the proof was given up. */
  readonly decided: boolean
}

/** More pairs than this tell nobody more. */
const MAX_OVERLAPS = 20
/** Looks at a row that the proofs of one table may take: some tenths of a second, and in proportion to long tables. */
const maxSteps = (rows: number) => 1_000_000 + 1_000 * rows

/**
 * Finds gaps, overlaps and rows that never answer. Every column falls into segments on which no row changes its mind, rows
 * become boxes of segments, so whatever is found has a witness: the sample of its segments.
 */
export function analyseTable(blueprint: Blueprint, table: TableBlueprint): TableAnalysis {
  const rows = table.rows.flatMap(({ when }, index) => (when === 'else' ? [] : [{ index, when }]))
  const axes = table.inputs.map((column, at) =>
    axisOf(
      blueprint,
      column,
      rows.map(({ when }) => when[at]!),
    ),
  )
  const boxes = rows.map(({ index }, at): Box => ({ id: index, sides: axes.map(axis => axis.sides[at]!) }))
  const live = boxes.filter(box => !isEmpty(box))
  const budget: Budget = { steps: maxSteps(rows.length) }
  const overlaps = overlapsOf(table, axes, live)
  const hasElse = rows.length < table.rows.length
  const isDisjoint = table.policy === 'unique' && overlaps.length === 0
  const gap = table.partial || hasElse ? undefined : gapOf(axes, live, { budget, isDisjoint })
  const dead = shadows(asked(blueprint, table, boxes), budget)
  return {
    gap: gap === undefined || gap === 'undecided' ? undefined : witnessOf(table, axes, gap),
    overlaps: overlaps.map(({ first, second, point }) => ({
      ...{ first, second },
      witness: witnessOf(table, axes, point),
    })),
    shadows: dead === 'undecided' ? [] : dead,
    decided: gap !== 'undecided' && dead !== 'undecided',
  }
}

function overlapsOf(table: TableBlueprint, axes: readonly Axis[], boxes: readonly Box[]) {
  if (table.policy !== 'unique' && table.policy !== 'any') return []
  const outputs = table.policy === 'any' ? outputKeys(table) : undefined
  return sweepOverlaps(
    boxes,
    axes.map(({ size }) => size),
    {
      limit: MAX_OVERLAPS,
      isHarmless: (a, b) => outputs !== undefined && outputs[a] === outputs[b],
    },
  )
}

/** Rows with equal outputs have one key. */
function outputKeys({ outputs, rows }: TableBlueprint): string[] {
  return rows.map(({ then }) => {
    const values = outputs.map(
      ({ type }, index) => [decodeValue(then[index] ?? null, type) ?? null, type] as const,
    )
    return JSON.stringify(values.map(([value, type]) => (value === null ? null : keyOf(value, type))))
  })
}

/** Boxes that do not overlap are complete exactly when their volumes add up to the whole space's. */
function gapOf(
  axes: readonly Axis[],
  boxes: readonly Box[],
  { budget, isDisjoint }: { budget: Budget; isDisjoint: boolean },
): readonly number[] | 'undecided' | undefined {
  const total = axes.reduce((volume, { size }) => volume * BigInt(size), 1n)
  if (isDisjoint && boxes.reduce((sum, box) => sum + volumeOf(box), 0n) === total) return undefined
  const room = { low: axes.map(() => 0), high: axes.map(({ size }) => size - 1) }
  const answer = cover(room, boxes, budget)
  if (answer === 'undecided') return answer
  return 'gap' in answer ? answer.gap : undefined
}

/** The boxes in the order in which rows answer; only those that can never answer alone where all rows do. */
function asked(blueprint: Blueprint, table: TableBlueprint, boxes: readonly Box[]): readonly Box[] {
  if (table.policy !== 'first' && table.policy !== 'priority') return boxes.filter(isEmpty)
  const byId = new Map(boxes.map(box => [box.id, box]))
  return askingOrder(blueprint, table).map(index => byId.get(index)!)
}

function witnessOf(table: TableBlueprint, axes: readonly Axis[], point: readonly number[]): Witness {
  return Object.fromEntries(table.inputs.map(({ name }, at) => [name, axes[at]!.sampleAt(point[at]!)]))
}
