import { readFileSync, readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createChecker } from '#dsl'
import { edited, edits } from '../support/random-edit.ts'

type Texts = Readonly<Record<string, string>>

const runs = process.env.CI ? 150 : 10
const industries = ['manufacturing', 'retail', 'education']

const cases = textsIn('test/golden/cases')
const sheets = Object.fromEntries(Object.entries(cases).filter(([name]) => name.endsWith('.csv')))
const packs: Record<string, Texts> = {
  ...Object.fromEntries(industries.map(name => [name, textsIn(`plugins/${name}`)])),
  'a pack that uses another': {
    ...textsIn('examples/08-field-repair'),
    ...Object.fromEntries(
      Object.entries(textsIn('examples/07-aftersale')).map(([file, text]) => [
        `@retail.aftersale/${file}`,
        text,
      ]),
    ),
  },
  'a pack whose rows come from sheets': {
    'a.axle': `pack t "t" version 1
enum 档 ordered { 低, 高 }
library 备件 { 号: text key; 价: money
  rows from "parts.csv"
}
form 单 { 档: 档, 件: 备件, 费: money = 价目(档).费 }
table 价目 {
  | 档 || 费: money |
  |----||-----------|
  rows from "fees.csv"
}
test 价目 {
  | 档 || 费  |
  |----||-----|
  | 低 || ¥1 |
}
`,
    'parts.csv': '号,价\nA1,¥5\nA2,¥7\n',
    'fees.csv': '档,费\n低,¥1\n高,¥2\n',
  },
  // Cases with every kind of declaration and fault; one whose proof runs into its limit would take the time of all others.
  ...Object.fromEntries(
    Object.entries(cases)
      .filter(([name]) => name.endsWith('.axle') && name !== 'table-entangled.axle')
      .map(([name, text]) => [name, { [name]: text, ...(name.startsWith('sheet') && sheets) }]),
  ),
}

describe('a checker that remembers', { timeout: 120_000 }, () => {
  test.each(Object.keys(packs))('says after every edit of %s what one that starts anew says', name => {
    fc.assert(
      fc.property(fc.array(edits, { minLength: 1, maxLength: 8 }), made => {
        const remembering = createChecker()
        let before = packs[name]!
        let texts = before
        remembering(texts)
        for (const edit of made) {
          ;[before, texts] = [texts, edited(texts, before, edit)]
          const { blueprint, ...known } = remembering(texts)
          const { blueprint: anew, ...fresh } = createChecker()(texts)
          expect(known).toEqual(fresh)
          expect(JSON.stringify(blueprint)).toBe(JSON.stringify(anew))
        }
      }),
      // What is large takes its time: fewer of them say as much.
      { numRuns: industries.includes(name) ? Math.ceil(runs / 5) : runs },
    )
  })
})

function textsIn(folder: string): Texts {
  const files = (readdirSync(folder, { recursive: true }) as string[]).filter(file =>
    /\.(axle|csv)$/.test(file),
  )
  return Object.fromEntries(files.map(file => [file, readFileSync(`${folder}/${file}`, 'utf8')]))
}
