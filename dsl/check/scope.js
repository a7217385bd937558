import { scalarKinds } from '#core/values';
/** Gathers the declarations of all files into one namespace; a name declared twice is reported at its second place. */
export function gather(files, diagnostics) {
    const seen = new Set();
    return files.flatMap(({ path, parsed }) => parsed.declarations.map(node => {
        const space = namespaceOf(node);
        const names = 'names' in node && node.kind !== 'use' ? node.names.map(item => item.name) : [node.name];
        for (const name of space ? names : []) {
            if (seen.has(`${space} ${name.text}`))
                diagnostics.push({
                    code: 'AX2001',
                    file: path,
                    start: name.start,
                    end: name.end,
                    params: { name: name.text },
                });
            seen.add(`${space} ${name.text}`);
        }
        return { node, file: path };
    }));
}
/** The name when `known` holds it; reports an unknown one. */
export function knownName(scope, name, known) {
    if (known.has(name.text))
        return name.text;
    scope.report(name, 'AX2002', { name: name.text });
    return undefined;
}
export function ofKind(placed, kind) {
    return placed.filter((entry) => entry.node.kind === kind);
}
const refersOnly = new Set(['use', 'test', 'access', 'route', 'scenario', 'labels']);
/** Types and values are two namespaces; some declarations only speak about a name that another one declares. */
function namespaceOf(node) {
    if (refersOnly.has(node.kind))
        return undefined;
    if (node.kind === 'entity')
        return node.extends ? undefined : 'type';
    if (node.kind === 'library')
        return 'type';
    return node.kind === 'enum' ? 'type' : 'value';
}
/** The type a type node means; reports an unknown one and returns undefined. */
export function resolveType(scope, node) {
    const type = typeNamed(scope, node.name.text);
    if (type)
        return type;
    const of = node.args[0] && resolveType(scope, node.args[0]);
    if ((node.name.text === 'list' || node.name.text === 'set') && of)
        return { kind: node.name.text, of };
    scope.report(node, 'AX2003', { name: node.name.text });
    return undefined;
}
export function typeNamed(scope, name) {
    if (scope.enums.has(name))
        return { kind: 'enum', name };
    if (scope.entities.has(name))
        return { kind: 'ref', name };
    return scalarKinds.has(name) ? { kind: name } : undefined;
}
