import { applyRounding, evaluate } from '#core/table';
import { decodeValue } from '#core/values';
/** The names an expression about a form may read; computed fields are worked out when they are first read. */
export function formFacts(blueprint, filled, around) {
    const form = blueprint.forms[filled.form];
    const facts = settingFacts(blueprint, around);
    if (filled.customer !== null)
        define(facts, 'customer', () => record('customer', filled.customer));
    if (form.subject && filled.subject !== null)
        define(facts, form.subject, () => record(form.subject, filled.subject));
    const record = (entity, key) => readRecord(blueprint, around, { entity, key });
    for (const [name, field] of Object.entries(form.fields))
        define(facts, name, () => field.computed
            ? applyRounding(evaluate(blueprint, field.computed, facts), field.rounding)
            : read(blueprint, around, { field, json: filled.fields[name] }));
    return facts;
}
/** The fields of a form or ticket as a record, so that `退款.实退` reads them. */
export function formRecord(blueprint, filled, around) {
    return { entity: filled.form, key: null, fields: formFacts(blueprint, filled, around) };
}
/** A record with its computed fields; fields nobody filled have their default. */
export function readRecord(blueprint, around, { entity, key }) {
    const json = around.records[entity]?.[key] ?? blueprint.library[entity]?.[key];
    return { entity, key, fields: recordFacts(blueprint, around, { entity, json: json ?? {} }) };
}
/** A record that stands inside another, such as a row of a list. */
function inlineRecord(blueprint, around, { entity, json }) {
    return { entity, key: null, fields: recordFacts(blueprint, around, { entity, json }) };
}
function recordFacts(blueprint, around, { entity, json }) {
    const facts = Object.create(settingFacts(blueprint, around));
    for (const [name, field] of Object.entries(blueprint.entities[entity]?.fields ?? {}))
        define(facts, name, () => {
            if (field.computed)
                return applyRounding(evaluate(blueprint, field.computed, facts), field.rounding);
            const value = read(blueprint, around, { field, json: json[name] });
            return value === null && field.default ? evaluate(blueprint, field.default, facts) : value;
        });
    return facts;
}
/** The tenant's settings by name, declared defaults where none was chosen. */
export function settingFacts(blueprint, around) {
    return Object.fromEntries(Object.entries(blueprint.settings).map(([name, setting]) => [
        name,
        decodeValue(around.settings[name] ?? setting.default, setting.type) ?? null,
    ]));
}
function read(blueprint, around, { field, json }) {
    return json === undefined || json === null ? null : decode(blueprint, around, { type: field.type, json });
}
function decode(blueprint, around, { type, json }) {
    if (type.kind === 'ref' && typeof json === 'string')
        return readRecord(blueprint, around, { entity: type.name, key: json });
    if (type.kind === 'ref' && typeof json === 'object' && json !== null && !Array.isArray(json))
        return inlineRecord(blueprint, around, { entity: type.name, json: json });
    if (type.kind === 'list' && Array.isArray(json))
        return json.map(item => decode(blueprint, around, { type: type.of, json: item }));
    return decodeValue(json, type) ?? null;
}
/** Defines a name that is worked out once, when it is first read. */
function define(facts, name, work) {
    Object.defineProperty(facts, name, {
        enumerable: true,
        configurable: true,
        get: () => {
            const value = work();
            Object.defineProperty(facts, name, { enumerable: true, configurable: true, value });
            return value;
        },
    });
}
