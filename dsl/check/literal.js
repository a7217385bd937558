import { findRegion, parseDecimal, parseMoney, printDecimal, printType, } from '#core/values';
import { unquote } from '#dsl/syntax';
/** A constant with its type, in the form the blueprint carries; undefined when the expression is not a literal. */
export function literalOf(expression) {
    if (expression.kind !== 'literal')
        return undefined;
    const { literal, image } = expression;
    if (literal === 'text')
        return { type: { kind: 'text' }, value: unquote(image) };
    if (literal === 'int')
        return { type: { kind: 'int' }, value: Number(image) };
    if (literal === 'bool')
        return { type: { kind: 'bool' }, value: image === 'true' };
    if (literal === 'null')
        return { type: { kind: 'null' }, value: null };
    if (literal === 'percent') {
        const { units, scale } = parseDecimal(image.slice(0, -1));
        return { type: { kind: 'percent' }, value: printDecimal({ units, scale: scale + 2 }) };
    }
    if (literal === 'money')
        return { type: { kind: 'money' }, value: printDecimal(parseMoney(image).amount) };
    return { type: { kind: literal }, value: image };
}
/** The constant a cell or a default needs: a literal of `type` or a value of its enum; reports anything else. */
export function constantOf(scope, expression, type) {
    if (expression.kind === 'name' && type.kind === 'enum') {
        const known = scope.enums.get(type.name)?.values.some(value => value.name.text === expression.name);
        if (known)
            return expression.name;
        scope.report(expression, 'AX2002', { name: expression.name });
        return undefined;
    }
    const region = expression.kind === 'name' && type.kind === 'region' ? findRegion(expression.name) : undefined;
    if (region !== undefined)
        return region;
    if (expression.kind === 'name' && type.kind === 'region') {
        scope.report(expression, 'AX2002', { name: expression.name });
        return undefined;
    }
    const literal = literalOf(expression);
    if (!literal) {
        scope.report(expression, 'AX4005');
        return undefined;
    }
    if (literal.type.kind === 'int' && type.kind === 'decimal')
        return String(literal.value);
    if (literal.type.kind === type.kind)
        return literal.value;
    scope.report(expression, 'AX3001', { expected: printType(type), actual: printType(literal.type) });
    return undefined;
}
/** A constant of the type, lists and rows included; a text stands for a record's key, a picture, a file. */
export function jsonOf(scope, value, type) {
    const of = 'of' in type ? type.of : type.kind === 'photo' ? { kind: 'text' } : undefined;
    if (of && value.kind === 'list') {
        const items = value.items.map(item => jsonOf(scope, item, of));
        return items.includes(undefined) ? undefined : items;
    }
    if (type.kind === 'ref' && value.kind === 'record')
        return rowOf(scope, value, type);
    const isText = type.kind === 'ref' || ['file', 'signature', 'scan', 'location', 'datetime'].includes(type.kind);
    return constantOf(scope, value, isText ? { kind: 'text' } : type);
}
function rowOf(scope, record, type) {
    const fields = scope.members(type);
    const row = {};
    for (const { name, value } of record.entries) {
        const field = fields.get(name.text);
        if (!field)
            scope.report(name, 'AX2002', { name: name.text });
        const json = field && jsonOf(scope, value, field);
        if (json === undefined)
            return undefined;
        row[name.text] = json;
    }
    return row;
}
