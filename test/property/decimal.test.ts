import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDecimal,
  compareDecimal,
  multiplyDecimal,
  parseDecimal,
  parseMoney,
  printDecimal,
  printMoney,
  roundTo,
  subtractDecimal,
  type Decimal,
} from '#core/values'

const decimal = fc.record({ units: fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }), scale: fc.nat(8) })
const cent: Decimal = { units: 1n, scale: 2 }

describe('exact decimals', () => {
  test('printing and parsing give the same number back', () => {
    fc.assert(
      fc.property(decimal, a => {
        expect(parseDecimal(printDecimal(a))).toEqual(a)
      }),
    )
  })

  test('subtraction undoes addition, at any scale', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        expect(compareDecimal(subtractDecimal(addDecimal(a, b), b), a)).toBe(0)
      }),
    )
  })

  test('half up moves an amount by at most half a cent, and halves away from zero', () => {
    fc.assert(
      fc.property(decimal, a => {
        const rounded = roundTo(a, cent, 'half_up')
        const off = subtractDecimal(rounded, a)
        const size = { units: off.units < 0n ? -off.units : off.units, scale: off.scale }
        expect(compareDecimal(size, { units: 5n, scale: 3 })).toBeLessThanOrEqual(0)
      }),
    )
    expect(printDecimal(roundTo({ units: -5n, scale: 3 }, cent, 'half_up'))).toBe('-0.01')
    expect(printDecimal(roundTo({ units: 5n, scale: 3 }, cent, 'half_even'))).toBe('0.00')
  })

  test('down never rounds away from zero and up never towards it', () => {
    fc.assert(
      fc.property(decimal, a => {
        const size = (d: Decimal) => ({ units: d.units < 0n ? -d.units : d.units, scale: d.scale })
        expect(compareDecimal(size(roundTo(a, cent, 'down')), size(a))).toBeLessThanOrEqual(0)
        expect(compareDecimal(size(roundTo(a, cent, 'up')), size(a))).toBeGreaterThanOrEqual(0)
      }),
    )
  })

  test('880 at 0.8% is 7.04 exactly', () => {
    const fee = multiplyDecimal({ units: 880n, scale: 0 }, { units: 8n, scale: 3 })
    expect(printDecimal(roundTo(fee, cent, 'half_up'))).toBe('7.04')
  })
})

describe('money', () => {
  test('reads yuan with thousands and foreign currency by its code', () => {
    expect(parseMoney('¥1,999.99')).toEqual({ currency: 'CNY', amount: { units: 199999n, scale: 2 } })
    expect(parseMoney('USD 20.00')).toEqual({ currency: 'USD', amount: { units: 2000n, scale: 2 } })
    expect(parseMoney('XYZ 1')).toBeUndefined()
  })

  test('prints at least the minor digits', () => {
    expect(printMoney({ units: 1234567n, scale: 0 }, 'CNY')).toBe('¥1,234,567.00')
  })
})
