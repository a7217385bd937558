import { readFileSync } from 'node:fs'
import type { Calendar } from '#core/values'

const folder = new URL('../conformance/calendar/', import.meta.url)
const dayNames = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun']

/** The lines of a file of cases, each split at its arrow. */
export function casesOf(
  name: string,
): { readonly title: string; readonly said: string; readonly expected: string }[] {
  return linesOf(name)
    .filter(line => line.includes(' => '))
    .map(line => {
      const [said = '', expected = ''] = line.split(' => ')
      return { title: line, said, expected }
    })
}

function linesOf(name: string): string[] {
  const lines = readFileSync(new URL(name, folder), 'utf8').split('\n')
  return lines.filter(line => line !== '' && !line.startsWith('#'))
}

/** The calendars that the cases name: `office: Asia/Shanghai, CN`, and below it `  mon..fri 09:00..12:00, 13:30..18:00`. */
export function readCalendars(): Readonly<Record<string, Calendar>> {
  const calendars: Record<
    string,
    { zone: string; holidays: string | null; week: Calendar['week'][number][] }
  > = {}
  let name = ''
  for (const line of linesOf('calendars.txt')) {
    const [, days, hours] = /^ {2}(\S+) (.+)$/.exec(line) ?? []
    if (!days || !hours) {
      const [, named = '', zone = '', table = ''] = /^(\S+): (\S+), (\S+)$/.exec(line) ?? []
      name = named
      calendars[name] = { zone, holidays: table === 'none' ? null : table, week: dayNames.map(() => []) }
      continue
    }
    const [first = '', last = first] = days.split('..')
    const intervals = hours.split(', ').map(interval => interval.split('..') as [string, string])
    for (let day = dayNames.indexOf(first); day <= dayNames.indexOf(last); day++)
      calendars[name]!.week[day] = intervals
  }
  return calendars
}
