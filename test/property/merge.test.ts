import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkPack } from '#dsl'
import { mergeTexts, placeOf, sayConflict, type Choice } from '#dsl/change'
import { severityOf } from '#dsl/diagnostics'
import { format } from '#dsl/format'
import { parse } from '#dsl/syntax'
import { bytesOf, unitsOf } from '../../dsl/change/unit.ts'
import {
  aPack,
  anEdit,
  changesIt,
  edited,
  editOf,
  packs,
  piecesOf,
  type Edit,
  type Texts,
} from '../support/edited-pack.ts'

const RUNS = process.env.CI ? 400 : 60
/** What texts say, layout aside; a comma behind the last of a list is layout too. */
const said = (texts: Texts) =>
  Object.entries(texts)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([file, text]) => `${file}\n${format(text).replace(/,(\s*\})/g, '$1')}`)

/** How two edits stand to each other. */
function relation(one: Edit, other: Edit): 'apart' | 'same' | 'inside' {
  if (one.piece.file !== other.piece.file) return 'apart'
  const [a, b] = [one.piece.path, other.piece.path].sort((x, y) => x.length - y.length)
  if (!a!.every((key, index) => b![index] === key)) return 'apart'
  return a!.length === b!.length ? 'same' : 'inside'
}

/** Pieces whose places tell them apart, and the columns of a grid, go together with what stands beside them. */
function standsAlone({ piece }: Pick<Edit, 'piece'>): boolean {
  return !piece.shared && !/^\|(---| )/.test(piece.path.at(-1)!) && piece.path.length > 0
}

/** Whether two pieces stand in one block. */
function isBeside({ piece: one }: Edit, { piece: other }: Edit): boolean {
  const block = ({ file, path }: Edit['piece']) => [file, ...path.slice(0, -1)].join('\n')
  return block(one) === block(other)
}

const aPair = fc.tuple(aPack, anEdit, anEdit).map(([base, first, second]) => {
  const pieces = piecesOf(base)
  return { base, one: editOf(pieces, first), other: editOf(pieces, second) }
})

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

/** Whether an edit gave a name a second time. */
const isTwofold = (texts: Texts) => checkPack(texts).diagnostics.some(({ code }) => code === 'AX2001')

