import { addDays, boundOf, localDate, localTime, weekday } from '#core/values';
/** A calendar day, week (from Monday) or month in a zone, as the half-open interval of instants around `at`. */
export function windowAround(at, window, zone) {
    const date = localDate(at, zone);
    const first = firstDate(date, window);
    return { from: startOf(first, zone), to: startOf(nextDate(first, window), zone) };
}
/** When quiet hours (half-open, perhaps over midnight) that hold `at` end; undefined outside them. */
export function quietUntil(at, { from, to }, zone) {
    const time = localTime(at, zone);
    const date = localDate(at, zone);
    const wraps = from > to;
    const inside = wraps ? time >= from || time < to : time >= from && time < to;
    if (!inside)
        return undefined;
    return boundOf(`${wraps && time >= from ? addDays(date, 1) : date} ${to}`, zone);
}
function firstDate(date, window) {
    if (window === 'day')
        return date;
    return window === 'week' ? addDays(date, 1 - weekday(date)) : `${date.slice(0, 7)}-01`;
}
function nextDate(first, window) {
    if (window === 'day')
        return addDays(first, 1);
    // Why 31: from the first of a month it always reaches the next one.
    return window === 'week' ? addDays(first, 7) : `${addDays(first, 31).slice(0, 7)}-01`;
}
function startOf(date, zone) {
    return boundOf(`${date} 00:00`, zone);
}
