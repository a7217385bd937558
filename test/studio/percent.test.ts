import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { percentText, readPercent } from '../../studio/parts/percent.ts'

describe('a percent on the page', () => {
  test.each([
    ['1.00', '100%'],
    ['0.125', '12.5%'],
    ['1.5', '150%'],
    ['0', '0%'],
    ['0.0005', '0.05%'],
    ['-0.05', '-5%'],
  ])('%s is shown as %s and read back to the same share', (share, text) => {
    expect(percentText(share)).toBe(text)
    expect(Number(readPercent(text))).toBe(Number(share))
  })

  test('what was typed comes back digit by digit', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -99_999, max: 99_999 }),
        fc.integer({ min: 0, max: 999 }),
        (whole, rest) => {
          const text = `${whole}${rest === 0 ? '' : `.${String(rest).padStart(3, '0').replace(/0+$/, '')}`}%`
          expect(percentText(readPercent(text))).toBe(text)
        },
      ),
    )
  })

  test('what is no percent stays as it was typed', () => {
    for (const text of ['abc', '1,5%', '12', '%', '']) expect(readPercent(text)).toBe(text)
  })
})
