import { compileCode } from '#core/expression';
import { encodeValue } from '#core/values';
import { lookupTable } from './lookup.ts';
/** Like `evaluate`, and says which tables were asked; slower, so only where an explanation is wanted. */
export function evaluateTraced(blueprint, code, facts) {
    const tables = [];
    const run = compileCode(code, (name, values) => {
        const columns = blueprint.tables[name].inputs;
        const asked = Object.fromEntries(columns.map((column, index) => [column.name, values[index] ?? null]));
        const answer = lookupTable(blueprint, name, asked);
        const inputs = Object.fromEntries(Object.entries(asked).map(([key, value]) => [key, encodeValue(value)]));
        tables.push({ table: name, inputs, row: answer.row ?? null });
        return { entity: name, key: null, fields: answer.values };
    });
    return { value: run(facts), tables };
}
