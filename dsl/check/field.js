import { printType } from '#core/values';
import { infer, inferAs } from './infer.ts';
import { literalOf } from './literal.ts';
import { resolveType } from './scope.ts';
const always = { op: 'const', type: { kind: 'bool' }, value: true };
const bool = { kind: 'bool' };
/** Checks one field of a form or entity against the names it may read; undefined when its type is unknown. */
export function checkField(scope, names, node) {
    const type = names.get(node.name.text);
    if (!type)
        return undefined;
    const field = { label: node.label?.value ?? node.name.text, type, optional: node.type.optional };
    if (node.type.size)
        readSize(scope, node.type.size, field);
    for (const clause of node.clauses)
        readClause(scope, names, { clause, field });
    if (node.value)
        readComputed(scope, names, { node, value: node.value, field });
    return field;
}
/** The types of fields by name, before any of their clauses is looked at, so that fields may read each other. */
export function fieldTypes(scope, nodes) {
    return nodes.flatMap(node => {
        const type = resolveType(scope, node.type);
        return type ? [[node.name.text, type]] : [];
    });
}
function readClause(scope, names, at) {
    const { clause, field } = at;
    const as = (expression, wanted) => inferAs({ scope, names }, expression, wanted)?.code;
    if (clause.kind === 'help')
        field.help = clause.text.value;
    else if (clause.kind === 'at')
        field.at = clause.node.text;
    else if (clause.kind === 'required')
        set(field, 'required', clause.when ? as(clause.when, bool) : always);
    else if (clause.kind === 'visible')
        set(field, 'visible', as(clause.value, bool));
    else if (clause.kind === 'default')
        set(field, 'default', as(clause.value, field.type));
    else if (clause.kind === 'max')
        readSize(scope, clause.value, field);
    else
        readBounds(scope, names, { value: clause.value, field });
}
function set(field, key, code) {
    if (code)
        field[key] = code;
}
function readBounds(scope, names, { value, field }) {
    if (value.kind !== 'binary' || (value.operator !== '..' && value.operator !== '..<')) {
        scope.report(value, 'AX3005');
        return;
    }
    set(field, 'min', inferAs({ scope, names }, value.left, field.type)?.code);
    set(field, 'max', inferAs({ scope, names }, value.right, field.type)?.code);
    if (value.operator === '..<')
        field.maxOpen = true;
}
/** `max 500` of a text, `photo[1..6]`. */
function readSize(scope, value, field) {
    const range = value.kind === 'binary' && value.operator === '..' ? [value.left, value.right] : [undefined, value];
    const [min = 0, max] = range.map(end => (end ? wholeNumber(end) : 0));
    if (min === undefined || max === undefined)
        scope.report(value, 'AX3005');
    else
        field.size = { min, max };
}
function wholeNumber(expression) {
    const literal = literalOf(expression);
    return literal?.type.kind === 'int' ? literal.value : undefined;
}
function readComputed(scope, names, { node, value, field }) {
    const inferred = infer({ scope, names, wanted: field.type }, value);
    if (!inferred)
        return;
    const { type } = inferred.code;
    if (printType(type) !== printType(field.type)) {
        scope.report(value, 'AX3001', { expected: printType(field.type), actual: printType(type) });
        return;
    }
    field.computed = inferred.code;
    const rounding = node.rounding && readRounding(scope, node.rounding, type);
    if (rounding)
        field.rounding = rounding;
    else if (!node.rounding)
        requireExact(scope, { span: node, name: node.name.text, type, exact: inferred.exact });
}
/** Reads `round half_up ¥0.01`; reports an unknown mode or a step of another type. */
export function readRounding(scope, node, type) {
    const mode = node.mode.text;
    const step = literalOf(node.step);
    if (!isRoundingMode(mode))
        scope.report(node.mode, 'AX3006', { name: mode });
    else if (step?.type.kind !== type.kind)
        scope.report(node.step, 'AX3001', {
            expected: printType(type),
            actual: step ? printType(step.type) : '…',
        });
    else
        return { mode, step: String(step.value) };
    return undefined;
}
function isRoundingMode(text) {
    return ['half_up', 'half_even', 'down', 'up'].includes(text);
}
/** Money that was multiplied must be rounded before anybody sees it. */
export function requireExact(scope, found) {
    if (found.type.kind === 'money' && !found.exact)
        scope.report(found.span, 'AX3003', { name: found.name });
}
