import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkPack } from '#dsl'
import { mergeTexts, sameMeaning } from '#dsl/change'
import { bytesOf, unitsOf, type Unit } from '../../dsl/change/unit.ts'
import { format } from '#dsl/format'
import { parse } from '#dsl/syntax'

const folders = ['plugins/retail', 'plugins/manufacturing', 'plugins/education']
const packs = folders.map(folder =>
  Object.fromEntries(
    (readdirSync(folder, { recursive: true }) as string[])
      .filter(name => name.endsWith('.axle'))
      .map(name => [name, readFileSync(`${folder}/${name}`, 'utf8')]),
  ),
)
const aPack = fc.constantFrom(...packs)
type Texts = Record<string, string>

/** Every piece of a text that stands alone on its line: where an edit may happen. */
function pieces(units: readonly Unit[]): Unit[] {
  return units.flatMap(unit => [unit, ...pieces(unit.items ?? [])])
}

/** A small change of one piece: dropped, or its numbers raised by one. */
function edited(texts: Texts, at: number, how: 'drop' | 'raise'): Texts {
  const file = Object.keys(texts)[at % Object.keys(texts).length]!
  const { units, rest } = unitsOf(texts[file]!)
  const all = pieces(units)
  const chosen = all[at % all.length]
  const apply = (list: readonly Unit[]): Unit[] =>
    list.flatMap(unit => {
      if (unit === chosen && how === 'drop') return []
      if (unit === chosen)
        return [{ ...unit, head: unit.head.replace(/\d+/, found => String(Number(found) + 1)) }]
      return [unit.items ? { ...unit, items: apply(unit.items) } : unit]
    })
  return { ...texts, [file]: apply(units).map(bytesOf).join('') + rest }
}

const anEdit = fc.record({ at: fc.nat(4000), how: fc.constantFrom('drop' as const, 'raise' as const) })
const edit = (texts: Texts, { at, how }: { at: number; how: 'drop' | 'raise' }) => edited(texts, at, how)
const tokens = (texts: Texts) => JSON.stringify(Object.values(texts).map(text => format(text)))

describe('the pieces of a text', () => {
  test('put together again are the text, for any text', () => {
    for (const texts of packs)
      for (const text of Object.values(texts)) {
        const { units, rest } = unitsOf(text)
        expect(units.map(bytesOf).join('') + rest).toBe(text)
      }
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 80 }), text => {
        const { units, rest } = unitsOf(text)
        expect(units.map(bytesOf).join('') + rest).toBe(text)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('a three-way merge', () => {
  test('gives the side that changed when the other did not', () => {
    fc.assert(
      fc.property(aPack, anEdit, (base, change) => {
        const other = edit(base, change)
        expect(mergeTexts({ base, mine: other, theirs: base })).toEqual({ texts: other, conflicts: [] })
        expect(mergeTexts({ base, mine: base, theirs: other })).toEqual({ texts: other, conflicts: [] })
        expect(mergeTexts({ base, mine: other, theirs: other })).toEqual({ texts: other, conflicts: [] })
      }),
      { numRuns: 60 },
    )
  })

  test('of changes in different places holds both, whichever side made which, and can be read', () => {
    let merged = 0
    fc.assert(
      fc.property(aPack, anEdit, anEdit, (base, first, second) => {
        const [mine, theirs] = [edit(base, first), edit(base, second)]
        const one = mergeTexts({ base, mine, theirs })
        const two = mergeTexts({ base, mine: theirs, theirs: mine })
        expect(one.conflicts.length).toBe(two.conflicts.length)
        for (const text of Object.values(one.texts))
          expect(parse(text).faults.length).toBeLessThanOrEqual(faultsIn(mine) + faultsIn(theirs))
        if (one.conflicts.length > 0) return
        merged++
        expect(tokens(one.texts)).toBe(tokens(two.texts))
        // Both edits made one after the other, wherever they do not move each other.
        if (tokens(one.texts) === tokens(base))
          expect(tokens(mine) === tokens(base) || tokens(theirs) === tokens(base)).toBe(true)
      }),
      { numRuns: 150 },
    )
    expect(merged).toBeGreaterThan(75)
  })

  test('never loses a side without a word: a conflict holds both texts', () => {
    fc.assert(
      fc.property(aPack, fc.nat(4000), (base, at) => {
        const mine = edited(base, at, 'raise')
        const theirs = edited(base, at, 'drop')
        if (tokens(mine) === tokens(base) || tokens(theirs) === tokens(base)) return
        const { texts, conflicts } = mergeTexts({ base, mine, theirs })
        if (conflicts.length > 0) {
          expect(conflicts[0]).toMatchObject({ mine: expect.any(String), base: expect.any(String) })
          expect(tokens(texts)).toBe(tokens(mine))
        } else expect([tokens(mine), tokens(theirs)]).not.toContain('')
      }),
      { numRuns: 60 },
    )
  })
})

describe('the meaning of a pack', () => {
  test('does not change when it is brought into the common form, or its files are spread apart', () => {
    for (const texts of packs) {
      const formatted = Object.fromEntries(Object.entries(texts).map(([file, text]) => [file, format(text)]))
      const spread = Object.fromEntries(
        Object.entries(texts).flatMap(([file, text]) =>
          unitsOf(text).units.map((unit, index) => [
            `${file}-${String(index).padStart(4, '0')}.axle`,
            bytesOf(unit),
          ]),
        ),
      )
      const meaning = checkPack(texts).blueprint
      expect(sameMeaning(checkPack(formatted).blueprint, meaning)).toBe(true)
      expect(sameMeaning(checkPack(spread).blueprint, meaning)).toBe(true)
    }
  })
})

function faultsIn(texts: Texts): number {
  return Object.values(texts).reduce((sum, text) => sum + parse(text).faults.length, 0)
}