describe('a three-way merge', { timeout: 120_000 }, () => {
  test('gives the side that changed when the other did not, and either when both did the same', () => {
    fc.assert(
      fc.property(aPair, ({ base, one }) => {
        const changed = edited(base, [one])
        for (const [mine, theirs] of [
          [changed, base],
          [base, changed],
          [changed, changed],
        ] as const)
          expect(mergeTexts({ base, mine, theirs })).toEqual({ texts: changed, conflicts: [] })
      }),
      { numRuns: RUNS },
    )
  })

  test('of edits apart from each other is both edits made, whichever side made which', () => {
    let apart = 0
    fc.assert(
      fc.property(aPair, ({ base, one, other }) => {
        if (relation(one, other) !== 'apart' || !standsAlone(one) || !standsAlone(other)) return
        const [mine, theirs] = [edited(base, [one]), edited(base, [other])]
        // Two pieces of one name merge as one.
        fc.pre(!isTwofold(mine) && !isTwofold(theirs))
        const both = said(edited(base, [one, other]))
        for (const sides of [
          { mine, theirs },
          { mine: theirs, theirs: mine },
        ]) {
          const { texts, conflicts } = mergeTexts({ base, ...sides })
          expect(conflicts).toEqual([])
          expect(said(texts)).toEqual(both)
        }
        apart++
      }),
      { numRuns: RUNS },
    )
    expect(apart).toBeGreaterThan(RUNS / 4)
  })

  test('is a conflict exactly when both sides changed one piece, or one dropped what the other changed in it', () => {
    const seen = { conflict: 0, both: 0 }
    const aClash = fc.tuple(aPack, anEdit, anEdit, fc.nat(9_999)).map(([base, first, second, inside]) => {
      const pieces = piecesOf(base)
      const one = editOf(pieces, first)
      const within = pieces.filter(
        ({ file, path }) =>
          file === one.piece.file && one.piece.path.every((key, index) => path[index] === key),
      )
      return { base, one, other: editOf(within, { ...second, at: inside }) }
    })
    fc.assert(
      fc.property(aClash, ({ base, one, other }) => {
        if (![one, other].every(edit => standsAlone(edit) && changesIt(edit))) return
        const [mine, theirs] = [edited(base, [one]), edited(base, [other])]
        const { texts, conflicts } = mergeTexts({ base, mine, theirs })
        const isSame = relation(one, other) === 'same'
        const agree = isSame && one.how === other.how && one.by === other.by
        if ((isSame || one.how === 'drop') && !agree) {
          const where = [one, other].map(({ piece, how, by }) => `${how} ${by} ${piece.path.join(' › ')}`)
          expect(conflicts, where.join(' and ')).toHaveLength(1)
          expect(said(texts)).toEqual(said(mine))
          const [conflict] = conflicts
          expect([conflict!.mine, conflict!.theirs].some(text => text !== conflict!.base)).toBe(true)
          for (const language of ['zh', 'en'] as const)
            expect(sayConflict(conflict!, language)).not.toMatch(/undefined|\{\w+\}/)
          seen.conflict++
        } else {
          expect(conflicts).toEqual([])
          expect(said(texts)).toEqual(said(edited(base, [one, other])))
          seen.both++
        }
      }),
      { numRuns: RUNS },
    )
    expect(Math.min(seen.conflict, seen.both), JSON.stringify(seen)).toBeGreaterThan(RUNS / 15)
  })

  test('decided by choice is mine, theirs or what was written at that piece alone, and no other edit is lost', () => {
    const seen = { keep: 0, take: 0, merge: 0 }
    const aDecision = fc.tuple(aPack, anEdit, anEdit, anEdit, anEdit).map(([base, ...edits]) => {
      const pieces = piecesOf(base).filter(
        piece => standsAlone({ piece }) && changesIt({ piece, how: 'raise', by: 1 }),
      )
      const [one, other, mineToo, theirsToo] = edits.map(edit => editOf(pieces, edit))
      return {
        ...{ base, one: one!, mineToo: mineToo!, theirsToo: theirsToo! },
        other: { ...other!, piece: one!.piece },
      }
    })
    fc.assert(
      fc.property(aDecision, ({ base, one, other, mineToo, theirsToo }) => {
        // Why not beside it either: a piece that took its neighbour's name while that one went is another change.
        const isApart = [mineToo, theirsToo].every(
          edit => relation(edit, one) === 'apart' && !isBeside(edit, one),
        )
        if (!isApart || relation(mineToo, theirsToo) !== 'apart') return
        if (one.how === other.how && one.by === other.by) return
        const [mine, theirs] = [edited(base, [one, mineToo]), edited(base, [other, theirsToo])]
        fc.pre(!isTwofold(mine) && !isTwofold(theirs))
        const { texts, conflicts } = mergeTexts({ base, mine, theirs })
        expect(conflicts).toHaveLength(1)
        const [conflict] = conflicts
        const decided = (choice: Choice) =>
          mergeTexts({ base, mine, theirs }, new Map([[placeOf(conflict!), choice]]))
        const kept = decided({ how: 'keep' })
        expect(kept).toEqual({ texts, conflicts })
        expect(said(kept.texts)).toEqual(said(edited(base, [one, mineToo, theirsToo])))
        seen.keep++
        const taken = decided({ how: 'take' })
        expect(taken.conflicts).toEqual(conflicts)
        expect(said(taken.texts)).toEqual(said(edited(base, [other, mineToo, theirsToo])))
        seen.take++
        // A head is written without its parts, which stay.
        if (one.piece.unit.items || conflict!.theirs === undefined || conflict!.mine === undefined) return
        const written = decided({ how: 'merge', text: conflict!.theirs })
        expect(said(written.texts)).toEqual(said(taken.texts))
        seen.merge++
      }),
      { numRuns: RUNS },
    )
    expect(Math.min(seen.keep, seen.take, seen.merge), JSON.stringify(seen)).toBeGreaterThan(RUNS / 15)
  })

  test('a choice for a place where nothing conflicts changes nothing', () => {
    fc.assert(
      fc.property(aPair, ({ base, one }) => {
        const theirs = edited(base, [one])
        const place = placeOf(one.piece)
        for (const how of ['keep', 'take'] as const)
          expect(mergeTexts({ base, mine: base, theirs }, new Map([[place, { how }]])).texts).toEqual(theirs)
      }),
      { numRuns: RUNS / 2 },
    )
  })

  test('can be read wherever both sides could, and mostly checks when both did', () => {
    const seen = { checks: 0, broken: 0 }
    fc.assert(
      fc.property(aPair, ({ base, one, other }) => {
        const [mine, theirs] = [edited(base, [one]), edited(base, [other])]
        const { texts, conflicts } = mergeTexts({ base, mine, theirs })
        expect(faultsIn(texts)).toBeLessThanOrEqual(faultsIn(mine) + faultsIn(theirs))
        if (conflicts.length > 0 || errorsIn(mine) > 0 || errorsIn(theirs) > 0) return
        // What each side alone may do may be too much together: the checker says where.
        errorsIn(texts) === 0 ? seen.checks++ : seen.broken++
      }),
      { numRuns: RUNS / 2 },
    )
    expect(seen.checks).toBeGreaterThan(10 * seen.broken)
  })
})

function faultsIn(texts: Texts): number {
  return Object.values(texts).reduce((sum, text) => sum + parse(text).faults.length, 0)
}

function errorsIn(texts: Texts): number {
  return checkPack(texts).diagnostics.filter(found => severityOf(found) === 'error').length
}
