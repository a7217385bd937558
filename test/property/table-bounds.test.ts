import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Blueprint, CellTest, TableBlueprint } from '#core/blueprint'
import { finderOf, fittingRows } from '#core/table'

const edges = [0, 1, 2 ** 31, 2 ** 31 - 1, 2 ** 31 + 1, 2 ** 32, Number.MAX_SAFE_INTEGER]
const number = fc
  .tuple(fc.constantFrom(...edges), fc.constantFrom(1, -1), fc.integer({ min: -2, max: 2 }))
  .map(([edge, sign, off]) =>
    Math.max(-Number.MAX_SAFE_INTEGER, Math.min(sign * (edge + off), Number.MAX_SAFE_INTEGER)),
  )
const small = fc.integer({ min: -3, max: 3 })

const cell = (value: fc.Arbitrary<number>): fc.Arbitrary<CellTest | null> =>
  fc.oneof(
    fc.constant(null),
    value.map(at => ({ not: false, any: [{ from: at, to: at }] })),
    fc.constant({ not: false, any: [{ from: null, to: null }] }),
    fc
      .record({ from: value, to: value, fromOpen: fc.boolean(), toOpen: fc.boolean() }, { requiredKeys: [] })
      .map(range => ({ not: false, any: [range] })),
  )

const tableOf = (value: fc.Arbitrary<number>): fc.Arbitrary<TableBlueprint> =>
  fc.array(fc.tuple(cell(value), cell(small)), { maxLength: 30 }).map(rows => ({
    ...{ label: 't', policy: 'first', partial: true, computed: [] },
    inputs: ['a', 'b'].map(name => ({ name, type: { kind: 'int' }, optional: true })),
    outputs: [],
    rows: rows.map(when => ({ when, then: [] })),
  }))

const blueprint = { enums: {}, tables: {} } as unknown as Blueprint

test('a row is found by its bounds however large they are, and by what is absent, as each cell says for itself', () => {
  const tables = fc.oneof(tableOf(number), tableOf(small))
  const inputs = fc.array(fc.tuple(fc.option(fc.oneof(number, small)), fc.option(small)), { maxLength: 20 })
  fc.assert(
    fc.property(tables, inputs, (table, asked) => {
      for (const [a, b] of asked) {
        const rows = fittingRows(blueprint, table, { facts: { a, b } })
        expect(finderOf(blueprint, table).first([a, b])).toBe(rows[0])
        expect(finderOf(blueprint, table).all([a, b])).toEqual(rows)
      }
    }),
    { numRuns: 2_000 },
  )
})
