import type { Blueprint } from '#core/blueprint'
import type { World } from '#core/condition'
import { worldOf, type GateRow } from './gate-rows.ts'

/** Rows that bind one customer at once and whose quiet hours together leave no minute of the day. */
export interface NoHour {
  readonly rows: readonly GateRow[]
  /** The customer whom they bind. */
  readonly world: World
}

/** Sets of rows that are tried; more than any limit that people can read. */
const MAX_TRIES = 500

/** Looks for rows whose quiet hours add up to the whole day; a row that sends all the same keeps nothing back. */
export function noHourLeft(blueprint: Blueprint, rows: readonly GateRow[]): NoHour | undefined {
  const quiet = rows.filter(({ row }) => row.quiet !== null && row.beyond !== 'send')
  const tries = { left: MAX_TRIES }
  return covering(blueprint, { quiet, taken: [], tries })
}

/** The first minute of each stretch of the day, from 0, in which none of the rows is quiet. */
export function freeMinutes(rows: readonly GateRow[]): number[] {
  const ends = rows.flatMap(({ row: { quiet } }) => (quiet ? minuteOf(quiet.to) : []))
  const starts = [...new Set([0, ...ends])].sort((a, b) => a - b)
  return starts.filter(minute => !rows.some(row => isQuiet(row, minute)))
}

/** Whether a row is quiet at a minute of the day. */
export function isQuiet({ row: { quiet } }: GateRow, minute: number): boolean {
  if (!quiet) return false
  const [from, to] = [minuteOf(quiet.from), minuteOf(quiet.to)]
  return from > to ? minute >= from || minute < to : minute >= from && minute < to
}

/** The minute of the day that `HH:MM` names. */
export function minuteOf(time: string): number {
  return Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))
}

interface Covering {
  readonly quiet: readonly GateRow[]
  readonly taken: readonly GateRow[]
  readonly tries: { left: number }
}

/** Takes rows for the first minute that is still free until none is, as long as one customer may be bound by all of them. */
function covering(blueprint: Blueprint, { quiet, taken, tries }: Covering): NoHour | undefined {
  if (tries.left-- <= 0) return undefined
  const world = worldOf(blueprint, { all: taken.map(({ fits }) => fits) })
  if (!world) return undefined
  const [free] = freeMinutes(taken)
  if (free === undefined) return { rows: taken, world }
  for (const row of quiet) {
    if (!isQuiet(row, free)) continue
    const found = covering(blueprint, { quiet, taken: [...taken, row], tries })
    if (found) return found
  }
  return undefined
}
