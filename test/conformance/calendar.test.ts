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
import { casesOf, readCalendars } from '../support/calendar-data.ts'
import {
  instantAt,
  isWorked,
  localOf,
  movedLocal,
  workedBetween,
  workedOff,
} from '../support/reference-calendar.ts'

// The files in calendar/ are the cases; what a line may say stands in the first line of its file.
const calendars = readCalendars()
const files = ['durations.txt', 'steps.txt', 'holidays.txt', 'working-time.txt'] as const
const [durations, steps, dates, workingTime] = files.map(casesOf) as [Cases, Cases, Cases, Cases]
type Cases = ReturnType<typeof casesOf>
const count = durations.length + steps.length + dates.length + workingTime.length

const calendarOf = (name: string): Calendar => calendars[name]!
const writtenAt = (at: number, zone: string) => `${localDate(at, zone)} ${localTime(at, zone)}`
const exactMs = (text: string) => parseDuration(text)!.ms

/** `office: 2026-03-02 09:00 + 2h`, `office: … .. …`, `office: …`. */
function questionOf(said: string) {
  const [, name = '', from = '', operator, rest = ''] =
    /^(\S+): (\S+ \S+)(?: (\+|\.\.) (.+))?$/.exec(said) ?? []
  return { calendar: calendarOf(name), from, operator, rest }
}

function answered(said: string, expected: string): string {
  const { calendar, from: local, operator, rest } = questionOf(said)
  const { zone } = calendar
  const from = instantOf(local, zone)
  if (operator === '+') {
    const end = addWorkingTime(calendar, holidayTables, { from, ms: exactMs(rest) })
    return 'beyond' in end ? `beyond ${end.beyond}` : writtenAt(end.at, zone)
  }
  if (operator === '..') {
    const found = workingTimeBetween(calendar, holidayTables, { from, to: instantOf(rest, zone) })
    if ('beyond' in found) return `beyond ${found.beyond}`
    return found.ms === exactMs(expected) ? expected : `${found.ms / 60_000}m`
  }
  const is = isWorkingTime(calendar, holidayTables, from)
  return typeof is === 'boolean' ? String(is) : `beyond ${is.beyond}`
}

/** The same by counting minutes. */
function counted(said: string, expected: string): string {
  const { calendar, from: local, operator, rest } = questionOf(said)
  const { zone } = calendar
  const from = instantAt(local, zone)
  const tell = (found: number | boolean | { readonly beyond: string }, show: (found: number) => string) =>
    typeof found === 'object'
      ? `beyond ${found.beyond}`
      : typeof found === 'number'
        ? show(found)
        : String(found)
  if (operator === '+')
    return tell(workedOff(calendar, holidayTables, { from, minutes: exactMs(rest) / 60_000 }), at =>
      localOf(at, zone),
    )
  if (operator === '..')
    return tell(workedBetween(calendar, holidayTables, { from, to: instantAt(rest, zone) }), minutes =>
      minutes * 60_000 === exactMs(expected) ? expected : `${minutes}m`,
    )
  return tell(isWorked(calendar, holidayTables, from), String)
}

test(`the calendar data are ${count} cases, at least 180`, () => {
  expect(count).toBeGreaterThanOrEqual(180)
})

describe('durations', () => {
  test.each(durations)('$title', ({ said, expected }) => {
    const [months, days, ms] = expected.split(' ').map(Number)
    expect(parseDuration(said)).toEqual(expected === 'none' ? undefined : { months, days, ms })
  })

  test('only an exact duration has a share', () => {
    expect(scaleExactDuration(parseDuration('2h')!, 75)?.ms).toBe(5_400_000)
    expect(scaleExactDuration(parseDuration('1d')!, 75)).toBeUndefined()
    expect(scaleExactDuration(parseDuration('1mo')!, 50)).toBeUndefined()
  })
})

describe('local time', () => {
  test.each(steps)('$title', ({ said, expected }) => {
    const [, from = '', zone = '', written = ''] = /^(\S+ \S+) (\S+) \+ (\S+)$/.exec(said) ?? []
    const duration = parseDuration(written)!
    expect(writtenAt(addDuration(instantOf(from, zone), duration, zone), zone)).toBe(expected)
    expect(movedLocal(from, zone, duration)).toBe(expected)
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
  test.each(dates)('$title', ({ said, expected }) => {
    const table = holidayTables.find(({ id }) => id === 'CN')!
    expect(table.off.has(said) ? 'off' : table.on.has(said) ? 'on' : 'plain').toBe(expected)
  })

  test('make-up workdays are weekend days inside the covered range, and no day is both', () => {
    for (const { from, to, off, on } of holidayTables) {
      for (const date of [...off, ...on]) expect(date >= from && date <= to, date).toBe(true)
      for (const date of on) expect([weekday(date) > 5, off.has(date)], date).toEqual([true, false])
    }
  })
})

describe('working time', () => {
  test.each(workingTime)('$title by the engine', ({ said, expected }) => {
    expect(answered(said, expected)).toBe(expected)
  })

  test.each(workingTime)('$title by the reference', ({ said, expected }) => {
    expect(counted(said, expected)).toBe(expected)
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
    // Why not all: ten years of half an hour a week hold no 300 hours.
    name: fc.constantFrom(...Object.keys(calendars).filter(name => name !== 'tuesday')),
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
