import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Code } from '#core/blueprint'
import { builtins, compileCode } from '#core/expression'
import type { Type, Value } from '#core/values'

const kinds: Record<'int' | 'text' | 'date' | 'bool', fc.Arbitrary<string | number | boolean>> = {
  int: fc.integer(),
  text: fc.string(),
  date: fc.constantFrom('2026-01-01', '2026-02-28'),
  bool: fc.boolean(),
}
const kind = fc.constantFrom(...(Object.keys(kinds) as (keyof typeof kinds)[]))
const operators = fc.constantFrom('=', '!=', '<', '<=', '>', '>=')
const noTable = () => null

describe('a comparison', () => {
  test('is the same whether it is compiled for its types or asked in general; an absent value compares as false', () => {
    const cases = kind.chain(name =>
      fc.record({
        name: fc.constant(name),
        a: fc.option(kinds[name]),
        b: fc.option(kinds[name]),
        fn: operators,
        constant: fc.boolean(),
      }),
    )
    fc.assert(
      fc.property(cases, ({ name, a, b, fn, constant }) => {
        const type: Type = { kind: name }
        const left: Code = { op: 'name', type, name: 'a' }
        const right: Code =
          constant && b !== null ? { op: 'const', type, value: b } : { op: 'name', type, name: 'b' }
        const run = compileCode({ op: 'apply', type: { kind: 'bool' }, fn, args: [left, right] }, noTable)
        const general = a === null || b === null ? false : builtins[fn]!(a as Value, b as Value)
        expect(run({ a, b })).toBe(general)
      }),
    )
  })

  test('with a list of constants is membership', () => {
    fc.assert(
      fc.property(
        fc.option(fc.integer({ min: 0, max: 9 })),
        fc.array(fc.integer({ min: 0, max: 9 })),
        (a, items) => {
          const type: Type = { kind: 'int' }
          const list: Code = {
            ...{ op: 'list', type: { kind: 'list', of: type } },
            items: items.map(value => ({ op: 'const', type, value }) as const),
          }
          const args: Code[] = [{ op: 'name', type, name: 'a' }, list]
          const run = compileCode({ op: 'apply', type: { kind: 'bool' }, fn: 'in', args }, noTable)
          expect(run({ a })).toBe(a !== null && items.includes(a))
        },
      ),
    )
  })
})
