import type { Blueprint, Code } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { addDays, addDuration, boundOf, localDate, parseDuration } from '#core/values'
import { atomsOf, constantsOf, type Formula } from './formula.ts'

/** An instant at which conditions are looked at, and what the clock says then. */
export interface Moment {
  /** Epoch ms. */
  readonly at: number
  readonly zone: string
  readonly facts: Facts
}

/** Whether a term is when something last happened to a customer. */
export function isInstant(term: Code): boolean {
  return term.op === 'name' && term.name.startsWith('last(')
}

/**
 * The instants at which a formula is looked at: any, as conditions say how long ago something was; the ends and the middle
 * of every month where months are counted, whose lengths differ; and the days around each date that is written.
 */
export function* momentsOf({ pack: { zone } }: Blueprint, formula: Formula): Generator<Moment> {
  const constants = atomsOf(formula).flatMap(constantsOf)
  const days = ['2026-03-10']
  const counts = constants.some(
    ({ type, value }) => type.kind === 'duration' && parseDuration(String(value))?.months,
  )
  if (counts)
    for (let month = 1; month <= 12; month++) {
      const first = `2027-${String(month).padStart(2, '0')}-01`
      days.push(first, addDays(first, 14), addDays(first, -1), addDays(first, -2), addDays(first, -3))
    }
  for (const { type, value } of constants)
    if (type.kind === 'date') days.push(...[-1, 0, 1].map(step => addDays(String(value), step)))
  for (const day of new Set(days))
    for (const time of ['00:00', '12:30']) {
      const at = startOf(day, time, zone)
      yield { at, zone, facts: { '(now)': at, '(zone)': zone, today: day } }
    }
}

const known = new Map<string, number>()
/** So many instants are remembered: formulas name few lengths of time, and are looked at on the same days. */
const MAX_KNOWN = 5_000

function startOf(day: string, time: string, zone: string): number {
  const key = `${day} ${time} ${zone}`
  let at = known.get(key)
  if (at === undefined) {
    if (known.size >= MAX_KNOWN) known.clear()
    known.set(key, (at = boundOf(`${day} ${time}`, zone)))
  }
  return at
}

/** Instants up to now between which no condition on an event changes its mind: around each length of time it names. */
export function eventInstants(atoms: readonly Code[], { at, zone }: Moment): number[] {
  const lengths = atoms.flatMap(constantsOf).flatMap(({ type, value }) => {
    const length = type.kind === 'duration' ? parseDuration(String(value)) : undefined
    return length ? [length] : []
  })
  const dates = atoms
    .flatMap(constantsOf)
    .flatMap(({ type, value }) => (type.kind === 'date' ? [String(value)] : []))
  const ago = lengths.flatMap(({ months, days, ms }) => {
    const back = addDuration(at, { months: -months, days: -days, ms: -ms }, zone)
    // Where the dates change that so long ago means: a step back by months is clamped, hours may lead into the day before.
    const around = months > 0 ? [-3, -2, -1, 0, 1, 2, 3] : ms > 0 ? [0, 1, 2] : [0, 1]
    return [back, ...around.map(step => startOf(addDays(localDate(back, zone), step), '00:00', zone))]
  })
  const ends = [at, ...ago, ...[localDate(at, zone), ...dates].map(day => startOf(day, '00:00', zone))]
  // A condition on an event holds from some instant on, or up to it.
  const near = ends.flatMap(end => [end - 1, end])
  return [...new Set(near)].filter(instant => instant <= at).sort((a, b) => b - a)
}
