import type { Calendar } from '#core/values'

type Hours = Calendar['week'][number]
const office: Hours = [
  ['09:00', '12:00'],
  ['13:30', '18:00'],
]
const always: Hours = [['00:00', '24:00']]
const night: Hours = [
  ['00:00', '02:30'],
  ['03:00', '04:00'],
  ['22:00', '24:00'],
]
const seven = (hours: Hours): Calendar['week'] => Array.from({ length: 7 }, () => hours)
const weekdays = (hours: Hours): Calendar['week'] => [hours, hours, hours, hours, hours, [], []]

/** The calendars that the cases below name. */
export const calendars: Readonly<Record<string, Calendar>> = {
  office: { zone: 'Asia/Shanghai', week: weekdays(office), holidays: 'CN' },
  plain: { zone: 'Asia/Shanghai', week: weekdays(office), holidays: null },
  shop: {
    zone: 'Asia/Shanghai',
    week: [...Array.from({ length: 5 }, () => office), [['10:00', '17:00']], [['10:00', '17:00']]],
    holidays: 'CN',
  },
  always: { zone: 'America/New_York', week: seven(always), holidays: null },
  night: { zone: 'America/New_York', week: seven(night), holidays: null },
  cairo: { zone: 'Africa/Cairo', week: seven(night), holidays: null },
}

/** Text of a duration; its months, days and milliseconds. */
export const durations: readonly (readonly [string, readonly [number, number, number] | undefined])[] = [
  ['90s', [0, 0, 90_000]],
  ['30m', [0, 0, 1_800_000]],
  ['2h', [0, 0, 7_200_000]],
  ['0s', [0, 0, 0]],
  ['3d', [0, 3, 0]],
  ['2w', [0, 14, 0]],
  ['6mo', [6, 0, 0]],
  ['6M', undefined],
  ['h', undefined],
  ['-1h', undefined],
  ['1.5h', undefined],
  ['1h30m', undefined],
  ['', undefined],
]

/** Start, zone, duration, end. */
export const steps: readonly (readonly [string, string, string, string])[] = [
  ['2026-01-31 10:00', 'Asia/Shanghai', '1mo', '2026-02-28 10:00'],
  ['2024-01-31 10:00', 'Asia/Shanghai', '1mo', '2024-02-29 10:00'],
  ['2026-12-15 10:00', 'Asia/Shanghai', '2mo', '2027-02-15 10:00'],
  ['2026-02-26 23:30', 'Asia/Shanghai', '3d', '2026-03-01 23:30'],
  ['2026-03-02 23:30', 'Asia/Shanghai', '45m', '2026-03-03 00:15'],
  ['2026-03-07 12:00', 'America/New_York', '1d', '2026-03-08 12:00'],
  ['2026-03-07 12:00', 'America/New_York', '24h', '2026-03-08 13:00'],
  ['2026-03-07 02:30', 'America/New_York', '1d', '2026-03-08 03:30'],
  ['2026-10-25 12:00', 'America/New_York', '1w', '2026-11-01 12:00'],
]

/** Dates and what the State Council's notices of holidays make of them. */
export const dates: readonly (readonly [string, 'off' | 'on' | 'plain'])[] = [
  ['2025-01-01', 'off'],
  ['2025-01-26', 'on'],
  ['2025-01-28', 'off'],
  ['2025-02-04', 'off'],
  ['2025-02-05', 'plain'],
  ['2025-02-08', 'on'],
  ['2025-09-28', 'on'],
  ['2025-10-08', 'off'],
  ['2025-10-11', 'on'],
  ['2026-01-02', 'off'],
  ['2026-01-04', 'on'],
  ['2026-02-14', 'on'],
  ['2026-02-15', 'off'],
  ['2026-02-23', 'off'],
  ['2026-02-24', 'plain'],
  ['2026-02-28', 'on'],
  ['2026-05-09', 'on'],
  ['2026-06-19', 'off'],
  ['2026-09-20', 'on'],
  ['2026-09-25', 'off'],
  ['2026-10-07', 'off'],
  ['2026-10-08', 'plain'],
  ['2026-10-10', 'on'],
]

