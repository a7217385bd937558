/** A length of time: exact milliseconds, or calendar steps whose length depends on where they start. */
export interface Duration {
  readonly months: number
  readonly days: number
  readonly ms: number
}

/** The longest duration there is, in years: long enough for any contract, and no date leaves the calendar by it. */
export const MAX_DURATION_YEARS = 100

const SECOND = 1000
const MINUTE = 60_000
const HOUR = 3_600_000
const DAY = 24 * HOUR

const most: Duration = {
  months: MAX_DURATION_YEARS * 12,
  days: MAX_DURATION_YEARS * 365,
  ms: MAX_DURATION_YEARS * 365 * DAY,
}

const written =
  /^(?:(\d{1,9})mo)?(?:(\d{1,9})w)?(?:(\d{1,9})d)?(?:(\d{1,9})h)?(?:(\d{1,9})m)?(?:(\d{1,9})s)?$/

/**
 * Reads `90s 30m 2h` (exact), `3d 2w 6mo` (calendar steps) and what a sum of such comes to, the largest unit first:
 * `1mo3d12h`. Undefined when it is none of these, or too long.
 */
export function parseDuration(text: string): Duration | undefined {
  const known = readLast.get(text)
  if (known) return known
  const duration = read(text)
  if (!duration) return undefined
  if (readLast.size >= MAX_READ) readLast.clear()
  readLast.set(text, duration)
  return duration
}

/** Packs name few lengths, and ask for them with every clock. */
const readLast = new Map<string, Duration>()
const MAX_READ = 1000

function read(text: string): Duration | undefined {
  const match = text === '' ? null : written.exec(text)
  if (!match) return undefined
  const [months, weeks, days, hours, minutes, seconds] = match.slice(1).map(part => Number(part ?? 0)) as [
    ...[number, number, number, number, number, number],
  ]
  return bounded({ months, days: weeks * 7 + days, ms: hours * HOUR + minutes * MINUTE + seconds * SECOND })
}

/** As `parseDuration` reads it, in the largest units that come out even; parts below a second are left out. */
export function printDuration({ months, days, ms }: Duration): string {
  const unit = ms % HOUR === 0 ? HOUR : ms % MINUTE === 0 ? MINUTE : SECOND
  const exact =
    ms < SECOND ? '' : `${Math.trunc(ms / unit)}${unit === HOUR ? 'h' : unit === MINUTE ? 'm' : 's'}`
  return `${months > 0 ? `${months}mo` : ''}${days > 0 ? `${days}d` : ''}${exact}` || '0s'
}

/** Part by part; undefined when it is too long. */
export function addDurations(a: Duration, b: Duration): Duration | undefined {
  return bounded({ months: a.months + b.months, days: a.days + b.days, ms: a.ms + b.ms })
}

/**
 * What is left of `a` without `b`, part by part, a day lending its 24 hours where the other has them; undefined below
 * zero, and where only a date could tell.
 */
export function subtractDurations(a: Duration, b: Duration): Duration | undefined {
  const months = a.months - b.months
  const [days, ms] = [a.days - b.days, a.ms - b.ms]
  if (days >= 0 && ms >= 0) return bounded({ months, days, ms })
  const left = days * DAY + ms
  return left < 0 ? undefined : bounded({ months, days: Math.trunc(left / DAY), ms: left % DAY })
}

/** So many times as long; undefined when that is too long. */
export function multiplyDuration({ months, days, ms }: Duration, times: number): Duration | undefined {
  return bounded({ months: months * times, days: days * times, ms: ms * times })
}

/** The time between two instants or dates as whole seconds; undefined backwards. */
export function durationOf(ms: number): Duration | undefined {
  return bounded({ months: 0, days: 0, ms: Math.trunc(ms / SECOND) * SECOND })
}

function bounded(duration: Duration): Duration | undefined {
  const { months, days, ms } = duration
  const fits = months <= most.months && days <= most.days && ms <= most.ms
  return fits && months >= 0 && days >= 0 && ms >= 0 ? duration : undefined
}

/**
 * Orders two durations: a day is 24 hours, and months compare with months alone. Undefined where only a date could tell,
 * such as `1mo` against `30d`.
 */
export function compareDurations(a: Duration, b: Duration): number | undefined {
  const length = ({ days, ms }: Duration) => days * DAY + ms
  const months = Math.sign(a.months - b.months)
  const rest = Math.sign(length(a) - length(b))
  if (months === 0) return rest
  return rest === 0 || rest === months ? months : undefined
}

/** A share of an exact duration in whole milliseconds; undefined when it has calendar steps, which have no share. */
export function scaleExactDuration({ months, days, ms }: Duration, percent: number): Duration | undefined {
  if (months !== 0 || days !== 0) return undefined
  return { months, days, ms: Math.round((ms * percent) / 100) }
}
