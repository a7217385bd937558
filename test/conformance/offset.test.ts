import fc from 'fast-check'
import { Temporal } from 'temporal-polyfill'
import { describe, expect, test } from 'vitest'
import { boundOf, localDate, localTime } from '#core/values'

const zones = [
  'Asia/Shanghai',
  'America/New_York',
  'Africa/Cairo',
  'Australia/Lord_Howe',
  'Asia/Kathmandu',
  'UTC',
]
const zone = fc.constantFrom(...zones)
/** 1900 to 2100, with many near the changes of clocks in New York, Cairo and on Lord Howe. */
const changes = [
  '2026-03-08T07:00Z',
  '2026-11-01T06:00Z',
  '2026-04-23T22:00Z',
  '2026-10-29T21:00Z',
  '2026-04-04T15:00Z',
]
const instant = fc.oneof(
  fc.integer({ min: Date.parse('1900-01-01'), max: Date.parse('2100-01-01') }),
  fc
    .tuple(fc.constantFrom(...changes), fc.integer({ min: -3 * 86_400_000, max: 3 * 86_400_000 }))
    .map(([change, by]) => Date.parse(change) + by),
)

describe('an instant in a zone', () => {
  test('reads as Temporal has it, on days of changed clocks too', () => {
    fc.assert(
      fc.property(instant, zone, (at, zone) => {
        const zoned = Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone)
        expect(localDate(at, zone)).toBe(zoned.toPlainDate().toString())
        expect(localTime(at, zone)).toBe(zoned.toPlainTime().toString().slice(0, 5))
      }),
      { numRuns: 2_000 },
    )
  })

  test('and a local time is the first instant that reads so, or the change that skips it', () => {
    fc.assert(
      fc.property(instant, zone, (at, zone) => {
        const local = `${localDate(at, zone)} ${localTime(at, zone)}`
        const plain = Temporal.PlainDateTime.from(local.replace(' ', 'T'))
        expect(boundOf(local, zone)).toBe(plain.toZonedDateTime(zone).epochMilliseconds)
      }),
      { numRuns: 2_000 },
    )
    expect(boundOf('2026-03-08 02:30', 'America/New_York')).toBe(Date.parse('2026-03-08T07:00Z'))
    expect(() => boundOf('2026-02-30 09:00', 'Asia/Shanghai')).toThrow(RangeError)
    expect(() => localDate(0, 'Mars/Olympus')).toThrow(RangeError)
  })
})
