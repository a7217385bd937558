/** Reads `-1234.50`; returns undefined when the text is not a plain decimal number. */
export function parseDecimal(text) {
    const match = /^(-?)(\d+)(?:\.(\d+))?$/.exec(text);
    if (!match)
        return undefined;
    const fraction = match[3] ?? '';
    const units = BigInt(match[2] + fraction);
    return { units: match[1] ? -units : units, scale: fraction.length };
}
/** Prints with exactly `scale` digits after the point: the canonical text that state and wire carry. */
export function printDecimal({ units, scale }) {
    const digits = (units < 0n ? -units : units).toString().padStart(scale + 1, '0');
    const text = scale === 0 ? digits : `${digits.slice(0, -scale)}.${digits.slice(-scale)}`;
    return units < 0n ? `-${text}` : text;
}
/** The same number with at least `scale` digits after the point; exact. */
export function rescale(a, scale) {
    return a.units * 10n ** BigInt(scale - a.scale);
}
/** Negative, zero or positive, like a comparator. */
export function compareDecimal(a, b) {
    if (a.scale === b.scale)
        return a.units < b.units ? -1 : a.units > b.units ? 1 : 0;
    const scale = Math.max(a.scale, b.scale);
    const left = rescale(a, scale);
    const right = rescale(b, scale);
    return left < right ? -1 : left > right ? 1 : 0;
}
export function addDecimal(a, b) {
    const scale = Math.max(a.scale, b.scale);
    return { units: rescale(a, scale) + rescale(b, scale), scale };
}
export function subtractDecimal(a, b) {
    return addDecimal(a, negateDecimal(b));
}
/** Exact: the scales add up, nothing is rounded until `roundTo`. */
export function multiplyDecimal(a, b) {
    return { units: a.units * b.units, scale: a.scale + b.scale };
}
export function negateDecimal(a) {
    return { units: -a.units, scale: a.scale };
}
/** Rounds to a multiple of `step` (for money usually ¥0.01); the only place where digits are lost. `step` must be positive. */
export function roundTo(a, step, mode) {
    const scale = Math.max(a.scale, step.scale);
    const value = rescale(a, scale);
    const unit = rescale(step, scale);
    const count = divideRounded(value, unit, mode);
    return { units: count * step.units, scale: step.scale };
}
/** Divides two integers and rounds the quotient as `mode` says; `half_up` rounds halves away from zero. */
export function divideRounded(value, unit, mode) {
    const quotient = value / unit;
    const remainder = value - quotient * unit;
    if (remainder === 0n)
        return quotient;
    const away = value < 0n !== unit < 0n ? -1n : 1n;
    const twice = remainder * 2n * (remainder < 0n ? -1n : 1n);
    const size = unit < 0n ? -unit : unit;
    if (mode === 'down')
        return quotient;
    if (mode === 'up')
        return quotient + away;
    if (twice !== size)
        return twice > size ? quotient + away : quotient;
    return mode === 'half_up' || quotient % 2n !== 0n ? quotient + away : quotient;
}
