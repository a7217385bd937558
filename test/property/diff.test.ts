import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkPack } from '#dsl'
import { diffBlueprints, meaningOf, sameMeaning, sayChange } from '#dsl/change'
import { severityOf } from '#dsl/diagnostics'
import { format } from '#dsl/format'
import { bytesOf, unitsOf, type Unit } from '../../dsl/change/unit.ts'
import { aPack, anEdit, edited, editOf, packs, piecesOf, type Texts } from '../support/edited-pack.ts'

const RUNS = process.env.CI ? 300 : 20
const compiled = (texts: Texts) => checkPack(texts).blueprint
const isSound = (texts: Texts) => !checkPack(texts).diagnostics.some(found => severityOf(found) === 'error')

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
      expect(sameMeaning(compiled(formatted), compiled(texts))).toBe(true)
      expect(sameMeaning(compiled(spread), compiled(texts))).toBe(true)
    }
  })

  test('does not change by comments, blank lines and the order of declarations', () => {
    fc.assert(
      fc.property(aPack, fc.array(fc.nat(), { minLength: 40, maxLength: 40 }), (texts, order) => {
        const loose = Object.fromEntries(
          Object.entries(texts).map(([file, text]) => [file, shuffled(commented(text, order), order)]),
        )
        expect(meaningOf(compiled(loose))).toBe(meaningOf(compiled(texts)))
        expect(diffBlueprints(compiled(texts), compiled(loose))).toEqual([])
      }),
      { numRuns: RUNS / 2 },
    )
  })
})

describe('the difference of two versions', () => {
  test('is nothing exactly when they mean the same, and is said in both languages without a hole', () => {
    const seen = { same: 0, other: 0 }
    fc.assert(
      fc.property(aPack, anEdit, anEdit, (texts, first, second) => {
        const pieces = piecesOf(texts)
        const changed = edited(texts, [editOf(pieces, first), editOf(pieces, second)])
        if (!isSound(changed)) return
        const [before, after] = [compiled(texts), compiled(changed)]
        const isSame = sameMeaning(before, after)
        for (const changes of [diffBlueprints(before, after), diffBlueprints(after, before)]) {
          expect(changes.length === 0).toBe(isSame)
          for (const change of changes)
            for (const language of ['zh', 'en'] as const)
              expect(sayChange(change, language)).not.toMatch(/\{\w+\}|undefined|“”|「」/)
        }
        expect(diffBlueprints(after, after)).toEqual([])
        isSame ? seen.same++ : seen.other++
      }),
      { numRuns: RUNS * 2 },
    )
    expect(seen.other, JSON.stringify(seen)).toBeGreaterThan(RUNS / 5)
  })
})

/** A comment and a blank line before declarations here and there. */
function commented(text: string, order: readonly number[]): string {
  const { units, rest } = unitsOf(text)
  const more = (index: number) => (order[index % order.length]! % 2 === 0 ? '\n// 一句话 { "\n\n' : '')
  return units.map((unit, index) => more(index) + bytesOf(unit)).join('') + rest
}

/** Declarations in another order, each on lines of its own; tickets and what extends an entity keep theirs. */
function shuffled(text: string, order: readonly number[]): string {
  const { units, rest } = unitsOf(text)
  const isFixed = ({ key }: Unit) => /^(ticket|extend) /.test(key)
  const moving = units
    .filter(unit => !isFixed(unit))
    .map((unit, index) => ({ unit, weight: order[index % order.length]! }))
    .sort((a, b) => a.weight - b.weight)
    .map(({ unit }) => unit)
  const placed = units.map(unit => (isFixed(unit) ? unit : moving.shift()!))
  return `${placed.map(unit => `\n${bytesOf(unit)}`).join('')}\n${rest}`
}
