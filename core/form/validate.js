import { evaluate } from '#core/table';
import { compareValues, decodeValue, encodeValue } from '#core/values';
import { formFacts } from './environment.ts';
/** Everything wrong with a filled form; empty when it may be kept. */
export function validateForm(blueprint, { filled, around, demand }) {
    const form = blueprint.forms[filled.form];
    const facts = formFacts(blueprint, filled, around);
    const unknown = Object.keys(filled.fields).filter(name => !Object.hasOwn(form.fields, name));
    const problems = unknown.map((field) => ({ field, problem: 'unknown', detail: null }));
    for (const [name, field] of Object.entries(form.fields))
        problems.push(...validateField(blueprint, { name, field, json: filled.fields[name] ?? null, facts, demand }));
    if (demand.completeness === 'whole' || problems.length === 0)
        for (const { condition, message } of form.checks)
            if (namesFilled(condition, facts) && evaluate(blueprint, condition, facts) !== true)
                problems.push({ field: null, problem: 'check', detail: message });
    return problems;
}
/** Fields that are to be shown now. */
export function visibleFields(blueprint, filled, around) {
    const facts = formFacts(blueprint, filled, around);
    return Object.entries(blueprint.forms[filled.form].fields)
        .filter(([, field]) => !field.visible || evaluate(blueprint, field.visible, facts) === true)
        .map(([name]) => name);
}
/** What was entered together with the defaults of fields left empty. */
export function withDefaults(blueprint, filled, around) {
    const fields = { ...filled.fields };
    for (const [name, field] of Object.entries(blueprint.forms[filled.form].fields)) {
        if (!field.default || (fields[name] ?? null) !== null)
            continue;
        const value = evaluate(blueprint, field.default, formFacts(blueprint, { ...filled, fields }, around));
        if (value !== null)
            fields[name] = encodeValue(value);
    }
    return fields;
}
function validateField(blueprint, at) {
    const { name, field, json, facts, demand } = at;
    const problem = (problem, detail = null) => [
        { field: name, problem, detail },
    ];
    if (field.computed)
        return json === null ? [] : problem('computed');
    const holds = (code) => !!code && evaluate(blueprint, code, facts) === true;
    if (field.visible && !holds(field.visible))
        return [];
    if (json === null || json === '') {
        const required = demand.completeness === 'whole' && !field.at && holds(field.required);
        return required || demand.asked.includes(name) ? problem('required') : [];
    }
    if (!fitsType(blueprint, field, json))
        return problem('type');
    const size = sizeOf(json);
    if (field.size && (size < field.size.min || size > field.size.max))
        return problem('size', `${field.size.min}..${field.size.max}`);
    return boundProblem(blueprint, at) ?? [];
}
function fitsType(blueprint, { type }, json) {
    if (type.kind === 'list')
        return (Array.isArray(json) && json.every(item => fitsType(blueprint, { type: type.of }, item)));
    if (type.kind === 'ref' && typeof json === 'object')
        return fitsEntity(blueprint, type.name, json);
    if (decodeValue(json, type) === undefined)
        return false;
    if (type.kind === 'enum')
        return Object.hasOwn(blueprint.enums[type.name].values, json);
    if (type.kind === 'date')
        return /^\d{4}-\d{2}-\d{2}$/.test(json);
    return type.kind === 'time' ? /^\d{2}:\d{2}$/.test(json) : true;
}
/** A row written in place: every field known and of its type. */
function fitsEntity(blueprint, entity, json) {
    const fields = blueprint.entities[entity]?.fields ?? {};
    if (json === null || typeof json !== 'object' || Array.isArray(json))
        return false;
    return Object.entries(json).every(([name, value]) => {
        const field = Object.hasOwn(fields, name) ? fields[name] : undefined;
        return (field !== undefined &&
            !field.computed &&
            (value === null || fitsType(blueprint, field, value)));
    });
}
function sizeOf(json) {
    if (typeof json === 'string')
        return [...json].length;
    return Array.isArray(json) ? json.length : 0;
}
function boundProblem(blueprint, { name, field, facts }) {
    const value = facts[name] ?? null;
    const min = field.min ? evaluate(blueprint, field.min, facts) : null;
    const max = field.max ? evaluate(blueprint, field.max, facts) : null;
    if (min !== null && compareValues(value, min) < 0)
        return [{ field: name, problem: 'below', detail: String(encodeValue(min)) }];
    const over = max === null ? -1 : compareValues(value, max);
    return over > 0 || (over === 0 && field.maxOpen)
        ? [{ field: name, problem: 'above', detail: String(encodeValue(max)) }]
        : undefined;
}
/** A check about fields that nobody has filled yet says nothing. */
function namesFilled(code, facts) {
    if (code.op === 'name')
        return (facts[code.name] ?? null) !== null;
    if (code.op === 'member')
        return namesFilled(code.of, facts);
    if (code.op === 'apply' || code.op === 'table')
        return code.args.every(arg => namesFilled(arg, facts));
    return code.op === 'list' ? code.items.every(item => namesFilled(item, facts)) : true;
}
