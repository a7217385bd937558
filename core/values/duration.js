const exact = { s: 1000, m: 60000, h: 3600000 };
const calendar = {
    d: { months: 0, days: 1 },
    w: { months: 0, days: 7 },
    mo: { months: 1, days: 0 },
};
/** Reads `90s 30m 2h` (exact) and `3d 2w 6mo` (calendar steps); undefined when it is neither. */
export function parseDuration(text) {
    const match = /^(\d{1,9})(mo|[smhdw])$/.exec(text);
    if (!match)
        return undefined;
    const count = Number(match[1]);
    const unit = match[2];
    const step = calendar[unit];
    return step
        ? { months: count * step.months, days: count * step.days, ms: 0 }
        : { months: 0, days: 0, ms: count * exact[unit] };
}
/** A share of an exact duration in whole milliseconds; undefined when it has calendar steps, which have no share. */
export function scaleExactDuration({ months, days, ms }, percent) {
    if (months !== 0 || days !== 0)
        return undefined;
    return { months, days, ms: Math.round((ms * percent) / 100) };
}
