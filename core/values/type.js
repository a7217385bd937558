export const scalarKinds = new Set([
    ...[
        'text',
        'int',
        'decimal',
        'bool',
        'percent',
        'money',
        'date',
        'time',
        'datetime',
        'duration',
    ],
    ...['region', 'photo', 'file', 'signature', 'scan', 'location'],
]);
export function sameType(a, b) {
    if (a.kind !== b.kind)
        return false;
    if ('name' in a && 'name' in b)
        return a.name === b.name;
    return 'of' in a && 'of' in b ? sameType(a.of, b.of) : true;
}
/** A type as people write it: `money`, `等级`, `list(text)`. */
export function printType(type) {
    if ('name' in type)
        return type.name;
    return 'of' in type ? `${type.kind}(${printType(type.of)})` : type.kind;
}
