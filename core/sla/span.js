import { evaluate } from '#core/table';
import { addDuration, addWorkingTime, parseDuration } from '#core/values';
/** The instant when `share` (0..1 as thousandths) of a span has run, counted from `from`. */
export function spanInstant(blueprint, { span, facts, frame }, { from, thousandths }) {
    const duration = durationOf(blueprint, span, facts);
    const hours = span.hours === null ? undefined : blueprint.hours[span.hours];
    if (hours) {
        const calendar = { zone: frame.zone, week: hours.week, holidays: hours.holidays };
        return addWorkingTime(calendar, frame.holidays, { from, ms: part(duration.ms, thousandths) });
    }
    const end = addDuration(from, duration, frame.zone);
    return { at: from + part(end - from, thousandths) };
}
function durationOf(blueprint, span, facts) {
    const value = evaluate(blueprint, span.duration, facts);
    return (typeof value === 'string' ? parseDuration(value) : undefined) ?? { months: 0, days: 0, ms: 0 };
}
function part(ms, thousandths) {
    return Math.round((ms * thousandths) / 1000);
}
