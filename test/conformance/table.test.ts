import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { decodeValue, encodeValue, type JsonValue, type Type } from '#core/values'
import { checkPack, examine } from '#dsl'
import { referenceAnswer } from '../support/reference-table.ts'

// Each file is a pack of tables and their tests; the tests say what language.md promises.
const folder = new URL('tables/', import.meta.url)
const packs = readdirSync(folder).map(name => {
  const text = readFileSync(new URL(name, folder), 'utf8')
  return { name, text, checked: checkPack({ [name]: text }) }
})
const cases = packs.flatMap(({ name, text, checked: { blueprint, cases } }) =>
  cases.flatMap(found => {
    const line = text.slice(0, found.start).split('\n').length
    return found.kind === 'table' ? [{ title: `${name}:${line} ${found.name}`, blueprint, found }] : []
  }),
)

/** Equal values in one writing: `1.50` and `1.5`, `9:00` and `09:00`. */
const plain = (value: JsonValue, type: Type): unknown =>
  Array.isArray(value) && type.kind === 'list'
    ? value.map(item => plain(item as JsonValue, type.of))
    : typeof value === 'string' && ['money', 'percent', 'decimal'].includes(type.kind)
      ? value.replace(/(\.\d*?)0+$/, '$1').replace(/\.$/, '')
      : encodeValue(decodeValue(value, type) ?? null)

describe('the tables of the conformance data', () => {
  test.each(packs)('$name is sound', ({ checked }) => {
    expect(checked.diagnostics).toEqual([])
  })

  test('are at least 150 cases', () => {
    expect(cases.length).toBeGreaterThanOrEqual(150)
  })

  test.each(cases)('$title answers by the engine', ({ blueprint, found }) => {
    expect(examine(blueprint, [{ ...found, file: '' }])[0]!.differences).toEqual({})
  })

  test.each(cases)('$title answers by the reference', ({ blueprint, found }) => {
    const answer = referenceAnswer(blueprint, blueprint.tables[found.name]!, found.given)
    for (const [name, { type, value }] of Object.entries(found.expected))
      expect([name, plain(answer[name] ?? null, type)]).toEqual([name, plain(value, type)])
  })
})
