import { readFileSync, readdirSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { createChecker } from '#dsl'
import { edited, edits } from '../support/random-edit.ts'

type Texts = Readonly<Record<string, string>>

const runs = process.env.CI ? 400 : 40

const packs: Record<string, Texts> = {
  ...Object.fromEntries(
    ['manufacturing', 'retail', 'education'].map(name => [name, textsIn(`plugins/${name}`)]),
  ),
  // Cases with every kind of declaration and fault; one whose proof runs into its limit would take the time of all others.
  ...Object.fromEntries(
    Object.entries(textsIn('test/golden/cases'))
      .filter(([name]) => name !== 'table-entangled.axle')
      .map(([name, text]) => [name, { [name]: text }]),
  ),
}

describe('a checker that remembers', () => {
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
      { numRuns: runs },
    )
  })
})

function textsIn(folder: string): Texts {
  const files = (readdirSync(folder, { recursive: true }) as string[]).filter(file => file.endsWith('.axle'))
  return Object.fromEntries(files.map(file => [file, readFileSync(`${folder}/${file}`, 'utf8')]))
}
