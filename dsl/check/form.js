import { checkField, fieldTypes } from './field.ts';
import { inferAs } from './infer.ts';
import { knownName } from './scope.ts';
/** Checks a form: its fields may read each other and the record the form is about, by the entity's name. */
export function checkForm(scope, node) {
    const subject = node.subject && knownName(scope, node.subject, scope.entities);
    const names = formNames(scope, node);
    const checks = node.checks.flatMap(({ condition, message }) => {
        const inferred = inferAs({ scope, names }, condition, { kind: 'bool' });
        return inferred ? [{ condition: inferred.code, message: message.value }] : [];
    });
    return {
        label: node.label?.value ?? node.name.text,
        subject: subject ?? null,
        fields: checkFields(scope, names, node.fields),
        checks,
    };
}
/** What an expression about a form may name: its fields, the record it is about, and the customer. */
export function formNames(scope, node) {
    const subject = node.subject?.text;
    const names = new Map([['customer', { kind: 'ref', name: 'customer' }]]);
    if (subject && scope.entities.has(subject))
        names.set(subject, { kind: 'ref', name: subject });
    for (const [name, type] of fieldTypes(scope, node.fields))
        names.set(name, type);
    return names;
}
/** Checks an entity with whatever `extend` adds to it. */
export function checkEntity(scope, name, nodes) {
    const fields = nodes.flatMap(node => node.fields);
    const names = scope.members({ kind: 'ref', name });
    const key = fields.find(field => field.isKey);
    return {
        label: nodes.find(node => node.label)?.label?.value ?? name,
        key: key?.name.text ?? null,
        fields: checkFields(scope, names, fields),
        events: nodes.flatMap(node => node.events.map(event => event.text)),
    };
}
function checkFields(scope, names, nodes) {
    const seen = new Set();
    const fields = nodes.flatMap(node => {
        const name = node.name.text;
        if (seen.has(name))
            scope.report(node.name, 'AX2001', { name });
        seen.add(name);
        const field = checkField(scope, names, node);
        return field ? [[name, field]] : [];
    });
    return Object.fromEntries(fields);
}
