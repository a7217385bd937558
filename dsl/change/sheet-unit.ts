import { readSheet } from '#core/sheet'
import type { Unit } from './unit.ts'

/** Beyond so many rows that came or went a sheet is another sheet, not the same one edited. */
const MAX_CHANGED = 2_000

interface Row {
  readonly cells: readonly string[]
  /** What stands between it and the row before, its line’s end for one. */
  readonly lead: string
  readonly head: string
}

interface SheetCut {
  readonly rows: readonly Row[]
  /** What stands behind the last row. */
  readonly rest: string
  readonly isWhole: boolean
}

/** The rows of several texts of one sheet as pieces, and what stands behind the last of each. */
export interface SheetParts {
  readonly units: readonly Unit[]
  readonly rest: string
}

/**
 * The rows of a sheet’s texts, known by as many of their first cells as tell them apart in each; undefined where none do, where
 * the columns differ, or where too much changed to be one sheet. The first text is what the others come from.
 */
export function sheetParts(sources: readonly string[]): readonly SheetParts[] | undefined {
  const cuts = sources.map(cutSheet)
  const header = JSON.stringify(cuts[0]?.rows[0]?.cells)
  if (cuts.some(({ rows, isWhole }) => !isWhole || JSON.stringify(rows[0]?.cells) !== header))
    return undefined
  const width = cuts[0]?.rows[0]?.cells.length ?? 0
  for (let count = 1; count < Math.max(width, 2); count++) {
    const keys = cuts.map(({ rows }) => rows.map(({ cells }) => keyOf(cells, count)))
    const sets = keys.map(side => new Set(side))
    if (sets.some((side, index) => side.size < keys[index]!.length)) continue
    if (sets.some(side => changedBetween(sets[0]!, side) > MAX_CHANGED)) return undefined
    return cuts.map(({ rows, rest }) => ({ units: rows.map(row => unitOf(row, count)), rest }))
  }
  return undefined
}

function cutSheet(source: string): SheetCut {
  const { rows, unclosed } = readSheet(source)
  let at = 0
  const cut = rows.map(({ fields, start, end }): Row => {
    const lead = source.slice(at, start)
    at = end
    return { cells: fields.map(({ text }) => text), lead, head: source.slice(start, end) }
  })
  return { rows: cut, rest: source.slice(at), isWhole: unclosed === undefined }
}

const keyOf = (cells: readonly string[], count: number) => `| ${cells.slice(0, count).join(' ')}`

function unitOf({ cells, lead, head }: Row, count: number): Unit {
  const says = cells.join('\0')
  return { key: keyOf(cells, count), lead, head, items: undefined, tail: '', separator: '', says }
}

function changedBetween(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  const missing = (from: ReadonlySet<string>, of: ReadonlySet<string>) =>
    [...of].filter(key => !from.has(key)).length
  return missing(one, other) + missing(other, one)
}
