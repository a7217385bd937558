import { decodeValue, isRecord } from '#core/values';
import { builtins, comparisons } from './builtins.ts';
import { compilePlain } from './plain.ts';
/** Turns checked code into a closure; compile once, call often. The code must come from a blueprint of this format. */
export function compileCode(code, callTable) {
    const compile = (part) => compileCode(part, callTable);
    if (code.op === 'const') {
        const value = decodeValue(code.value, code.type) ?? null;
        return () => value;
    }
    if (code.op === 'name') {
        const { name } = code;
        return facts => facts[name] ?? null;
    }
    if (code.op === 'member')
        return compileMember(compile(code.of), code.name);
    if (code.op === 'apply')
        return compilePlain(code.fn, code.args, compile) ?? compileApply(code.fn, code.args.map(compile));
    if (code.op === 'list') {
        const items = code.items.map(compile);
        return facts => items.map(item => item(facts));
    }
    const { name } = code;
    const inputs = code.args.map(compile);
    return facts => callTable(name, inputs.map(input => input(facts)));
}
function compileMember(of, name) {
    return facts => {
        const record = of(facts);
        return isRecord(record) ? (record.fields[name] ?? null) : null;
    };
}
function compileApply(fn, args) {
    const [a, b, c] = args;
    if (fn === 'and')
        return facts => a(facts) === true && b(facts) === true;
    if (fn === 'or')
        return facts => a(facts) === true || b(facts) === true;
    if (fn === 'not')
        return facts => a(facts) === false;
    if (fn === 'known')
        return facts => a(facts) !== null;
    if (fn === 'if')
        return facts => (a(facts) === true ? b(facts) : c(facts));
    const call = builtins[fn];
    if (!call)
        throw new Error(`blueprint names an unknown function: ${fn}`);
    const whenAbsent = comparisons.has(fn) ? false : null;
    return facts => {
        const values = args.map(arg => arg(facts));
        return values.includes(null) ? whenAbsent : call(...values);
    };
}
