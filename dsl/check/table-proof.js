import { analyseTable } from '#core/table';
import { regionName } from '#core/values';
/** Proves that exactly one row answers every input (as the hit policy demands), or reports a concrete counterexample. */
export function proveTable(scope, blueprint, { node, table }) {
    const { gap, overlaps } = analyseTable(blueprint, table);
    if (gap)
        scope.report(node.name, 'AX4104', { witness: printWitness(table, gap) });
    for (const { first, second, witness } of overlaps)
        scope.report(node.grid.rows[second], 'AX4105', {
            first: String(first + 1),
            second: String(second + 1),
            witness: printWitness(table, witness),
        });
}
export function printWitness(table, witness) {
    return table.inputs
        .map(({ name, type }) => {
        const value = String(witness[name]);
        return `${name}=${type.kind === 'region' ? regionName(value) : value}`;
    })
        .join(', ');
}
