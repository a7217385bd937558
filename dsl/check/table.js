import { infer } from './infer.ts';
import { constantOf } from './literal.ts';
import { readRounding, requireExact } from './field.ts';
import { resolveType, typeNamed } from './scope.ts';
const policies = new Set(['unique', 'first', 'any']);
const orderedKinds = new Set(['int', 'decimal', 'percent', 'money', 'date', 'time']);
/** Checks one decision table; undefined when its header is unusable. Faulty rows are reported and left out. */
export function checkTable(scope, node) {
    const inputs = node.grid.inputs.map(column => checkColumn(scope, column));
    const outputs = node.grid.outputs.map(column => checkColumn(scope, column));
    if (node.policy && !policies.has(node.policy.text)) {
        scope.report(node.policy, 'AX4004', { name: node.policy.text });
        return undefined;
    }
    if (inputs.includes(undefined) || outputs.includes(undefined))
        return undefined;
    const columns = { inputs: inputs, outputs: outputs };
    return {
        label: node.label?.value ?? node.name.text,
        policy: (node.policy?.text ?? 'unique'),
        partial: node.partial,
        ...columns,
        rows: node.grid.rows.map(row => checkRow(scope, columns, row)).filter(row => row !== undefined),
        computed: checkComputed(scope, columns, node.computed),
    };
}
export function checkColumn(scope, column) {
    const name = column.subject.kind === 'name' ? column.subject.name : '';
    const type = column.type ? resolveType(scope, column.type) : typeNamed(scope, name);
    if (!type && !column.type)
        scope.report(column, 'AX4002', { name: name || '…' });
    return type && { name, type };
}
function checkRow(scope, columns, row) {
    const expected = (row.isElse ? 0 : columns.inputs.length) + columns.outputs.length;
    const actual = row.inputs.length + row.outputs.length;
    if (expected !== actual || row.outputs.length !== columns.outputs.length) {
        scope.report(row, 'AX4001', { expected: String(expected), actual: String(actual) });
        return undefined;
    }
    const when = row.inputs.map((cell, index) => checkTest(scope, cell, columns.inputs[index]));
    const then = row.outputs.map((cell, index) => outputOf(scope, cell, columns.outputs[index].type));
    if (when.includes(undefined) || then.includes(undefined))
        return undefined;
    return { when: row.isElse ? 'else' : when, then: then };
}
/** The value of an output cell, null for `-`, undefined when it was reported. */
export function outputOf(scope, cell, type) {
    const [item] = cell.items;
    if (!item)
        return null;
    if (cell.items.length === 1 && !cell.negated && item.operator === '=')
        return constantOf(scope, item.value, type);
    scope.report(cell, 'AX4005');
    return undefined;
}
export function checkTest(scope, cell, column) {
    if (cell.items.length === 0)
        return null;
    const ranges = cell.items.map(item => rangeOf(scope, item, column));
    if (ranges.includes(undefined))
        return undefined;
    const negatedItem = cell.items.length === 1 && cell.items[0].operator === '!=';
    return { not: cell.negated !== negatedItem, any: ranges };
}
function rangeOf(scope, item, column) {
    const { value, operator } = item;
    if (value.kind === 'binary' && (value.operator === '..' || value.operator === '..<')) {
        const from = constantOf(scope, value.left, column.type);
        const to = constantOf(scope, value.right, column.type);
        if (from === undefined || to === undefined)
            return undefined;
        return value.operator === '..' ? { from, to } : { from, to, toOpen: true };
    }
    if (operator !== '=' && operator !== '!=' && !isOrdered(scope, column.type)) {
        scope.report(item, 'AX4003', { name: column.name });
        return undefined;
    }
    const bound = constantOf(scope, value, column.type);
    if (bound === undefined)
        return undefined;
    if (operator === '<')
        return { to: bound, toOpen: true };
    if (operator === '<=')
        return { to: bound };
    if (operator === '>')
        return { from: bound, fromOpen: true };
    if (operator === '>=')
        return { from: bound };
    return { from: bound, to: bound };
}
function isOrdered(scope, type) {
    return type.kind === 'enum' ? scope.enums.get(type.name).ordered : orderedKinds.has(type.kind);
}
function checkComputed(scope, columns, nodes) {
    const names = new Map([...columns.inputs, ...columns.outputs].map(column => [column.name, column.type]));
    return nodes.flatMap(node => {
        const inferred = infer({ scope, names }, node.value);
        if (!inferred)
            return [];
        const { type } = inferred.code;
        const name = node.name.text;
        names.set(name, type);
        const rounding = node.rounding && readRounding(scope, node.rounding, type);
        if (!node.rounding)
            requireExact(scope, { span: node, name, type, exact: inferred.exact });
        return [{ name, type, value: inferred.code, ...(rounding && { rounding }) }];
    });
}
