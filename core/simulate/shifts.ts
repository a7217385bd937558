import type { Blueprint } from '#core/blueprint'
import { addDays, holidayTables, intervalsOf, type Calendar } from '#core/values'
import type { Crew } from './traffic.ts'

/** When a shift works, as instants (epoch ms): disjoint, in order. */
export type Shift = readonly (readonly [from: number, to: number])[]

/** Where nothing says when people work: the pack's first hours, else nine to six from Monday to Friday. */
const WEEK = [1, 2, 3, 4, 5]

/** The hours that a crew works from a date on, so many days long. Holidays beyond the known tables are worked. */
export function shiftOf(
  blueprint: Blueprint,
  crew: Crew,
  { from, days }: { from: string; days: number },
): Shift {
  const calendar = calendarOf(blueprint, crew)
  const work: (readonly [number, number])[] = []
  for (let day = 0, date = from; day < days; day++, date = addDays(date, 1)) {
    const known = intervalsOf(calendar, holidayTables, date)
    const plain = 'beyond' in known ? intervalsOf({ ...calendar, holidays: null }, [], date) : known
    if ('work' in plain) work.push(...plain.work)
  }
  return work
}

function calendarOf({ hours, pack: { zone } }: Blueprint, { shift }: Crew): Calendar {
  const name = typeof shift === 'string' ? shift : Object.keys(hours)[0]
  if (name !== undefined && typeof shift !== 'object') {
    const { week, holidays } = hours[name]!
    return { zone, week, holidays }
  }
  const { days, from, to } = typeof shift === 'object' ? shift : { days: WEEK, from: '09:00', to: '18:00' }
  const week = [1, 2, 3, 4, 5, 6, 7].map(day => (days.includes(day) ? [[from, to] as const] : []))
  return { zone, week, holidays: null }
}

/** The instant when so much of a shift's time has run; Infinity when it ends before. */
export function afterWork(shift: Shift, from: number, ms: number): number {
  let left = ms
  for (let index = firstAfter(shift, from); index < shift.length; index++) {
    const [start, end] = shift[index]!
    const begins = Math.max(start, from)
    if (end - begins >= left) return begins + left
    left -= end - begins
  }
  return Infinity
}

/** How much of a shift lies between two instants, in ms. */
export function workBetween(shift: Shift, from: number, to: number): number {
  let ms = 0
  for (let index = firstAfter(shift, from); index < shift.length && shift[index]![0] < to; index++)
    ms += Math.max(0, Math.min(shift[index]![1], to) - Math.max(shift[index]![0], from))
  return ms
}

export function isWorked(shift: Shift, at: number): boolean {
  const next = shift[firstAfter(shift, at)]
  return next !== undefined && next[0] <= at
}

/** The index of the first stretch that ends after an instant. */
function firstAfter(shift: Shift, at: number): number {
  let [low, high] = [0, shift.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if (shift[middle]![1] > at) high = middle
    else low = middle + 1
  }
  return low
}
