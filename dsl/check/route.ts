import type { CellTest, ColumnBlueprint, RouteBlueprint, RowBlueprint, TableBlueprint } from '#core/blueprint'
import type { Code } from '#core/blueprint'
import type { JsonValue } from '#core/values'
import { writtenPath, type Cell, type Column, type Name, type RouteNode, type Row } from '#dsl/syntax'
import { checkSpan } from './span.ts'
import { formNames } from './form.ts'
import { infer, inferAs, type Names } from './infer.ts'
import { reportLater } from './later.ts'
import { checkTest } from './table.ts'
import { knownName, type Scope } from './scope.ts'

const picks: ReadonlySet<string> = new Set(['least_loaded', 'longest_idle', 'round_robin', 'weight'])
const kept: ReadonlySet<string> = new Set(['same_assignee'])
const policies: ReadonlySet<string> = new Set(['unique', 'first', 'any'])

/** Checks where the tickets of one node go: a table from the ticket's names to a team and a skill. */
export function checkRoute(scope: Scope, node: RouteNode): RouteBlueprint | undefined {
  const names = routeNames(scope, node.name)
  if (!names) return undefined
  if (node.policy) knownName(scope, node.policy, policies)
  const inputs = node.grid.inputs.map(column => inputOf({ scope, names }, column))
  const outputs = node.grid.outputs.map(column => outputColumn(scope, column))
  if (inputs.includes(undefined) || outputs.includes(undefined)) return undefined
  const columns = inputs as { column: ColumnBlueprint; code: Code }[]
  const table: TableBlueprint = {
    label: node.name.text,
    policy: (node.policy?.text ?? 'unique') as TableBlueprint['policy'],
    partial: false,
    inputs: columns.map(input => input.column),
    outputs: outputs as ColumnBlueprint[],
    rows: node.grid.rows.flatMap(
      row => checkRow(scope, columns, { row, outputs: outputs as ColumnBlueprint[] }) ?? [],
    ),
    computed: [],
  }
  for (const filter of node.filters) {
    reportLater(scope, filter, { word: 'filter', name: 'filter' })
    inferAs({ scope, names: withStaff(names) }, filter, { kind: 'bool' })
  }
  for (const { by, ...at } of node.scores) {
    reportLater(scope, at, { word: 'score', name: 'score' })
    infer({ scope, names: withStaff(names) }, by)
  }
  if (node.cap !== undefined && node.cap < 1) scope.report(node.name, 'AX5013', { name: node.name.text })
  for (const pick of node.picks) knownName(scope, pick, picks)
  if (node.keep) knownName(scope, node.keep.what, kept)
  const place = { scope, names }
  const team = node.after?.target?.name && knownName(scope, node.after.target.name, scope.teams)
  return {
    inputs: columns.map(input => input.code),
    table,
    picks: node.picks.map(pick => pick.text),
    cap: node.cap ?? null,
    after: node.after?.moment && team ? { span: checkSpan(place, node.after.moment), team } : null,
    keep: node.keep ? checkSpan(place, node.keep.within) : null,
  }
}

function withStaff(names: Names): Names {
  return new Map([...names, ['staff', { kind: 'ref', name: 'staff' }]])
}

/** `ticket.node` names the form whose fields the columns read. */
function routeNames(scope: Scope, name: Name): Names | undefined {
  const [ticketName = '', nodeName = ''] = name.text.split('.')
  const ticket = scope.tickets.get(ticketName)
  const form = ticket && scope.forms.get(ticket.form.text)
  const stations = ticket
    ? [
        ...ticket.nodes,
        ...ticket.parallels.flatMap(parallel => parallel.branches.flatMap(branch => branch.nodes)),
      ]
    : []
  if (form && stations.some(station => station.name.text === nodeName)) return formNames(scope, form)
  scope.report(name, 'AX2002', { name: name.text })
  return undefined
}

function inputOf(
  place: { scope: Scope; names: Names },
  { subject }: Column,
): { column: ColumnBlueprint; code: Code } | undefined {
  const inferred = infer(place, subject)
  return inferred && { column: { name: writtenPath(subject), type: inferred.code.type }, code: inferred.code }
}

function outputColumn(scope: Scope, column: Column): ColumnBlueprint | undefined {
  const name = writtenPath(column.subject)
  if (name === 'team' || name === 'skill') return { name, type: { kind: 'text' } }
  scope.report(column, 'AX2002', { name })
  return undefined
}

function checkRow(
  scope: Scope,
  inputs: readonly { column: ColumnBlueprint }[],
  { row, outputs }: { row: Row; outputs: readonly ColumnBlueprint[] },
): RowBlueprint | undefined {
  const expected = (row.isElse ? 0 : inputs.length) + outputs.length
  const actual = row.inputs.length + row.outputs.length
  if (expected !== actual || row.outputs.length !== outputs.length) {
    scope.report(row, 'AX4001', { expected: String(expected), actual: String(actual) })
    return undefined
  }
  const when = row.inputs.map((cell, index) => checkTest(scope, cell, inputs[index]!.column))
  const then = row.outputs.map((cell, index) => nameCell(scope, cell, outputs[index]!.name))
  if (when.includes(undefined) || then.includes(undefined)) return undefined
  return { when: row.isElse ? 'else' : (when as (CellTest | null)[]), then: then as JsonValue[] }
}

/** A team or a skill, or nothing. */
function nameCell(scope: Scope, cell: Cell, output: string): JsonValue | undefined {
  const [item] = cell.items
  if (!item) return null
  if (item.value.kind !== 'name') {
    scope.report(cell, 'AX4005')
    return undefined
  }
  const { name: text, start, end } = item.value
  return knownName(scope, { text, start, end }, output === 'team' ? scope.teams : scope.skills)
}
