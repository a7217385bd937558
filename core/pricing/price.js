import { applyRounding, evaluate, evaluateTraced } from '#core/table';
import { addDecimal, compareDecimal, encodeValue, isDecimal, isRecord, multiplyDecimal, printDecimal, } from '#core/values';
/** Works a price out from the names of its form: lines add up, the steps of a line run in the order they are written. */
export function price(blueprint, name, facts) {
    const declared = blueprint.prices[name];
    const lines = [];
    let total = { units: 0n, scale: 2 };
    for (const line of declared.lines) {
        for (const { row, names } of casesOf(line, facts)) {
            if (line.when && evaluate(blueprint, line.when, names) !== true)
                continue;
            const priced = priceLine(blueprint, line, { row, names });
            if ('missing' in priced)
                return priced;
            lines.push(priced.line);
            total = addDecimal(total, priced.amount);
        }
    }
    return { price: name, total: printDecimal(total), lines };
}
/** The line's names: those of the form and, for each row of its list, the row's own. */
function casesOf(line, facts) {
    if (line.per === null)
        return [{ row: null, names: facts }];
    const rows = facts[line.per];
    if (!Array.isArray(rows))
        return [];
    return rows.flatMap((item, row) => isRecord(item) ? [{ row, names: { ...facts, ...item.fields } }] : []);
}
function priceLine(blueprint, line, { row, names }) {
    let amount = { units: 0n, scale: 2 };
    const steps = [];
    for (const step of line.steps) {
        const { kind, text } = step;
        if (step.when && evaluate(blueprint, step.when, names) !== true) {
            steps.push({ kind, text, applied: false, value: null, amount: printDecimal(amount), tables: [] });
            continue;
        }
        const { value, tables } = evaluateTraced(blueprint, step.value, names);
        if (!isDecimal(value) && typeof value !== 'number')
            return { missing: { line: line.name, step: text } };
        amount = take(kind, amount, isDecimal(value) ? value : { units: BigInt(value), scale: 0 });
        steps.push({ kind, text, applied: true, value: encodeValue(value), amount: printDecimal(amount), tables });
    }
    const rounded = applyRounding(amount, line.rounding);
    if (line.rounding) {
        const text = `${line.rounding.mode} ${line.rounding.step}`;
        const after = printDecimal(rounded);
        steps.push({ kind: 'round', text, applied: true, value: null, amount: after, tables: [] });
    }
    const { name, label } = line;
    return { line: { line: name, label, row, amount: printDecimal(rounded), steps }, amount: rounded };
}
function take(kind, amount, value) {
    if (kind === 'base')
        return value;
    if (kind === 'times')
        return multiplyDecimal(amount, value);
    if (kind === 'plus')
        return addDecimal(amount, value);
    return compareDecimal(amount, value) > 0 ? value : amount;
}