/** Calendar, start, working time, end (or the first date nothing is known of). */
export const additions: readonly (readonly [string, string, string, string])[] = [
  ['office', '2026-03-02 09:00', '2h', '2026-03-02 11:00'],
  ['office', '2026-03-02 11:00', '1h', '2026-03-02 12:00'],
  ['office', '2026-03-02 11:00', '2h', '2026-03-02 14:30'],
  ['office', '2026-03-02 12:30', '30m', '2026-03-02 14:00'],
  ['office', '2026-03-02 20:00', '30m', '2026-03-03 09:30'],
  ['office', '2026-03-06 17:00', '2h', '2026-03-09 10:00'],
  ['office', '2026-03-07 10:00', '0s', '2026-03-07 10:00'],
  ['office', '2026-02-13 17:00', '2h', '2026-02-14 10:00'],
  ['office', '2026-02-14 17:00', '2h', '2026-02-24 10:00'],
  ['plain', '2026-02-13 17:00', '2h', '2026-02-16 10:00'],
  ['office', '2026-02-27 17:30', '1h', '2026-02-28 09:30'],
  ['shop', '2026-02-28 08:00', '1h', '2026-02-28 10:00'],
  ['shop', '2026-03-07 08:00', '1h', '2026-03-07 11:00'],
  ['office', '2026-12-31 17:00', '1h', '2026-12-31 18:00'],
  ['office', '2026-12-31 17:00', '61m', 'beyond 2027-01-01'],
  ['office', '2024-12-31 17:00', '1h', 'beyond 2024-12-31'],
  ['plain', '2026-12-31 17:00', '61m', '2027-01-01 09:01'],
  ['always', '2026-03-07 12:00', '24h', '2026-03-08 13:00'],
  ['always', '2026-10-31 12:00', '24h', '2026-11-01 11:00'],
  ['night', '2026-03-08 00:00', '150m', '2026-03-08 03:30'],
  ['cairo', '2026-04-23 23:00', '2h', '2026-04-24 02:00'],
]

/** Calendar, start, end, working time between them. */
export const betweens: readonly (readonly [string, string, string, string])[] = [
  ['office', '2026-03-02 00:00', '2026-03-03 00:00', '450m'],
  ['office', '2026-03-02 11:30', '2026-03-02 13:45', '45m'],
  ['office', '2026-03-02 12:00', '2026-03-02 13:30', '0s'],
  ['office', '2026-03-03 10:00', '2026-03-02 10:00', '0s'],
  ['office', '2026-02-14 00:00', '2026-03-01 00:00', '2700m'],
  ['plain', '2026-02-14 00:00', '2026-03-01 00:00', '4500m'],
  ['shop', '2026-03-07 00:00', '2026-03-09 00:00', '14h'],
  ['office', '2026-12-31 00:00', '2027-01-01 00:00', '450m'],
  ['office', '2026-12-31 00:00', '2027-01-01 00:01', 'beyond 2027-01-01'],
  ['always', '2026-03-08 00:00', '2026-03-09 00:00', '23h'],
  ['always', '2026-11-01 00:00', '2026-11-02 00:00', '25h'],
  ['night', '2026-03-08 00:00', '2026-03-09 00:00', '5h'],
  ['cairo', '2026-04-23 00:00', '2026-04-24 00:00', '330m'],
  ['cairo', '2026-04-24 00:00', '2026-04-25 00:00', '270m'],
]

/** Calendar, local time, whether it is worked (or the date nothing is known of). */
export const moments: readonly (readonly [string, string, string])[] = [
  ['office', '2026-03-02 08:59', 'false'],
  ['office', '2026-03-02 09:00', 'true'],
  ['office', '2026-03-02 12:00', 'false'],
  ['office', '2026-03-02 13:30', 'true'],
  ['office', '2026-03-02 18:00', 'false'],
  ['office', '2026-02-14 10:00', 'true'],
  ['office', '2026-02-16 10:00', 'false'],
  ['plain', '2026-02-16 10:00', 'true'],
  ['always', '2026-03-08 00:00', 'true'],
  ['office', '2027-01-04 10:00', 'beyond 2027-01-04'],
]
