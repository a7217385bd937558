import { either, kind, takes, type FunctionRow } from './function-doc.ts'

/** Functions of dates, times of day and durations. */
export const dateFunctions: readonly FunctionRow[] = [
  [
    'start_of_month',
    {
      parameters: ['日期'],
      result: takes(['date'], kind('date')),
      zh: '当月第一天。',
      en: 'The first day of its month.',
      example: 'start_of_month(2026-03-15)',
    },
  ],
  [
    'end_of_month',
    {
      parameters: ['日期'],
      result: takes(['date'], kind('date')),
      zh: '当月最后一天。',
      en: 'The last day of its month.',
      example: 'end_of_month(2028-02-01)',
    },
  ],
  [
    'days_between',
    {
      parameters: ['从', '到'],
      result: takes(['date', 'date'], kind('int')),
      zh: '相差几天。',
      en: 'How many days from one to the other.',
      example: 'days_between(2026-02-27, 2026-03-01)',
    },
  ],
  [
    'months_between',
    {
      parameters: ['从', '到'],
      result: takes(['date', 'date'], kind('int')),
      zh: '相差几个整月。',
      en: 'How many whole months from one to the other.',
      example: 'months_between(2026-01-31, 2026-03-01)',
    },
  ],
  [
    'year',
    {
      parameters: ['日期'],
      result: takes(['date'], kind('int')),
      zh: '年。',
      en: 'The year.',
      example: 'year(2026-03-01)',
    },
  ],
  [
    'month',
    {
      parameters: ['日期'],
      result: takes(['date'], kind('int')),
      zh: '月。',
      en: 'The month.',
      example: 'month(2026-03-01)',
    },
  ],
  [
    'day',
    {
      parameters: ['日期'],
      result: takes(['date'], kind('int')),
      zh: '日。',
      en: 'The day of the month.',
      example: 'day(2026-03-01)',
    },
  ],
  [
    'weekday',
    {
      parameters: ['日期'],
      result: takes(['date'], kind('int')),
      zh: '星期几，周一是 1。',
      en: 'The day of the week, Monday 1.',
      example: 'weekday(2026-03-01)',
    },
  ],
  [
    'day_of_year',
    {
      parameters: ['日期'],
      result: takes(['date'], kind('int')),
      zh: '一年的第几天。',
      en: 'The day of the year.',
      example: 'day_of_year(2026-03-01)',
    },
  ],
  [
    'week_of_year',
    {
      parameters: ['日期'],
      result: takes(['date'], kind('int')),
      zh: '一年的第几周（ISO 8601）。',
      en: 'The week of the year (ISO 8601).',
      example: 'week_of_year(2026-01-01)',
    },
  ],
  [
    'date',
    {
      parameters: ['年', '月', '日'],
      result: either(
        takes(['int', 'int', 'int'], kind('date')),
        takes(['text'], kind('date')),
        takes(['datetime'], kind('date')),
      ),
      fn: ([first]) => (first?.kind === 'int' ? 'date_of' : first?.kind === 'text' ? 'date_read' : 'date'),
      zh: '由年月日、文字或某个时刻得出的日期；没有这一天就没有。',
      en: 'A date of its parts, of a text or of a moment, or none.',
      example: 'date(2026, 3, 1)',
    },
  ],
  [
    'time',
    {
      parameters: ['时', '分'],
      result: either(
        takes(['int', 'int'], kind('time')),
        takes(['text'], kind('time')),
        takes(['datetime'], kind('time')),
      ),
      fn: ([first]) => (first?.kind === 'int' ? 'time_of' : first?.kind === 'text' ? 'time_read' : 'clock'),
      zh: '由时分、文字或某个时刻得出的钟点；没有这一刻就没有。',
      en: 'A time of its parts, of a text or of a moment, or none.',
      example: 'time(9, 30)',
    },
  ],
  [
    'hour',
    {
      parameters: ['时刻'],
      result: takes(['time'], kind('int')),
      zh: '时。',
      en: 'The hour.',
      example: 'hour(09:30)',
    },
  ],
  [
    'minute',
    {
      parameters: ['时刻'],
      result: takes(['time'], kind('int')),
      zh: '分。',
      en: 'The minute.',
      example: 'minute(09:30)',
    },
  ],
  [
    'duration',
    {
      parameters: ['文字'],
      result: takes(['text'], kind('duration')),
      zh: '文字里的时长；不是就没有。',
      en: 'The duration a text holds, or none.',
      example: 'duration("2h")',
    },
  ],
  [
    'years_between',
    {
      parameters: ['从', '到'],
      result: takes(['date', 'date'], kind('int')),
      zh: '相差几个整年。',
      en: 'How many whole years from one to the other.',
      example: 'years_between(2000-02-29, 2026-03-01)',
    },
  ],
]
