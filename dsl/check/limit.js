import { purposes, } from '#core/blueprint';
import { analyseTable } from '#core/table';
import { infer, inferAs } from './infer.ts';
import { literalOf } from './literal.ts';
import { reachNames } from './reach.ts';
import { knownName } from './scope.ts';
import { checkTest } from './table.ts';
import { printWitness } from './table-proof.ts';
const outputs = new Set(['per day', 'per week', 'per month', 'quiet', 'beyond']);
const beyonds = new Set(['defer', 'drop', 'send']);
const purposeNames = new Set(purposes);
/** Checks the gate of sends: rows of caps and quiet hours, and the clauses below them. */
export function checkLimit(scope, node) {
    const names = reachNames(scope, [
        ['purpose', { kind: 'enum', name: 'purpose' }],
        ['channel', { kind: 'enum', name: 'channel' }],
    ]);
    for (const word of node.later)
        scope.report(word, 'AX9001', { word: word.text, name: word.text });
    const inputs = inputsOf(scope, names, node);
    const columns = node.grid.outputs.map(({ subject }) => (subject.kind === 'name' ? subject.name : ''));
    const wrong = columns.findIndex((name, index) => !outputs.has(name) || columns.indexOf(name) < index);
    if (wrong >= 0 || !columns.includes('beyond')) {
        scope.report(node.grid.outputs[Math.max(wrong, 0)], 'AX6007');
        return undefined;
    }
    if (!inputs)
        return undefined;
    const rows = node.grid.rows.flatMap(row => checkRow({ scope, names }, { row, inputs, columns }) ?? []);
    const skips = node.skips.flatMap(skip => checkSkip({ scope, names }, skip) ?? []);
    const words = node.words.flatMap(({ lexicon, act }) => knownName(scope, lexicon, scope.lexicons) === undefined ? [] : [{ lexicon: lexicon.text, act }]);
    return {
        label: node.label?.value ?? node.name.text,
        inputs: inputs.codes,
        table: {
            ...{ label: node.name.text, policy: 'any', partial: false, inputs: inputs.columns },
            ...{ outputs: [], computed: [], rows: rows.map(({ when }) => ({ when, then: [] })) },
        },
        rows: rows.map(({ row }) => row),
        skips,
        words,
        pauses: node.pauses.flatMap(pause => checkPause(scope, node, pause) ?? []),
    };
}
/** Every message must find a row: a counterexample otherwise. */
export function proveLimit(scope, blueprint, { node, limit }) {
    if (limit.rows.length !== node.grid.rows.length)
        return;
    const { gap } = analyseTable(blueprint, limit.table);
    if (gap)
        scope.report(node.name, 'AX4104', { witness: printWitness(limit.table, gap) });
}
function inputsOf(scope, names, node) {
    const inputs = node.grid.inputs.map(({ subject }) => {
        const inferred = infer({ scope, names }, subject);
        return inferred && { column: { name: pathOf(subject), type: inferred.code.type }, code: inferred.code };
    });
    if (inputs.includes(undefined))
        return undefined;
    const known = inputs.map(input => input);
    return { columns: known.map(input => input.column), codes: known.map(input => input.code) };
}
function pathOf(subject) {
    if (subject.kind === 'member')
        return `${pathOf(subject.object)}.${subject.name.text}`;
    return subject.kind === 'name' ? subject.name : '…';
}
function checkRow(place, { row, inputs, columns }) {
    const { scope } = place;
    const expected = (row.isElse ? 0 : inputs.columns.length) + columns.length;
    const actual = row.inputs.length + row.outputs.length;
    if (expected !== actual || row.outputs.length !== columns.length) {
        scope.report(row, 'AX4001', { expected: String(expected), actual: String(actual) });
        return undefined;
    }
    const when = row.inputs.map((cell, index) => checkTest(scope, cell, inputs.columns[index]));
    const cellOf = (column) => row.outputs[columns.indexOf(column)];
    const beyond = wordOf(scope, cellOf('beyond'));
    const [perDay, perWeek, perMonth] = ['per day', 'per week', 'per month'].map(column => capOf(place, cellOf(column)));
    const quiet = quietOf(scope, cellOf('quiet'));
    if (when.includes(undefined) || beyond === undefined || quiet === undefined)
        return undefined;
    return {
        when: row.isElse ? 'else' : when,
        row: { perDay: perDay ?? null, perWeek: perWeek ?? null, perMonth: perMonth ?? null, quiet, beyond },
    };
}
/** A number of messages, or a setting that holds one. */
function capOf(place, cell) {
    const [item] = cell?.items ?? [];
    if (!item)
        return null;
    return inferAs(place, item.value, { kind: 'int' })?.code ?? null;
}
function wordOf(scope, cell) {
    const [item] = cell.items;
    if (item?.value.kind !== 'name') {
        scope.report(cell, 'AX6007');
        return undefined;
    }
    const { name: text, start, end } = item.value;
    return knownName(scope, { text, start, end }, beyonds);
}
/** Null for `-`; undefined when it was reported. */
function quietOf(scope, cell) {
    const [item] = cell?.items ?? [];
    if (!item)
        return null;
    const ends = item.value.kind === 'binary' && item.value.operator === '..' ? item.value : undefined;
    const [from, to] = [ends?.left, ends?.right].map(end => {
        const literal = end && literalOf(end);
        return literal?.type.kind === 'time' ? String(literal.value).padStart(5, '0') : undefined;
    });
    if (from !== undefined && to !== undefined && from !== to)
        return { from, to };
    scope.report(cell, 'AX6003');
    return undefined;
}
function checkSkip(place, { purpose, when }) {
    const known = knownName(place.scope, purpose, purposeNames);
    const condition = inferAs(place, when, { kind: 'bool' });
    return known === undefined || !condition ? undefined : { purpose: known, when: condition.code };
}
function checkPause(scope, node, pause) {
    const names = reachNames(scope, [['complaints', { kind: 'int' }]]);
    const when = inferAs({ scope, names }, pause.when, { kind: 'bool' });
    const notify = pause.notify.flatMap(name => knownName(scope, name, new Set([...scope.roles, 'admin'])) ?? []);
    const complaints = [...scope.tickets.keys()].filter(ticket => node.skips.some(skip => names.has(`open(${ticket})`) && opens(skip.when, ticket)));
    if (complaints.length === 0)
        scope.report(pause, 'AX6005');
    return when && { when: when.code, notify, complaints };
}
/** Whether a condition asks for an open ticket of a kind. */
function opens(expression, ticket) {
    if (expression.kind === 'binary')
        return opens(expression.left, ticket) || opens(expression.right, ticket);
    if (expression.kind !== 'call')
        return false;
    const [arg] = expression.args;
    const isOpen = expression.callee.kind === 'name' && expression.callee.name === 'open';
    return isOpen && arg?.value.kind === 'name' && arg.value.name === ticket;
}
