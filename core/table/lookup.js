import { decodeValue } from '#core/values';
import { applyRounding, evaluate } from './evaluate.ts';
import { finderOf, rowTests } from './finder.ts';
/** Looks `facts` up in a table of the blueprint, with the reason for every row. Absent inputs match only `-` and else. */
export function lookupTable(blueprint, name, facts) {
    const table = blueprint.tables[name];
    if (!table)
        throw new Error(`no table ${name} in the blueprint`);
    return lookupRows(blueprint, table, facts);
}
/** The same for a table that stands inside another declaration, such as a route. */
export function lookupRows(blueprint, table, facts) {
    const inputs = table.inputs.map(column => facts[column.name] ?? null);
    const row = finderOf(blueprint, table)(inputs);
    const trace = rowTests(blueprint, table).map((tests, index) => {
        const failed = tests?.tests.findIndex((test, column) => test && !test(inputs[column])) ?? -1;
        return { row: index, hit: index === row, failed: failed < 0 ? undefined : table.inputs[failed].name };
    });
    return { row, values: row === undefined ? {} : answer(blueprint, table, { row, facts }), trace };
}
/** How expressions of this blueprint look its tables up: without the reasons, which cost more than the answer. */
export function tableCall(blueprint) {
    return (name, inputs) => {
        const table = blueprint.tables[name];
        const row = finderOf(blueprint, table)(inputs);
        const facts = () => Object.fromEntries(table.inputs.map((column, index) => [column.name, inputs[index] ?? null]));
        const fields = row === undefined ? {} : answer(blueprint, table, { row, facts: facts() });
        return { entity: name, key: null, fields };
    };
}
function answer(blueprint, table, { row, facts }) {
    const values = {};
    table.outputs.forEach((column, index) => {
        values[column.name] = decodeValue(table.rows[row].then[index] ?? null, column.type) ?? null;
    });
    for (const computed of table.computed) {
        const value = evaluate(blueprint, computed.value, { ...facts, ...values });
        values[computed.name] = applyRounding(value, computed.rounding);
    }
    return values;
}
