import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Code } from '#core/blueprint'
import { builtins, compileCode, generateCode, type TableCall } from '#core/expression'
import type { Type, Value } from '#core/values'
import { makeFunction } from '../../runtime/generation.ts'
import { codes, hostileNames, namedValues } from '../support/random-code.ts'

const kinds: Record<'int' | 'text' | 'date' | 'bool', fc.Arbitrary<string | number | boolean>> = {
  int: fc.integer(),
  text: fc.string(),
  date: fc.constantFrom('2026-01-01', '2026-02-28'),
  bool: fc.boolean(),
}
const kind = fc.constantFrom(...(Object.keys(kinds) as (keyof typeof kinds)[]))
const operators = fc.constantFrom('=', '!=', '<', '<=', '>', '>=')
/** A table that answers with what it was asked. */
const echo: TableCall = (table, inputs) => ({ entity: table, key: null, fields: { asked: inputs } })
const generated = (code: Code) => generateCode(code, echo, makeFunction)
const bothOf = (code: Code) => [compileCode(code, echo), generated(code)]

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
        const code: Code = { op: 'apply', type: { kind: 'bool' }, fn, args: [left, right] }
        const general = a === null || b === null ? false : builtins[fn]!(a as Value, b as Value)
        for (const run of bothOf(code)) expect(run({ a, b })).toBe(general)
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
          for (const run of bothOf({ op: 'apply', type: { kind: 'bool' }, fn: 'in', args }))
            expect(run({ a })).toBe(a !== null && items.includes(a))
        },
      ),
    )
  })
})

describe('generated code', () => {
  test('answers as the closures of the same code do, whatever it is and whatever is absent', () => {
    fc.assert(
      fc.property(codes, namedValues, (code, facts) => {
        expect(generated(code)(facts)).toEqual(compileCode(code, echo)(facts))
      }),
      { numRuns: 2_000 },
    )
  })

  test.each(hostileNames)('reads %j as a name and holds it as a constant, nothing else', name => {
    const text: Type = { kind: 'text' }
    const named: Code = { op: 'name', type: text, name }
    const constant: Code = { op: 'const', type: text, value: name }
    const facts = Object.create(null) as Record<string, Value>
    for (const run of bothOf(named)) expect(run(facts)).toBeNull()
    Object.defineProperty(facts, name, { value: 'x' })
    for (const run of bothOf(named)) expect(run(facts)).toBe('x')
    for (const run of bothOf(constant)) expect(run(facts)).toBe(name)
    const among: Code = { op: 'list', type: { kind: 'list', of: text }, items: [constant] }
    const isAmong: Code = { op: 'apply', type: { kind: 'bool' }, fn: 'in', args: [constant, among] }
    for (const run of bothOf(isAmong)) expect(run(facts)).toBe(true)
    const record: Value = { entity: 'e', key: null, fields: facts }
    const member: Code = { op: 'member', type: text, of: { op: 'name', type: text, name: 'r' }, name }
    for (const run of bothOf(member)) expect(run({ r: record })).toBe('x')
    const asked: Code = { op: 'table', type: text, name, args: [constant] }
    for (const run of bothOf(asked))
      expect(run(facts)).toEqual({ entity: name, key: null, fields: { asked: [name] } })
  })

  test('a function that no one knows is refused, also when every object has one of that name', () => {
    for (const fn of ['constructor', 'toString', '__proto__', 'x`${1}`'])
      for (const make of [(code: Code) => compileCode(code, echo), generated])
        expect(() => make({ op: 'apply', type: { kind: 'bool' }, fn, args: [] })).toThrow('unknown function')
  })
})
