import type { LabelItem, LabelsNode } from '#dsl/syntax'
import { stationsOf } from './flow.ts'
import { knownName, type Scope } from './scope.ts'

/** Labels of one locale by qualified name; a name that the pack does not have is reported. */
export function checkLabels(scope: Scope, node: LabelsNode): [string, Record<string, string>] {
  const labels: Record<string, string> = {}
  const holders: readonly { has(name: string): boolean }[] = [
    ...[scope.enums, scope.entities, scope.roles, scope.teams, scope.skills, scope.hours, scope.forms],
    ...[scope.tickets, scope.tableInputs, scope.settings, scope.lexicons, scope.segments, scope.sops],
    ...[scope.actions, scope.prices, scope.parties],
  ]
  const declared = { has: (name: string) => holders.some(names => names.has(name)) }
  for (const item of node.items) {
    if (knownName(scope, item.name, declared) === undefined) continue
    if (item.label) labels[item.name.text] = item.label.value
    readMembers(scope, item, labels)
  }
  return [node.name.text, labels]
}

function readMembers(scope: Scope, owner: LabelItem, labels: Record<string, string>): void {
  if (owner.items.length === 0) return
  const known = membersOf(scope, owner.name.text)
  for (const item of owner.items)
    if (knownName(scope, item.name, known) !== undefined && item.label)
      labels[`${owner.name.text}.${item.name.text}`] = item.label.value
}

function membersOf(scope: Scope, name: string): Set<string> {
  const ticket = scope.tickets.get(name)
  const stations = ticket ? stationsOf(ticket).map(([station]) => station) : []
  return new Set([
    ...(scope.enums.get(name)?.values.map(value => value.name.text) ?? []),
    ...(scope.forms.get(name)?.fields.map(field => field.name.text) ?? []),
    ...(scope.entities.has(name) ? scope.members({ kind: 'ref', name }).keys() : []),
    ...stations.flatMap(station => [
      station.name.text,
      ...(station.public ? [`${station.name.text}.public`] : []),
      ...station.reactions.flatMap(reaction => reaction.events.map(event => event.text)),
      ...station.clocks.map(clock => clock.name.text),
    ]),
    ...(ticket?.clocks.map(clock => clock.name.text) ?? []),
    ...(ticket?.ends.flatMap(end => end.outcomes.map(outcome => `${end.name.text}.${outcome.name.text}`)) ??
      []),
  ])
}
