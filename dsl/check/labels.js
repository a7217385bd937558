import { stationsOf } from './flow.ts';
import { knownName } from './scope.ts';
/** Labels of one locale by qualified name; a name that the pack does not have is reported. */
export function checkLabels(scope, node) {
    const labels = {};
    const declared = new Set([
        ...[...scope.enums.keys(), ...scope.entities, ...scope.roles, ...scope.teams, ...scope.skills],
        ...[...scope.hours, ...scope.forms.keys(), ...scope.tickets.keys(), ...scope.tableInputs.keys()],
        ...[...scope.settings.keys(), ...scope.lexicons.keys(), ...scope.segments, ...scope.sops],
    ]);
    for (const item of node.items) {
        if (knownName(scope, item.name, declared) === undefined)
            continue;
        if (item.label)
            labels[item.name.text] = item.label.value;
        readMembers(scope, item, labels);
    }
    return [node.name.text, labels];
}
function readMembers(scope, owner, labels) {
    const known = membersOf(scope, owner.name.text);
    for (const item of owner.items)
        if (knownName(scope, item.name, known) !== undefined && item.label)
            labels[`${owner.name.text}.${item.name.text}`] = item.label.value;
}
function membersOf(scope, name) {
    const ticket = scope.tickets.get(name);
    const stations = ticket ? stationsOf(ticket).map(([station]) => station) : [];
    return new Set([
        ...(scope.enums.get(name)?.values.map(value => value.name.text) ?? []),
        ...(scope.forms.get(name)?.fields.map(field => field.name.text) ?? []),
        ...(scope.entities.has(name) ? scope.members({ kind: 'ref', name }).keys() : []),
        ...stations.flatMap(station => [
            station.name.text,
            ...station.reactions.flatMap(reaction => reaction.events.map(event => event.text)),
            ...station.clocks.map(clock => clock.name.text),
        ]),
        ...(ticket?.clocks.map(clock => clock.name.text) ?? []),
        ...(ticket?.ends.flatMap(end => end.outcomes.map(outcome => `${end.name.text}.${outcome.name.text}`)) ??
            []),
    ]);
}
