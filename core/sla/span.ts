import type { Blueprint, SpanBlueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { evaluate } from '#core/table'
import { addDuration, addWorkingTime, parseDuration, type Duration, type HolidayTable } from '#core/values'

/** Where time is counted: the desk's zone and the holidays that are known. */
export interface TimeFrame {
  readonly zone: string
  readonly holidays: readonly HolidayTable[]
}

/** An instant (epoch ms), or the first date that the calendar does not cover. */
export type Instant = { readonly at: number } | { readonly beyond: string }

/**
 * The instant when `share` (0..1 as thousandths) of a span has run, counted from `from`. Calendar steps that a tenant's
 * value brings into working time go by the calendar.
 */
export function spanInstant(
  blueprint: Blueprint,
  { span, facts, frame }: { span: SpanBlueprint; facts: Facts; frame: TimeFrame },
  { from, thousandths }: { from: number; thousandths: number },
): Instant {
  const duration = durationOf(blueprint, span, facts)
  const hours = span.hours === null ? undefined : blueprint.hours[span.hours]
  if (hours && duration.months === 0 && duration.days === 0) {
    const calendar = { zone: frame.zone, week: hours.week, holidays: hours.holidays }
    return addWorkingTime(calendar, frame.holidays, { from, ms: part(duration.ms, thousandths) })
  }
  const end = addDuration(from, duration, frame.zone)
  return { at: from + part(end - from, thousandths) }
}

function durationOf(blueprint: Blueprint, span: SpanBlueprint, facts: Facts): Duration {
  const value = evaluate(blueprint, span.duration, facts)
  return (typeof value === 'string' ? parseDuration(value) : undefined) ?? { months: 0, days: 0, ms: 0 }
}

function part(ms: number, thousandths: number): number {
  return Math.round((ms * thousandths) / 1000)
}
