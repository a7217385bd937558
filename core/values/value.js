import { compareDecimal, parseDecimal, printDecimal } from './decimal.ts';
export function isDecimal(value) {
    return typeof value === 'object' && value !== null && 'units' in value;
}
export function isRecord(value) {
    return typeof value === 'object' && value !== null && 'entity' in value;
}
/** Reads the JSON form of a value of `type`; undefined when it does not fit the type. */
export function decodeValue(json, type) {
    if (json === null)
        return null;
    if (type.kind === 'decimal' || type.kind === 'percent' || type.kind === 'money') {
        return typeof json === 'string' ? parseDecimal(json) : undefined;
    }
    if (type.kind === 'int')
        return Number.isSafeInteger(json) ? json : undefined;
    if (type.kind === 'bool')
        return typeof json === 'boolean' ? json : undefined;
    if (type.kind === 'datetime')
        return typeof json === 'number' ? json : undefined;
    if (type.kind === 'list' || type.kind === 'set' || type.kind === 'photo') {
        if (!Array.isArray(json))
            return undefined;
        const items = json.map(item => decodeValue(item, 'of' in type ? type.of : { kind: 'file' }));
        return items.includes(undefined) ? undefined : items;
    }
    return typeof json === 'string' ? json : undefined;
}
export function encodeValue(value) {
    if (isDecimal(value))
        return printDecimal(value);
    if (isRecord(value))
        return value.key ?? encodeFields(value);
    return Array.isArray(value) ? value.map(encodeValue) : value;
}
/** A record without a key of its own, such as a row of a list, is what its fields say. */
function encodeFields({ fields }) {
    return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, encodeValue(value)]));
}
/** Orders two present values of one plain type; enums and regions have orders of their own. */
export function compareValues(a, b) {
    if (isDecimal(a) && isDecimal(b))
        return compareDecimal(a, b);
    if (isRecord(a) && isRecord(b))
        return compareValues(a.key, b.key);
    return a < b ? -1 : a === b ? 0 : 1;
}
