import { holidaysCN } from './data/holidays-cn.ts';
import { addDays, boundOf, localDate, weekday } from './zoned.ts';
/** The tables that come with the product; several tables of one id continue each other. */
export const holidayTables = [holidaysCN];
/** Working time is counted day by day, over ten years at most. */
const MAX_DAYS = 3660;
const DAY_MS = 86400000;
/** The first instant at which `ms` of working time has run since `from`; `from` itself when there is none to run. */
export function addWorkingTime(calendar, tables, { from, ms }) {
    let left = ms;
    if (left <= 0)
        return { at: from };
    let date = localDate(from, calendar.zone);
    for (let day = 0; day < MAX_DAYS; day++, date = addDays(date, 1)) {
        const intervals = intervalsOf(calendar, tables, date);
        if ('beyond' in intervals)
            return intervals;
        for (const [start, end] of intervals.work) {
            const worked = end - Math.max(start, from);
            if (worked <= 0)
                continue;
            if (worked >= left)
                return { at: Math.max(start, from) + left };
            left -= worked;
        }
    }
    return { beyond: date };
}
/** Milliseconds of working time between two instants; 0 when `to` is not after `from`. */
export function workingTimeBetween(calendar, tables, { from, to }) {
    let ms = 0;
    if (to <= from)
        return { ms };
    const last = localDate(to - 1, calendar.zone);
    let date = localDate(from, calendar.zone);
    for (let day = 0; date <= last; day++, date = addDays(date, 1)) {
        const intervals = day < MAX_DAYS ? intervalsOf(calendar, tables, date) : { beyond: date };
        if ('beyond' in intervals)
            return intervals;
        for (const [start, end] of intervals.work)
            ms += Math.max(0, Math.min(end, to) - Math.max(start, from));
    }
    return { ms };
}
/** Whether an instant lies in working time. */
export function isWorkingTime(calendar, tables, at) {
    const intervals = intervalsOf(calendar, tables, localDate(at, calendar.zone));
    return 'beyond' in intervals ? intervals : intervals.work.some(([start, end]) => start <= at && at < end);
}
/** The working intervals of a date as instants. */
function intervalsOf({ zone, week, holidays }, tables, date) {
    let day = weekday(date);
    if (holidays !== null) {
        const table = tables.find(({ id, from, to }) => id === holidays && from <= date && date <= to);
        if (!table)
            return { beyond: date };
        if (table.off.has(date))
            return { work: [] };
        if (table.on.has(date))
            day = 1;
    }
    const hours = week[day - 1] ?? [];
    if (hours.length === 0)
        return { work: [] };
    const begin = boundOf(`${date} 00:00`, zone);
    const next = boundOf(`${addDays(date, 1)} 00:00`, zone);
    const instant = (time) => {
        if (time === '24:00')
            return next;
        return next - begin === DAY_MS ? begin + millisOf(time) : boundOf(`${date} ${time}`, zone);
    };
    return { work: hours.map(([from, to]) => [instant(from), instant(to)]) };
}
/** Milliseconds from midnight to `HH:MM`. */
function millisOf(time) {
    return (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) * 60000;
}
