import { addDecimal, addDuration, localDate, parseDuration, shiftDate, compareValues, isDecimal, multiplyDecimal, negateDecimal, subtractDecimal, } from '#core/values';
const exact = (value) => isDecimal(value) ? value : { units: BigInt(value), scale: 0 };
const numeric = (ints, decimals) => ((a, b) => isDecimal(a) || isDecimal(b) ? decimals(exact(a), exact(b)) : ints(a, b));
const order = (a, b) => isDecimal(a) !== isDecimal(b) ? compareValues(exact(a), exact(b)) : compareValues(a, b);
/** Operators and functions by the name that compiled code carries. */
export const builtins = {
    '+': numeric((a, b) => a + b, addDecimal),
    '-': numeric((a, b) => a - b, subtractDecimal),
    '*': numeric((a, b) => a * b, multiplyDecimal),
    negate: a => (isDecimal(a) ? negateDecimal(a) : -a),
    '=': (a, b) => order(a, b) === 0,
    '!=': (a, b) => order(a, b) !== 0,
    '<': (a, b) => order(a, b) < 0,
    '<=': (a, b) => order(a, b) <= 0,
    '>': (a, b) => order(a, b) > 0,
    '>=': (a, b) => order(a, b) >= 0,
    in: (value, list) => list.some(item => order(value, item) === 0),
    has: (list, value) => list.some(item => order(item, value) === 0),
    min: (...args) => args.reduce((a, b) => (order(b, a) < 0 ? b : a)),
    /** Dates and calendar durations: `today - 3mo`. */
    'date+': (date, duration) => shiftDate(date, parseDuration(duration), 1),
    'date-': (date, duration) => shiftDate(date, parseDuration(duration), -1),
    /** The date of an instant in a zone. */
    date: (at, zone) => localDate(at, zone),
    /** Whether an instant lies at most a duration before `now`. */
    within: (at, duration, now, zone) => now <= addDuration(at, parseDuration(duration), zone),
    max: (...args) => args.reduce((a, b) => (order(b, a) > 0 ? b : a)),
};
/** Comparisons with an absent value are false; every other operator passes the absence on. */
export const comparisons = new Set([
    ...['=', '!=', '<', '<=', '>', '>=', 'in', 'has', 'within'],
]);
