import { jsonOf } from './literal.ts';
import { outputOf } from './table.ts';
const money = { kind: 'money' };
/** Checks a test of a price or a settlement; undefined when the name is neither. */
export function checkMoneyTest(scope, blueprint, node) {
    const name = node.name.text;
    const price = blueprint.prices[name];
    const settlement = blueprint.settlements[name];
    if (!price && !settlement)
        return undefined;
    const outputs = node.grid.outputs.map(column => pathOf(column.subject)[0] ?? '');
    return node.grid.rows.flatMap((row) => {
        const [expected, actual] = [
            node.grid.inputs.length + outputs.length,
            row.inputs.length + row.outputs.length,
        ];
        if (expected !== actual || row.outputs.length !== outputs.length) {
            scope.report(row, 'AX4001', { expected: String(expected), actual: String(actual) });
            return [];
        }
        const amounts = row.outputs.map((cell, index) => [outputs[index], outputOf(scope, cell, money)]);
        if (amounts.some(([, amount]) => typeof amount !== 'string'))
            return [];
        const wanted = Object.fromEntries(amounts);
        const common = { name, start: row.start, expected: wanted };
        if (price)
            return [
                { ...common, kind: 'price', ...givenOf(scope, price.form, { node, cells: row.inputs }) },
            ];
        const base = row.inputs[0] && outputOf(scope, row.inputs[0], money);
        return typeof base === 'string' ? [{ ...common, kind: 'split', base }] : [];
    });
}
/** The values of a row's cells, of the form (`项目`) or of the record it is about (`设备.城市档`). */
function givenOf(scope, form, { node, cells }) {
    const fields = {};
    const subject = {};
    const entity = scope.forms.get(form)?.subject?.text;
    node.grid.inputs.forEach((column, index) => {
        const path = pathOf(column.subject);
        const isSubject = path.length === 2 && path[0] === entity;
        const owner = isSubject
            ? { kind: 'ref', name: entity }
            : { kind: 'form', name: form };
        const name = path.at(-1) ?? '';
        const type = scope.members(owner).get(name);
        if (!type || (path.length === 2 && !isSubject))
            report(scope, node, column);
        const cell = cells[index]?.items[0];
        const value = type && cell && jsonOf(scope, cell.value, type);
        if (value !== undefined)
            (isSubject ? subject : fields)[name] = value;
    });
    return { fields, subject };
}
function report(scope, node, column) {
    scope.report(column, 'AX4006', { name: node.name.text, column: pathOf(column.subject).join('.') || '…' });
}
function pathOf(subject) {
    if (subject.kind === 'name')
        return [subject.name];
    return subject.kind === 'member' ? [...pathOf(subject.object), subject.name.text] : [];
}
