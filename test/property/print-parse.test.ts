import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parse, parseByRules, print, validateGrammar } from '#dsl/syntax'

const sample = readFileSync('examples/05-prices-and-splits/shop.axle', 'utf8')
const runs = process.env.CI ? 20_000 : 1_000
const pieces = fc.constantFrom(
  ...[
    'pack',
    'table',
    'enum',
    'test',
    'price',
    '等级',
    '{',
    '}',
    '(',
    '|',
    '||',
    '-',
    '\n',
    ';',
    '"',
    '“',
    '，',
    '..<',
  ],
  ...[
    '¥1,0',
    '12.5%',
    '2026-11-11',
    '22:00',
    '// x',
    '\u0000',
    '\ud800',
    '\u202e',
    '__proto__',
    '>=',
    '|---||---|',
    ' ',
  ],
)

const folders = ['plugins', 'examples', 'test/golden/cases']
const written = folders.flatMap(folder =>
  (readdirSync(folder, { recursive: true }) as string[])
    .filter(name => name.endsWith('.axle'))
    .map(name => readFileSync(`${folder}/${name}`, 'utf8')),
)
const operators = ['not ', ' and ', ' or ', ' where ', ' of ', ' in ', '.', '..', '+', '-', ' * ', '=', '?']
const piece = fc.oneof(pieces, fc.constantFrom(...operators, '(', '[', ' x ', '5', '"x"', ': '))

describe('the parser', () => {
  test('gives back every string unchanged, whatever it holds', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(pieces).map(words => words.join(' ')),
        ),
        source => {
          expect(print(parse(source))).toBe(source)
        },
      ),
      { numRuns: runs },
    )
  })

  test('survives any cut of a real pack and keeps its faults inside the text', () => {
    fc.assert(
      fc.property(fc.nat(sample.length), fc.nat(sample.length), pieces, (from, length, piece) => {
        const source = sample.slice(0, from) + piece + sample.slice(from + length)
        const file = parse(source)
        expect(print(file)).toBe(source)
        for (const fault of file.faults) {
          expect(fault.start).toBeGreaterThanOrEqual(0)
          expect(fault.end).toBeLessThanOrEqual(source.length)
        }
      }),
      { numRuns: runs / 4 },
    )
  })

  test('reads by its shortcuts what the rules read, faults included', () => {
    const cut = fc.record({ file: fc.constantFrom(...written), from: fc.nat(), length: fc.nat(30), piece })
    fc.assert(
      fc.property(cut, ({ file, from, length, piece }) => {
        const at = from % (file.length + 1)
        // Why a part: a whole file costs as much as a hundred of them.
        const start = file.lastIndexOf('\n', Math.max(0, at - 400)) + 1
        const source = file.slice(start, at) + piece + file.slice(at + length, at + 400)
        const { declarations, faults, lost } = parse(source)
        const plain = parseByRules(source)
        expect(declarations).toEqual(plain.declarations)
        expect({ faults, lost }).toEqual({ faults: plain.faults, lost: plain.lost })
      }),
      { numRuns: runs },
    )
  })

  test('a broken declaration costs only itself', () => {
    const broken = sample.replace('enum 大区 { 华东, 其他 }', 'enum 大区 { 华东 其他 }')
    const kinds = (source: string) => parse(source).declarations.map(node => `${node.kind} ${node.name.text}`)
    expect(kinds(broken)).toEqual(kinds(sample).filter(name => name !== 'enum 大区'))
    expect(parse(broken).faults).toHaveLength(1)
  })
})

test('the grammar tells its ways apart', () => {
  expect(() => validateGrammar()).not.toThrow()
})
