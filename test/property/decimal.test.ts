import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDecimal,
  compareDecimal,
  decimalOf,
  divideDecimal,
  divideRounded,
  multiplyDecimal,
  negateDecimal,
  parseDecimal,
  parseMoney,
  printDecimal,
  printMoney,
  rescale,
  roundTo,
  subtractDecimal,
  type Decimal,
  type RoundingMode,
} from '#core/values'

const safe = BigInt(Number.MAX_SAFE_INTEGER)
/** Units of every size, and those about the largest safe integer and its square root, where plain numbers end. */
const units = fc.oneof(
  fc.bigInt({ min: -(10n ** 20n), max: 10n ** 20n }),
  fc.bigInt({ min: -999n, max: 999n }),
  fc
    .tuple(
      fc.constantFrom(safe, -safe, safe / 10n, safe / 1000n, 94906265n, -94906266n),
      fc.integer({ min: -3, max: 3 }),
    )
    .map(([about, off]) => about + BigInt(off)),
)
const decimal = fc.record({ units, scale: fc.nat(8) })
/** What two decimals say, however they are held. */
const said = ({ units: own, scale }: Decimal) => ({ units: own, scale })
const cent: Decimal = { units: 1n, scale: 2 }

describe('exact decimals', () => {
  test('printing and parsing give the same number back', () => {
    fc.assert(
      fc.property(decimal, a => {
        expect(said(parseDecimal(printDecimal(a))!)).toEqual(a)
        expect(printDecimal(decimalOf(a.units, a.scale))).toBe(printDecimal(a))
      }),
    )
  })

  test('only plain decimal numbers are read', () => {
    const plain = /^-?\d+(\.\d+)?$/
    const written = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('-', '.', '0', '7', ' ', 'e') }))
    fc.assert(
      fc.property(written, text => {
        expect(parseDecimal(text) !== undefined).toBe(plain.test(text))
      }),
      { numRuns: 2_000 },
    )
    expect(said(parseDecimal('-0.00')!)).toEqual({ units: 0n, scale: 2 })
  })

  test('whether units are plain numbers or not, every answer is that of whole arithmetic', () => {
    const modes = fc.constantFrom<RoundingMode>('half_up', 'half_even', 'down', 'up')
    fc.assert(
      fc.property(decimal, decimal, modes, (a, b, mode) => {
        const scale = Math.max(a.scale, b.scale)
        const [x, y] = [rescale(a, scale), rescale(b, scale)]
        const [p, q] = [decimalOf(a.units, a.scale), decimalOf(b.units, b.scale)]
        expect(said(addDecimal(p, q))).toEqual({ units: x + y, scale })
        expect(said(subtractDecimal(p, q))).toEqual({ units: x - y, scale })
        expect(said(multiplyDecimal(p, q))).toEqual({ units: a.units * b.units, scale: a.scale + b.scale })
        expect(said(negateDecimal(p))).toEqual({ units: -a.units, scale: a.scale })
        expect(compareDecimal(p, q)).toBe(x < y ? -1 : x > y ? 1 : 0)
        expect(divideDecimal(p, q)).toEqual(divideDecimal(a, b))
        if (b.units <= 0n) return
        expect(said(roundTo(p, q, mode))).toEqual({
          units: divideRounded(x, y, mode) * b.units,
          scale: b.scale,
        })
      }),
      { numRuns: 5_000 },
    )
  })

  test('a mixture of plain numbers and others is as exact', () => {
    fc.assert(
      fc.property(decimal, decimal, (a, b) => {
        const p = decimalOf(a.units, a.scale)
        expect(said(addDecimal(p, b))).toEqual(said(addDecimal(a, b)))
        expect(said(multiplyDecimal(b, p))).toEqual(said(multiplyDecimal(a, b)))
        expect(compareDecimal(p, b)).toBe(compareDecimal(a, b))
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
    expect(parseMoney('¥1,999.99')).toEqual({ currency: 'CNY', amount: decimalOf(199_999, 2) })
    expect(parseMoney('USD 20.00')).toEqual({ currency: 'USD', amount: decimalOf(2000, 2) })
    expect(parseMoney('XYZ 1')).toBeUndefined()
  })

  test('prints at least the minor digits', () => {
    expect(printMoney({ units: 1234567n, scale: 0 }, 'CNY')).toBe('¥1,234,567.00')
  })
})
