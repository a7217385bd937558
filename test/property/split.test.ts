import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Blueprint, ShareBlueprint } from '#core/blueprint'
import { split } from '#core/settlement'
import { addDecimal, compareDecimal, printDecimal, type Decimal, type RoundingMode } from '#core/values'

const blueprint = { tables: {} } as unknown as Blueprint
const zero: Decimal = { units: 0n, scale: 2 }
const rounding = (mode: RoundingMode) => ({ mode, step: '0.01' })
const modes = fc.constantFrom<RoundingMode>('down', 'half_up', 'half_even', 'up')
const cents = fc.bigInt({ min: -(10n ** 14n), max: 10n ** 14n }).map(units => ({ units, scale: 2 }))
const percent = (tenths: number) => printDecimal({ units: BigInt(tenths), scale: 3 })

const sum = (amounts: readonly { readonly amount: Decimal }[]) =>
  amounts.reduce((total, { amount }) => addDecimal(total, amount), zero)
const leaf = (party: string, share: string): ShareBlueprint => ({ party, share, shares: [] })

/** Percents in tenths that add up to a hundred. */
const whole = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1, maxLength: 11 }).map(cuts => {
  const sorted = [0, ...[...cuts].sort((a, b) => a - b), 1000]
  return sorted.slice(1).map((cut, index) => cut - sorted[index]!)
})

describe('a split', () => {
  test('of percents that total a hundred adds up to the base, whatever the rounding', () => {
    fc.assert(
      fc.property(cents, whole, modes, (base, tenths, mode) => {
        const shares = tenths.map((value, index) => leaf(`p${index}`, percent(value)))
        const parts = split(blueprint, { shares, rounding: rounding(mode) }, { base, facts: {} })
        expect(compareDecimal(sum(parts), base)).toBe(0)
      }),
    )
  })

  test('never gives a party more than a cent beside its exact share when rounding down', () => {
    fc.assert(
      fc.property(cents, whole, (base, tenths) => {
        const shares = tenths.map((value, index) => leaf(`p${index}`, percent(value)))
        const parts = split(blueprint, { shares, rounding: rounding('down') }, { base, facts: {} })
        parts.forEach(({ amount }, index) => {
          const off = amount.units * 1000n - base.units * BigInt(tenths[index]!)
          expect(off < 0n ? -off : off).toBeLessThan(1000n)
        })
      }),
    )
  })

  test('with a rest, with equal parts and with blocks inside blocks adds up too', () => {
    fc.assert(
      fc.property(cents, fc.integer({ min: 0, max: 1000 }), fc.boolean(), (base, tenths, equal) => {
        const taker = equal ? 'equal' : 'rest'
        const inner = {
          party: 'group',
          share: percent(tenths),
          shares: [leaf('a', percent(tenths)), leaf('b', '0')],
        }
        const shares = equal ? [inner, leaf('c', taker), leaf('d', taker)] : [inner, leaf('c', taker)]
        const parts = split(blueprint, { shares, rounding: rounding('down') }, { base, facts: {} })
        expect(compareDecimal(sum(parts), base)).toBe(0)
      }),
    )
  })

  test('of ten parties without a rest follows the largest remainder, the first of equal ones', () => {
    const tenths = [30, 20, 20, 30, 20, 600, 50, 150, 30, 50]
    const shares = tenths.map((value, index) => leaf(`p${index}`, percent(value)))
    const base = { units: 100001n, scale: 2 }
    const parts = split(blueprint, { shares, rounding: rounding('down') }, { base, facts: {} })
    expect(parts.map(({ amount }) => printDecimal(amount))).toEqual([
      '30.00',
      '20.00',
      '20.00',
      '30.00',
      '20.00',
      '600.01',
      '50.00',
      '150.00',
      '30.00',
      '50.00',
    ])
  })

  test('gives what a cap takes away to the rest', () => {
    const shares = [{ ...leaf('a', '0.5'), cap: '3.00' }, leaf('b', 'rest')]
    const base = { units: 10000n, scale: 2 }
    const parts = split(blueprint, { shares, rounding: rounding('down') }, { base, facts: {} })
    expect(parts.map(({ amount }) => printDecimal(amount))).toEqual(['3.00', '97.00'])
  })
})
