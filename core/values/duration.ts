/** A length of time: exact milliseconds, or calendar steps whose length depends on where they start. */
export interface Duration {
  readonly months: number
  readonly days: number
  readonly ms: number
}

const exact: Readonly<Record<string, number>> = { s: 1000, m: 60_000, h: 3_600_000 }
const calendar: Readonly<Record<string, { months: number; days: number }>> = {
  d: { months: 0, days: 1 },
  w: { months: 0, days: 7 },
  mo: { months: 1, days: 0 },
}

/** The longest duration there is, in years: long enough for any contract, and no date leaves the calendar by it. */
export const MAX_DURATION_YEARS = 100

const most: Duration = {
  months: MAX_DURATION_YEARS * 12,
  days: MAX_DURATION_YEARS * 365,
  ms: MAX_DURATION_YEARS * 365 * 86_400_000,
}

/** Reads `90s 30m 2h` (exact) and `3d 2w 6mo` (calendar steps); undefined when it is neither, or too long. */
export function parseDuration(text: string): Duration | undefined {
  const match = /^(\d{1,9})(mo|[smhdw])$/.exec(text)
  if (!match) return undefined
  const count = Number(match[1])
  const unit = match[2]!
  const step = calendar[unit]
  const duration = step
    ? { months: count * step.months, days: count * step.days, ms: 0 }
    : { months: 0, days: 0, ms: count * exact[unit]! }
  const fits = duration.months <= most.months && duration.days <= most.days && duration.ms <= most.ms
  return fits ? duration : undefined
}

/**
 * Orders two durations: a day is 24 hours, and months compare with months alone. Undefined where only a date could tell,
 * such as `1mo` against `30d`.
 */
export function compareDurations(a: Duration, b: Duration): number | undefined {
  const length = ({ days, ms }: Duration) => days * 86_400_000 + ms
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
