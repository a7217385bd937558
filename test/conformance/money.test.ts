import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkPack, examine } from '#dsl'
import { numberOf, type Seen } from '../support/reference-expression.ts'
import { referencePrice, referenceSplit } from '../support/reference-money.ts'

// Each file is a pack of prices or settlements and their tests; the tests say what language.md promises.
const cases = ['prices', 'splits'].flatMap(kind => {
  const folder = new URL(`${kind}/`, import.meta.url)
  return readdirSync(folder).flatMap(name => {
    const text = readFileSync(new URL(name, folder), 'utf8')
    const { blueprint, diagnostics, cases } = checkPack({ [name]: text })
    return cases.map(found => {
      const line = text.slice(0, found.start).split('\n').length
      return { title: `${kind}/${name}:${line} ${found.name}`, text, blueprint, diagnostics, found }
    })
  })
})

const isThat = (seen: Seen | undefined, amount: string | null) => {
  if (amount === null) return seen === undefined
  const [a, b] = [seen ?? null, numberOf(amount)] as [{ n: bigint; d: bigint }, { n: bigint; d: bigint }]
  return seen !== undefined && a.n * b.d === b.n * a.d
}

describe('the prices and splits of the conformance data', () => {
  test(`are ${cases.length} cases, at least 140, in sound packs`, () => {
    expect(cases.length).toBeGreaterThanOrEqual(140)
    // Each file shares one desk of which a case uses a part.
    const found = cases.flatMap(({ diagnostics }) => diagnostics).filter(({ code }) => code !== 'AX5030')
    expect(found).toEqual([])
  })

  test.each(cases)('$title comes out by the engine', ({ blueprint, found }) => {
    expect(examine(blueprint, [found])[0]!.differences).toEqual({})
  })

  test.each(cases)('$title comes out by the reference', ({ text, blueprint, found }) => {
    if (found.kind === 'table') throw new Error('a price or a split')
    const amounts =
      found.kind === 'price' ? referencePrice(text, blueprint, found) : referenceSplit(text, blueprint, found)
    const wrong = Object.entries(found.expected).filter(([name, amount]) => !isThat(amounts?.[name], amount))
    expect(wrong).toEqual([])
  })

  test.each(cases.filter(({ found }) => found.kind === 'split'))(
    '$title loses no cent',
    ({ text, blueprint, found }) => {
      if (found.kind !== 'split') throw new Error('a split')
      const thousandths = (amount: Seen) => {
        const { n, d } = amount as { n: bigint; d: bigint }
        return (n * 1000n) / d
      }
      const all = Object.values(referenceSplit(text, blueprint, found)).map(thousandths)
      const said = Object.values(found.expected).map(amount => thousandths(numberOf(amount ?? '0')))
      const sum = (amounts: readonly bigint[]) => amounts.reduce((total, amount) => total + amount, 0n)
      expect(sum(said)).toBe(sum(all))
    },
  )
})
