import { decodeValue } from '#core/values';
/** Kinds whose values are plain numbers, strings or booleans, so that the machine's own comparisons are right. */
const plain = new Set(['int', 'text', 'enum', 'bool', 'date', 'time']);
/** Kinds whose order is the machine's; an enum's is that of its declaration. */
const ordered = new Set(['int', 'date', 'time']);
/** A comparison of plain values as one closure; undefined when the types need the general one. Absent values compare as false. */
export function compilePlain(fn, args, compile) {
    const [left, right] = args;
    if (!left || !right || args.length !== 2 || !plain.has(left.type.kind))
        return undefined;
    if (fn === 'in')
        return membership(compile(left), right);
    if (right.type.kind !== left.type.kind)
        return undefined;
    const a = compile(left);
    if (right.op === 'const')
        return againstConstant(fn, a, decodeValue(right.value, right.type) ?? null, left.type.kind);
    const b = compile(right);
    if (fn === '=')
        return facts => {
            const value = a(facts);
            return value !== null && value === b(facts);
        };
    if (!ordered.has(left.type.kind))
        return undefined;
    if (fn === '<')
        return facts => lessThan(a(facts), b(facts));
    return fn === '>' ? facts => lessThan(b(facts), a(facts)) : undefined;
}
function againstConstant(fn, a, value, kind) {
    if (value === null)
        return undefined;
    if (fn === '=')
        return facts => a(facts) === value;
    if (!ordered.has(kind))
        return undefined;
    const bound = value;
    const below = (facts, orEqual) => {
        const found = a(facts);
        return found !== null && (found < bound || (orEqual && found === bound));
    };
    const above = (facts, orEqual) => {
        const found = a(facts);
        return found !== null && (found > bound || (orEqual && found === bound));
    };
    if (fn === '<')
        return facts => below(facts, false);
    if (fn === '<=')
        return facts => below(facts, true);
    if (fn === '>')
        return facts => above(facts, false);
    return fn === '>=' ? facts => above(facts, true) : undefined;
}
/** `x in [constants]` as a look-up. */
function membership(a, list) {
    if (list.op !== 'list' || !list.items.every(item => item.op === 'const' && plain.has(item.type.kind)))
        return undefined;
    const known = new Set(list.items.map(item => (item.op === 'const' ? decodeValue(item.value, item.type) : null)));
    return facts => {
        const value = a(facts);
        return value !== null && known.has(value);
    };
}
const lessThan = (a, b) => a !== null && b !== null && a < b;
