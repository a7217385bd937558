import { readFileSync, readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { format } from '#dsl/format'
import { parse } from '#dsl/syntax'

const textsBelow = (folder: string) =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter(name => name.endsWith('.axle'))
    .map(name => ({ name: `${folder}/${name}`, text: readFileSync(`${folder}/${name}`, 'utf8') }))
const samples = [...textsBelow('plugins'), ...textsBelow('examples'), ...textsBelow('test/golden/cases')]

/** The tokens that carry meaning, full-width punctuation read as ASCII; a rule line as one of any length. */
const meaning = (text: string) =>
  parse(text.replace(/\r\n?/g, '\n'))
    .tokens.filter(({ image }) => image !== '\n')
    .map(({ image, tokenType: { name } }) =>
      name === 'Rule' ? name : name.startsWith("'") ? name : image.trim(),
    )
const comments = (text: string) =>
  text.match(/(?<!["“][^\n]*)\/\/[^\n]*/g)?.map(comment => comment.trim()) ?? []

/** A sample with some of its characters taken out or full-width punctuation put in. */
const mangled = fc
  .record({
    sample: fc.constantFrom(...samples),
    cuts: fc.array(fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }), { maxLength: 4 }),
  })
  .map(({ sample, cuts }) =>
    cuts.reduce((text, cut) => {
      const at = Math.floor(cut * text.length)
      return text.slice(0, at) + (cut > 0.5 ? '，' : '') + text.slice(at + 1)
    }, sample.text),
  )

describe('formatting', () => {
  test.each(samples)('$name keeps its meaning and is settled after one pass', ({ text }) => {
    const once = format(text)
    expect(format(once)).toBe(once)
    expect(meaning(once)).toEqual(meaning(text))
    expect(comments(once)).toEqual(comments(text))
  })

  test('keeps the meaning of broken texts and is settled after one pass', () => {
    fc.assert(
      fc.property(mangled, text => {
        const once = format(text)
        expect(meaning(once)).toEqual(meaning(text))
        expect(format(once)).toBe(once)
      }),
      { numRuns: 300 },
    )
  })

  test('lines tables up by display width and spaces clauses', () => {
    const text = [
      'table 费率{',
      '|等级|金额 :money||率:percent|',
      '|---|---||---|',
      '|>=金卡|- ||1% |// 老客户',
      '|else||2%|',
      '}',
      '',
      '',
      'enum A{甲，乙}',
    ].join('\r\n')
    expect(format(text)).toBe(
      [
        'table 费率 {',
        '  | 等级    | 金额 : money || 率: percent |',
        '  |---------|--------------||-------------|',
        '  | >= 金卡 | -            || 1%          |  // 老客户',
        '  | else                   || 2%          |',
        '}',
        '',
        'enum A { 甲, 乙 }',
        '',
      ].join('\n'),
    )
  })

  test('leaves a line with a fault alone', () => {
    const text = 'enum   A   {  x   y }\n'
    expect(format(text)).toBe(text)
  })
})
