/** A person's roles with those they extend. */
export function effectiveRoles(blueprint, roles) {
    const all = new Set(roles);
    for (const role of all) {
        const base = blueprint.roles[role]?.extends;
        if (base)
            all.add(base);
    }
    return all;
}
/**
 * What a person may do with a field of a form. A form without an `access` block is open to staff for writing and to
 * customers for what they entered. The blueprint is the desk's newest: rights are never those of an old version.
 */
export function rightOn(newest, person, { form, field }) {
    const access = newest.access[form];
    if (!access)
        return 'write';
    const roles = person.kind === 'customer' ? ['customer'] : [...effectiveRoles(newest, person.roles)];
    const rights = roles.map(role => grantOf(access, role, field));
    return rights.includes('write') ? 'write' : rights.includes('read') ? 'read' : null;
}
/** The fields a person may see. */
export function readable(newest, person, filled) {
    return Object.fromEntries(Object.entries(filled.fields).filter(([field]) => rightOn(newest, person, { form: filled.form, field }) !== null));
}
/** The entered fields that a person may not write. */
export function forbiddenFields(newest, person, { form, fields }) {
    return Object.keys(fields).filter(field => rightOn(newest, person, { form, field }) !== 'write');
}
export function personOf(actor, roles) {
    return actor.kind === 'customer' ? { kind: 'customer' } : { kind: 'staff', roles };
}
function grantOf(access, role, field) {
    return access[role]?.[field];
}
