import { outputOf } from './table.ts';
/** Checks a table's test against the table and yields its cases. */
export function checkTableTest(scope, blueprint, node) {
    const table = blueprint.tables[node.name.text];
    if (!table) {
        scope.report(node.name, 'AX2002', { name: node.name.text });
        return [];
    }
    const types = new Map([...table.inputs, ...table.outputs, ...table.computed].map(c => [c.name, c.type]));
    const columns = [...node.grid.inputs, ...node.grid.outputs].map(column => {
        const name = column.subject.kind === 'name' ? column.subject.name : '';
        if (!types.has(name))
            scope.report(column, 'AX4006', { name: node.name.text, column: name || '…' });
        return name;
    });
    if (columns.some(name => !types.has(name)))
        return [];
    return node.grid.rows.flatMap(row => {
        const cells = [...row.inputs, ...row.outputs];
        if (cells.length !== columns.length) {
            scope.report(row, 'AX4001', { expected: String(columns.length), actual: String(cells.length) });
            return [];
        }
        const values = cells.map((cell, index) => outputOf(scope, cell, types.get(columns[index])));
        if (values.includes(undefined))
            return [];
        const given = row.inputs.map((_, index) => [columns[index], values[index]]);
        const expected = row.outputs.map((_, index) => {
            const at = row.inputs.length + index;
            return [columns[at], { type: types.get(columns[at]), value: values[at] }];
        });
        return [
            {
                kind: 'table',
                name: node.name.text,
                start: row.start,
                given: Object.fromEntries(given),
                expected: Object.fromEntries(expected),
            },
        ];
    });
}
