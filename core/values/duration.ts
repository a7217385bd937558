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

/** Reads `90s 30m 2h` (exact) and `3d 2w 6mo` (calendar steps); undefined when it is neither. */
export function parseDuration(text: string): Duration | undefined {
  const match = /^(\d{1,9})(mo|[smhdw])$/.exec(text)
  if (!match) return undefined
  const count = Number(match[1])
  const unit = match[2]!
  const step = calendar[unit]
  return step
    ? { months: count * step.months, days: count * step.days, ms: 0 }
    : { months: 0, days: 0, ms: count * exact[unit]! }
}

/** A share of an exact duration in whole milliseconds; undefined when it has calendar steps, which have no share. */
export function scaleExactDuration({ months, days, ms }: Duration, percent: number): Duration | undefined {
  if (months !== 0 || days !== 0) return undefined
  return { months, days, ms: Math.round((ms * percent) / 100) }
}
