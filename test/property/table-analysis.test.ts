import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Blueprint, TableBlueprint } from '#core/blueprint'
import { analyseTable, type TableAnalysis } from '#core/table'
import {
  dice,
  enums,
  partition,
  randomInput,
  randomRegion,
  tableOf,
  type Partition,
  type Region,
} from '../support/random-table.ts'
import { referenceRows } from '../support/reference-table.ts'
import { pointsOf, smallTable } from '../support/small-table.ts'

const blueprint = enums as Blueprint
const runs = process.env.CI ? 5_000 : 400
const analyse = (table: TableBlueprint): TableAnalysis => analyseTable(blueprint, table)
const rowsAt = (table: TableBlueprint, point: Parameters<typeof referenceRows>[2]) =>
  referenceRows(blueprint, table, point)

describe('the analysis of a small table finds what looking at every input finds', () => {
  test('gaps: one exactly where some input has no row', () => {
    fc.assert(
      fc.property(smallTable, table => {
        const gap = pointsOf(table).find(point => rowsAt(table, point).length === 0)
        const found = analyse(table).gap
        expect(found === undefined).toBe(gap === undefined || table.partial)
        if (found) expect(rowsAt(table, found)).toEqual([])
      }),
      { numRuns: runs },
    )
  })

  test('overlaps: all pairs of rows that both answer where only one may', () => {
    fc.assert(
      fc.property(smallTable, table => {
        const { overlaps } = analyse(table)
        for (const { first, second, witness } of overlaps)
          expect(rowsAt(table, witness)).toEqual(expect.arrayContaining([first, second]))
        const pairs = new Set(pointsOf(table).flatMap(point => forbiddenPairs(table, rowsAt(table, point))))
        expect(new Set(overlaps.map(({ first, second }) => `${first}/${second}`))).toEqual(pairs)
      }),
      { numRuns: runs },
    )
  })

  test('rows that never answer, each with rows before it that take all it fits', () => {
    fc.assert(
      fc.property(smallTable, table => {
        const answers = pointsOf(table).map(point => rowsAt(table, point))
        const isSingle = table.policy === 'first' || table.policy === 'priority'
        const answering = new Set(answers.flatMap(rows => (isSingle ? rows.slice(0, 1) : rows)))
        const dead = [...table.rows.keys()].filter(
          row => !answering.has(row) && table.rows[row]!.when !== 'else',
        )
        const { shadows } = analyse(table)
        expect(shadows.map(({ row }) => row).sort()).toEqual(dead)
        for (const { row, by } of shadows)
          for (const rows of answers.filter(fitting => fitting.includes(row)))
            expect(rows.slice(0, rows.indexOf(row)).some(other => by.includes(other))).toBe(true)
      }),
      { numRuns: runs },
    )
  })
})

/** Pairs of the rows at one input that the hit policy does not allow together. */
function forbiddenPairs({ policy, rows }: TableBlueprint, fitting: readonly number[]): string[] {
  if (policy !== 'unique' && policy !== 'any') return []
  const same = (a: number, b: number) => JSON.stringify(rows[a]!.then) === JSON.stringify(rows[b]!.then)
  return fitting.flatMap((a, at) =>
    fitting.slice(at + 1).flatMap(b => (policy === 'any' && same(a, b) ? [] : [`${a}/${b}`])),
  )
}

const policies = ['unique', 'first', 'any', 'priority', 'collect'] as const
const size = (index: number) => (index % 25 === 24 ? 10_000 : [10, 40, 150, 600][index % 4]!)
const clean = (index: number) => {
  const roll = dice(index + 1)
  return { roll, cut: partition(roll, { rows: size(index), columns: 2 + (index % 4) }) }
}

/** Some rows left out, and at the end one for all that is left. */
const withRest = (cut: Partition): Partition => {
  const kept = cut.regions.filter((_, index) => index % 10 !== 0)
  return { ...cut, regions: [...kept, cut.kinds.map(({ steps }) => [0, steps - 1] as const)] }
}

describe('faults planted in tables of up to 10,000 rows', () => {
  test('none are found in 200 clean tables', () => {
    for (let index = 0; index < 200; index++) {
      const policy = policies[index % policies.length]!
      const { cut } = clean(index)
      const table = tableOf(policy === 'first' ? withRest(cut) : cut, policy)
      const { gap, overlaps, shadows, decided } = analyse(table)
      expect([index, gap, overlaps, shadows, decided]).toEqual([index, undefined, [], [], true])
    }
  })

  test('50 gaps are found, and no row answers what is named', () => {
    for (let index = 0; index < 50; index++) {
      const { roll, cut } = clean(index)
      const row = roll(cut.regions.length)
      const rest = index % 2 === 0 ? [] : narrowed(cut.regions[row]!)
      const regions = cut.regions.toSpliced(row, 1, ...rest)
      const table = tableOf({ ...cut, regions }, policies[index % policies.length]!)
      const { gap } = analyse(table)
      expect([index, gap && rowsAt(table, gap)]).toEqual([index, []])
    }
  })

  test('50 overlaps are found, and both rows answer what is named', () => {
    for (let index = 0; index < 50; index++) {
      const { roll, cut } = clean(index)
      const extra = randomRegion(roll, cut)
      const last = cut.regions.length
      const table = tableOf({ ...cut, regions: [...cut.regions, extra] }, index % 2 === 0 ? 'unique' : 'any')
      const { overlaps, gap } = analyse(table)
      expect([index, overlaps.length > 0, gap]).toEqual([index, true, undefined])
      for (const { first, second, witness } of overlaps)
        expect([first, second, rowsAt(table, witness)]).toEqual([first, last, [first, last]])
    }
  })

  test('50 rows that never answer are found, and what they fit is taken by the rows that are named', () => {
    for (let index = 0; index < 50; index++) {
      const { roll, cut } = clean(index)
      const last = cut.regions.length
      const extra = randomRegion(roll, cut)
      const table = tableOf({ ...cut, regions: [...cut.regions, extra] }, 'first')
      const [shadow, ...others] = analyse(table).shadows
      expect([index, shadow?.row, others]).toEqual([index, last, []])
      for (let times = 0; times < 20; times++) {
        const input = randomInput(roll, cut, extra)
        expect([index, rowsAt(table, input)]).toEqual([index, [expect.toBeOneOf(shadow!.by), last]])
      }
    }
  })
})

/** The region without the last step of its longest axis; none when it is a single point. */
function narrowed(region: Region): Region[] {
  const lengths = region.map(([first, last]) => last - first)
  const longest = lengths.indexOf(Math.max(...lengths))
  const [first, last] = region[longest]!
  return first === last ? [] : [region.with(longest, [first, last - 1])]
}
