import type { Blueprint, TableBlueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { hitsOf } from '#core/table'
import type { Value } from '#core/values'
import { nearby } from './nearby.ts'
import { rangesOf } from './points.ts'
import { nearest, type Change, type Input } from './search.ts'

/** A change of a table's inputs, by column, after which another answer comes. */
export interface TableOtherwise {
  readonly changes: readonly Change<string>[]
  /** The rows that would answer, from 0, in the order of the hit policy; empty when none would. */
  readonly rows: readonly number[]
}

/** A look-up takes a microsecond, so that all bounds of a large table can be tried. */
const TRIALS = 100_000

/** The smallest changes after which a table answers otherwise. Rows with the same outputs decide the same. */
export function tableOtherwise(blueprint: Blueprint, table: TableBlueprint, facts: Facts): TableOtherwise[] {
  const asked = table.inputs.map(({ name }) => facts[name] ?? null)
  const rowsWith = (changes: readonly { readonly name: string; readonly to: Value }[]) => {
    const inputs = table.inputs.map(
      ({ name }, index) => changes.find(change => change.name === name) ?? { to: asked[index]! },
    )
    return hitsOf(
      blueprint,
      table,
      inputs.map(({ to }) => to),
    )
  }
  const decide = (changes: Parameters<typeof rowsWith>[0]) =>
    JSON.stringify(rowsWith(changes).map(row => table.rows[row]!.then))
  const inputs = table.inputs.map((_, index) => columnInput(blueprint, table, { index, from: asked[index]! }))
  return nearest({ inputs, decide, trials: TRIALS }).map(({ changes }) => ({
    changes,
    rows: rowsWith(changes),
  }))
}

function columnInput(
  blueprint: Blueprint,
  table: TableBlueprint,
  { index, from }: { index: number; from: Value },
): Input<string> {
  const { name, type, optional } = table.inputs[index]!
  const ranges = rangesOf(table, index)
  if (ranges.length === 0) return { name, from, tried: [] }
  const tried = nearby(blueprint, type, { from, bounds: { columns: [ranges], values: [], most: Infinity } })
  const absent = optional && from !== null ? [{ to: null, rank: 1, side: 0 as const }] : []
  return { name, from, tried: [...tried, ...absent] }
}
