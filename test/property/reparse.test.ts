import { readFileSync, readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { parseByRules, reparse, type ParsedFile } from '#dsl/syntax'
import { edited, edits } from '../support/random-edit.ts'

const runs = process.env.CI ? 2_000 : 200
const folders = ['plugins', 'examples', 'test/golden/cases']
const written = folders.flatMap(folder =>
  (readdirSync(folder, { recursive: true }) as string[])
    .filter(file => file.endsWith('.axle'))
    .map(file => readFileSync(`${folder}/${file}`, 'utf8')),
)
const said = ({ declarations, faults, lost }: ParsedFile) => ({ declarations, faults, lost })

describe('a text read by way of the text before', () => {
  test('reads as if it were read anew, after every edit', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...written),
        fc.array(edits, { minLength: 1, maxLength: 6 }),
        (text, made) => {
          let before = { a: text }
          let texts = before
          let file = parseByRules(text)
          for (const edit of made) {
            const after = edited(texts, before, edit)
            // A declaration that moved away has left the file.
            ;[before, texts] = [texts, { a: after.a ?? '' }]
            file = reparse(file, texts.a)
            expect(said(file)).toEqual(said(parseByRules(texts.a)))
          }
        },
      ),
      { numRuns: runs },
    )
  })

  test('takes over the declarations that are not around the change', () => {
    const text = readFileSync('plugins/manufacturing/prices.axle', 'utf8').repeat(4)
    const file = parseByRules(text)
    const taken = reparse(file, `${text}// x\n`).declarations.filter(node => file.declarations.includes(node))
    expect(taken.length).toBeGreaterThan(file.declarations.length * 0.9)
  })
})
