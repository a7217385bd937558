import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDays,
  addDuration,
  addWorkingTime,
  holidayTables,
  instantOf,
  isWorkingTime,
  localDate,
  localTime,
  parseDuration,
  scaleExactDuration,
  weekday,
  workingTimeBetween,
  type Calendar,
} from '#core/values'
import { additions, betweens, calendars, dates, durations, moments, steps } from './calendar-cases.ts'

const calendarOf = (name: string): Calendar => calendars[name]!
const written = (at: number, zone: string) => `${localDate(at, zone)} ${localTime(at, zone)}`
const exactMs = (text: string) => parseDuration(text)!.ms

describe('durations', () => {
  test.each(durations)('%s is read as months, days and ms %j', (text, expected) => {
    const [months, days, ms] = expected ?? []
    expect(parseDuration(text)).toEqual(expected && { months, days, ms })
  })

  test('only an exact duration has a share', () => {
    expect(scaleExactDuration(parseDuration('2h')!, 75)?.ms).toBe(5_400_000)
    expect(scaleExactDuration(parseDuration('1d')!, 75)).toBeUndefined()
    expect(scaleExactDuration(parseDuration('1mo')!, 50)).toBeUndefined()
  })
})

describe('local time', () => {
  test.each(steps)('%s in %s and %s later is %s', (from, zone, duration, to) => {
    expect(written(addDuration(instantOf(from, zone), parseDuration(duration)!, zone), zone)).toBe(to)
  })

  test('both spellings of a local time mean one instant', () => {
    expect(instantOf('2026-03-02T09:00', 'Asia/Shanghai')).toBe(Date.UTC(2026, 2, 2, 1))
    expect(instantOf('2026-03-02 09:00', 'Asia/Shanghai')).toBe(Date.UTC(2026, 2, 2, 1))
  })

  test('days of the week and steps of days hold over a leap day', () => {
    expect(['2026-03-02', '2026-03-08', '2024-02-29'].map(weekday)).toEqual([1, 7, 4])
    expect([addDays('2024-02-28', 1), addDays('2026-01-01', -1)]).toEqual(['2024-02-29', '2025-12-31'])
  })
})

describe('the holiday table of China', () => {
  test.each(dates)('%s is %s', (date, kind) => {
    const table = holidayTables.find(({ id }) => id === 'CN')!
    expect(table.off.has(date) ? 'off' : table.on.has(date) ? 'on' : 'plain').toBe(kind)
  })

  test('make-up workdays are weekend days inside the covered range, and no day is both', () => {
    for (const { from, to, off, on } of holidayTables) {
      for (const date of [...off, ...on]) expect(date >= from && date <= to, date).toBe(true)
      for (const date of on) expect([weekday(date) > 5, off.has(date)], date).toEqual([true, false])
    }
  })
})

describe('working time', () => {
  test.each(additions)('%s: %s and %s of it ends at %s', (name, from, duration, expected) => {
    const calendar = calendarOf(name)
    const result = addWorkingTime(calendar, holidayTables, {
      from: instantOf(from, calendar.zone),
      ms: exactMs(duration),
    })
    expect('beyond' in result ? `beyond ${result.beyond}` : written(result.at, calendar.zone)).toBe(expected)
  })

  test.each(betweens)('%s: from %s to %s there are %s', (name, from, to, expected) => {
    const calendar = calendarOf(name)
    const result = workingTimeBetween(calendar, holidayTables, {
      from: instantOf(from, calendar.zone),
      to: instantOf(to, calendar.zone),
    })
    const wanted = expected.startsWith('beyond ') ? { beyond: expected.slice(7) } : { ms: exactMs(expected) }
    expect(result).toEqual(wanted)
  })

  test.each(moments)('%s: %s is working time: %s', (name, local, expected) => {
    const calendar = calendarOf(name)
    const result = isWorkingTime(calendar, holidayTables, instantOf(local, calendar.zone))
    expect(typeof result === 'boolean' ? String(result) : `beyond ${result.beyond}`).toBe(expected)
  })

  test('a tenant’s own table continues the one that comes with the product', () => {
    const next = { id: 'CN', from: '2027-01-01', to: '2027-12-31', off: new Set(['2027-01-01']) }
    const tables = [...holidayTables, { ...next, on: new Set<string>() }]
    const from = instantOf('2026-12-31 17:00', 'Asia/Shanghai')
    const result = addWorkingTime(calendarOf('office'), tables, { from, ms: exactMs('2h') })
    expect(result).toEqual({ at: instantOf('2027-01-04 10:00', 'Asia/Shanghai') })
  })

  test('hours that are never open end in a date instead of an endless count', () => {
    const never = { zone: 'Asia/Shanghai', week: [], holidays: null }
    const from = instantOf('2026-01-01 00:00', 'Asia/Shanghai')
    expect(addWorkingTime(never, [], { from, ms: 1 })).toEqual({ beyond: '2036-01-09' })
    expect(workingTimeBetween(never, [], { from, to: from + 4000 * 86_400_000 })).toHaveProperty('beyond')
  })

  const span = fc.record({
    name: fc.constantFrom(...Object.keys(calendars)),
    minute: fc.integer({ min: 0, max: 400 * 24 * 60 }),
    ms: fc.integer({ min: 1, max: 300 * 3_600_000 }),
  })
  const begin = Date.UTC(2025, 0, 2)

  test('what is added is found between, and the added time ends in working time', () => {
    fc.assert(
      fc.property(span, ({ name, minute, ms }) => {
        const calendar = calendarOf(name)
        const from = begin + minute * 60_000
        const end = addWorkingTime(calendar, holidayTables, { from, ms })
        if ('beyond' in end) throw new Error(`beyond ${end.beyond}`)
        expect(workingTimeBetween(calendar, holidayTables, { from, to: end.at })).toEqual({ ms })
        expect(isWorkingTime(calendar, holidayTables, end.at - 1)).toBe(true)
      }),
      { numRuns: 150 },
    )
  })

  test('counting minute by minute gives the same', () => {
    fc.assert(
      fc.property(span, ({ name, minute, ms }) => {
        const calendar = calendarOf(name)
        const from = begin + minute * 60_000
        const minutes = ms % (3 * 24 * 60)
        let counted = 0
        for (let at = from; at < from + minutes * 60_000; at += 60_000) {
          if (isWorkingTime(calendar, holidayTables, at) === true) counted += 60_000
        }
        const to = from + minutes * 60_000
        expect(workingTimeBetween(calendar, holidayTables, { from, to })).toEqual({ ms: counted })
      }),
      { numRuns: 8 },
    )
  })
})
