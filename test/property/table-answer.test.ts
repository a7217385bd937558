import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Blueprint } from '#core/blueprint'
import { hitsOf, lookupRows } from '#core/table'
import { decodeValue, encodeValue } from '#core/values'
import { dice, enums, partition, randomInput, randomRegion, tableOf } from '../support/random-table.ts'
import { referenceAnswer, referenceRows } from '../support/reference-table.ts'
import { pointsOf, smallTable } from '../support/small-table.ts'

const blueprint = enums as Blueprint
const runs = process.env.CI ? 2_000 : 300
const single = new Set(['unique', 'first', 'any', 'priority'])

describe('the engine', () => {
  test('answers every input of a small table as the reference does, and gives a reason for each row that did not fit', () => {
    fc.assert(
      fc.property(smallTable, table => {
        for (const point of pointsOf(table)) {
          const facts = Object.fromEntries(
            table.inputs.map(({ name, type }) => [name, decodeValue(point[name]!, type)!]),
          )
          const fitting = referenceRows(blueprint, table, point)
          const rows = single.has(table.policy) ? fitting.slice(0, 1) : fitting
          expect(hitsOf(blueprint, table, Object.values(facts))).toEqual(rows)
          const { values, trace, rows: answered } = lookupRows(blueprint, table, facts)
          expect(answered).toEqual(rows)
          const expected = referenceAnswer(blueprint, table, point)
          const said = Object.entries(values).map(([name, value]) => [name, encodeValue(value)])
          expect(Object.fromEntries(said)).toEqual(
            rows.length === 0 && single.has(table.policy) ? {} : expected,
          )
          const unfit = trace()
            .filter(({ failed }) => failed !== undefined)
            .map(({ row }) => row)
          const fits = (row: number) => fitting.includes(row) || table.rows[row]!.when === 'else'
          expect(unfit).toEqual([...table.rows.keys()].filter(row => !fits(row)))
        }
      }),
      { numRuns: runs },
    )
  })

  test('finds the same rows in tables of hundreds that overlap everywhere', () => {
    for (let seed = 1; seed <= 40; seed++) {
      const roll = dice(seed)
      const cut = partition(roll, { rows: 10 * seed, columns: 1 + (seed % 4) })
      const crossing = Array.from({ length: 5 * seed }, () => randomRegion(roll, cut))
      const policy = (['first', 'collect', 'priority', 'output order'] as const)[seed % 4]!
      const regions =
        seed % 2 === 0 ? [...crossing, ...cut.regions] : [...cut.regions.slice(seed), ...crossing]
      const table = tableOf({ ...cut, regions }, policy)
      for (let times = 0; times < 50; times++) {
        const absent = times % 10 === 0 ? { [`列${roll(table.inputs.length)}`]: null } : {}
        const everything = cut.kinds.map(({ steps }) => [0, steps - 1] as const)
        const point = { ...randomInput(roll, cut, everything), ...absent }
        const inputs = table.inputs.map(({ name, type }) => decodeValue(point[name]!, type)!)
        const fitting = referenceRows(blueprint, table, point)
        const rows = single.has(policy) ? fitting.slice(0, 1) : fitting
        expect([seed, hitsOf(blueprint, table, inputs)]).toEqual([seed, rows])
      }
    }
  })
})
