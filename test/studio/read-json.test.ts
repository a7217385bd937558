import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { jsonFault } from '../../studio/parts/json-fault.ts'
import { jsonText, readPasted } from '../../studio/parts/read-json.ts'

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text)
    return true
  } catch {
    // Why: that is the question.
    return false
  }
}

describe('what somebody pastes as JSON', () => {
  test('is sound exactly where the engine takes it', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      ',',
      ':',
      '"a"',
      '"',
      '1',
      '-',
      '01',
      '1.5e3',
      'true',
      'nul',
      ' ',
      '\n',
      '\\',
    ]
    fc.assert(
      fc.property(
        fc.array(fc.constantFrom(...pieces), { maxLength: 9 }).map(all => all.join('')),
        text => {
          expect(jsonFault(text) === undefined, text).toBe(isJson(text))
        },
      ),
      { numRuns: 2_000 },
    )
    fc.assert(fc.property(fc.json(), text => void expect(jsonFault(text)).toBeUndefined()))
  })

  test('breaks where what stands before could still have become JSON, and no further', () => {
    fc.assert(
      fc.property(fc.json(), fc.nat(), (text, seed) => {
        const at = seed % (text.length + 1)
        const broken = `${text.slice(0, at)}§${text.slice(at)}`
        const fault = jsonFault(broken)
        if (isJson(broken)) expect(fault).toBeUndefined()
        else expect(fault).toBeLessThanOrEqual(at)
      }),
    )
  })

  test.each([
    ['{"a": 1,\n "b": }', { line: 2, column: 7, near: '}' }],
    ['{"a": 1\n "b": 2}', { line: 2, column: 2, near: '"b": 2}' }],
    ['{"a": 1,}', { line: 1, column: 9, near: '}' }],
    ["{'a': 1}", { line: 1, column: 2, near: "'a': 1}" }],
    ['{"type":', { line: 1, column: 9, near: 'end' }],
    ['```json\n{"a": tru}\n```', { line: 2, column: 7, near: 'tru}' }],
    ['', { line: 1, column: 1, near: 'end' }],
  ])('%j is broken at its line and column', (text, place) => {
    expect(readPasted(text)).toMatchObject(place)
  })

  test.each([
    ['\uFEFF {"a": 1}\n'],
    ['```json\n{"a": 1}\n```'],
    ['```\n{"a": 1}```'],
    ['"{\\"a\\": 1}"'],
    ['{"body": {"a": 1}}'],
  ])('%j is taken as it is meant', text => {
    expect(readPasted(text)).toEqual({ value: { a: 1 } })
  })

  test('is laid out to be read, and left alone where it cannot be', () => {
    expect(jsonText('{"a":[1]}')).toBe('{\n  "a": [\n    1\n  ]\n}')
    expect(jsonText('{"a":')).toBe('{"a":')
  })
})
