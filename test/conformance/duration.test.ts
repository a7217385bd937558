import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { addDuration, decodeValue, parseDuration, shiftDate } from '#core/values'

const units = fc.constantFrom('s', 'm', 'h', 'd', 'w', 'mo')

describe('a duration', () => {
  test.each([
    ['100 years of months', '1200mo', true],
    ['a month more', '1201mo', false],
    ['100 years of days', '36500d', true],
    ['a day more', '36501d', false],
    ['more digits than a number holds', `${'9'.repeat(400)}h`, false],
  ])('of %s is one: %s', (_, text, fits) => {
    expect(parseDuration(text) !== undefined).toBe(fits)
    expect(decodeValue(text, { kind: 'duration' })).toBe(fits ? text : undefined)
  })

  test('of any size moves any instant and any date without throwing', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n }), units, fc.integer({ min: 1, max: 9999 }), (count, unit, year) => {
        const duration = parseDuration(`${count}${unit}`)
        if (!duration) return
        const date = `${String(year).padStart(4, '0')}-02-28`
        expect(Number.isFinite(addDuration(Date.parse(date), duration, 'Asia/Shanghai'))).toBe(true)
        for (const sign of [1, -1] as const)
          expect(shiftDate(date, duration, sign) ?? '0001-01-01').toMatch(/^\d{4}-\d\d-\d\d$/)
      }),
    )
  })

  test('that leaves the years of four digits leaves no date', () => {
    expect(shiftDate('9999-12-31', parseDuration('1d')!, 1)).toBeNull()
    expect(shiftDate('0001-01-01', parseDuration('1mo')!, -1)).toBeNull()
  })
})

describe('a date or time', () => {
  test.each(['2026-02-30', '2026-13-01', '0000-01-01', '2026-2-3', 'x'])('is not %s', text => {
    expect(decodeValue(text, { kind: 'date' })).toBeUndefined()
  })
  test.each(['24:00', '9:00', '12:60', ''])('of day is not %s', text => {
    expect(decodeValue(text, { kind: 'time' })).toBeUndefined()
  })
})
