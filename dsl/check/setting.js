import { constantOf } from './literal.ts';
import { resolveType } from './scope.ts';
/** Checks one knob of the tenant: typed, with a default, bounded where `in` says so; undefined when its type is unknown. */
export function checkSetting(scope, node) {
    const type = resolveType(scope, node.type);
    if (!type)
        return undefined;
    const value = node.default ? constantOf(scope, node.default, type) : null;
    const [min, max] = boundsOf(scope, node.bounds, type);
    return {
        label: node.label?.value ?? node.name.text,
        type,
        default: value ?? null,
        ...(min !== undefined && { min }),
        ...(max !== undefined && { max }),
        ...(node.help && { help: node.help.value }),
    };
}
function boundsOf(scope, bounds, type) {
    if (!bounds)
        return [];
    if (bounds.kind === 'binary' && bounds.operator === '..')
        return [constantOf(scope, bounds.left, type), constantOf(scope, bounds.right, type)];
    scope.report(bounds, 'AX3005');
    return [];
}
