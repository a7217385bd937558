import { Temporal } from 'temporal-polyfill';
const DAY_MS = 86400000;
/**
 * The instant (epoch ms) of a local time such as `2026-03-02 09:00` in a zone; a time that a clock change skips moves on,
 * of a time that comes twice the first is meant. Throws RangeError when the text or the zone means nothing.
 */
export function instantOf(local, zone) {
    return Temporal.PlainDateTime.from(local.replace(' ', 'T')).toZonedDateTime(zone).epochMilliseconds;
}
/** Like `instantOf`, but a skipped time is the clock change itself, so that neighbouring intervals never overlap. */
export function boundOf(local, zone) {
    const plain = Temporal.PlainDateTime.from(local.replace(' ', 'T'));
    const found = plain.toZonedDateTime(zone);
    if (found.hour === plain.hour && found.minute === plain.minute)
        return found.epochMilliseconds;
    const change = found.add({ milliseconds: 1 }).getTimeZoneTransition('previous');
    return change?.epochMilliseconds ?? found.epochMilliseconds;
}
/** `YYYY-MM-DD` of an instant in a zone. */
export function localDate(at, zone) {
    return zoned(at, zone).toPlainDate().toString();
}
/** `HH:MM` of an instant in a zone. */
export function localTime(at, zone) {
    return zoned(at, zone).toPlainTime().toString().slice(0, 5);
}
/** Calendar steps first, in the zone and clamped at a month's end, then exact time. */
export function addDuration(at, { months, days, ms }, zone) {
    if (months === 0 && days === 0)
        return at + ms;
    return zoned(at, zone).add({ months, days }).epochMilliseconds + ms;
}
/** The date after (or, with a negative count, before) a date. */
export function addDays(date, days) {
    return new Date(Date.parse(date) + days * DAY_MS).toISOString().slice(0, 10);
}
/** A date moved by whole calendar steps, clamped at a month's end; exact time counts by whole days. */
export function shiftDate(date, { months, days, ms }, sign) {
    const moved = Temporal.PlainDate.from(date).add({ months: sign * months, days: sign * days });
    return addDays(moved.toString(), sign * Math.trunc(ms / DAY_MS));
}
/** 1 is Monday, 7 Sunday. */
export function weekday(date) {
    return new Date(date).getUTCDay() || 7;
}
function zoned(at, zone) {
    return Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(zone);
}
