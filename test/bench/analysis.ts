import type { Blueprint } from '#core/blueprint'
import { analyseTable } from '#core/table'
import { dice, enums, partition, tableOf } from '../support/random-table.ts'
import type { Figure } from './measure.ts'

const ROUNDS = 5

/**
 * Proving that a sound table of so many rows has no gap, no overlap and no row without effect: the median of some runs
 * after one to warm up. The ratio is how the cost grew since the size before, per row: 1 is linear.
 */
export function analysis(): Figure[] {
  const sizes = [
    ...([100, 1_000, 10_000] as const).map(rows => ({ rows, columns: 4 })),
    ...([100, 1_000] as const).map(rows => ({ rows, columns: 6 })),
  ]
  return (['unique', 'first'] as const).flatMap(policy => {
    let before: { columns: number; perRow: number } | undefined
    return sizes.map(({ rows, columns }): Figure => {
      const table = tableOf(partition(dice(rows), { rows, columns }), policy)
      const ms = medianMs(() => {
        const { gap, overlaps, shadows, decided } = analyseTable(enums as Blueprint, table)
        if (gap || overlaps.length + shadows.length > 0 || !decided)
          throw new Error('a sound table was faulted')
      })
      const growth = before?.columns === columns ? ms / rows / before.perRow : 1
      before = { columns, perRow: ms / rows }
      return {
        name: `${policy}, ${rows} × ${columns}: ${ms.toFixed(1)} ms`,
        perSecond: 1000 / ms,
        ratio: growth,
      }
    })
  })
}

function medianMs(work: () => void): number {
  work()
  const times = Array.from({ length: ROUNDS }, () => {
    const start = performance.now()
    work()
    return performance.now() - start
  })
  return times.sort((a, b) => a - b)[ROUNDS >> 1]!
}
