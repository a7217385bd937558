import {
  pathOf,
  type Column,
  type Declaration,
  type FieldNode,
  type Name,
  type StationNode,
} from '#dsl/syntax'
import { stationsOf } from './flow.ts'
import type { Placed, Scope } from './scope.ts'

/** Reports names that a declaration gives twice, and declarations that say again what one name may be said once about. */
export function checkOnce(placed: readonly Placed[], scopeOf: (file: string) => Scope): void {
  const said = new Set<string>()
  for (const { node, file } of placed) {
    const scope = scopeOf(file)
    for (const names of listsOf(node)) reportTwice(scope, names)
    const key = `${node.kind} ${node.name.text}`
    if (saidOnce.has(node.kind) && said.has(key)) scope.report(node.name, 'AX2001', { name: node.name.text })
    said.add(key)
  }
}

/** What speaks about a name, of which the last one would silently count. */
const saidOnce: ReadonlySet<string> = new Set(['access', 'route'])

function reportTwice(scope: Scope, names: readonly Name[]): void {
  const seen = new Set<string>()
  for (const name of names) {
    if (seen.has(name.text)) scope.report(name, 'AX2001', { name: name.text })
    seen.add(name.text)
  }
}

/** The lists of a declaration in each of which a name may stand once. */
function listsOf(node: Declaration): readonly (readonly Name[])[] {
  switch (node.kind) {
    case 'enum':
      return [node.values.map(({ name }) => name)]
    case 'table':
      return [columnsOf(node.grid.inputs), [...columnsOf(node.grid.outputs), ...namesOf(node.computed)]]
    case 'rebate':
    case 'limit':
    case 'route':
      return [columnsOf(node.grid.inputs), columnsOf(node.grid.outputs)]
    case 'entity':
      return [keysOf(node.fields), node.events]
    case 'library':
      return [namesOf(node.fields), keysOf(node.fields), node.columns]
    case 'access':
      return [node.roles, node.rows.flatMap(({ fields }) => fields)]
    case 'action':
      return [
        ...[node.inputs, node.outputs].map(namesOf),
        ...node.outputs.map(({ type }) => namesOf(type.values)),
      ]
    case 'price':
      return [namesOf(node.lines)]
    case 'ticket':
      return [
        ...[namesOf(node.clocks), namesOf(node.ends), node.entries],
        ...stationsOf(node).flatMap(([station]) => stationLists(station)),
        ...node.parallels.map(({ branches }) => namesOf(branches)),
      ]
    case 'sop':
      return [namesOf(node.steps.flatMap(step => ('name' in step ? [step] : [])))]
    case 'template':
      return [namesOf(node.parameters)]
    case 'stage':
      return [namesOf(node.stages)]
    case 'campaign':
      return [namesOf(node.arms)]
    case 'signal':
      return [namesOf(node.outputs)]
    case 'quote':
      return [namesOf(node.options)]
    case 'property':
      return [namesOf(node.variables)]
    default:
      return []
  }
}

function stationLists({ asks, clocks }: StationNode): (readonly Name[])[] {
  return [asks, namesOf(clocks)]
}

function namesOf(items: readonly { readonly name: Name }[]): Name[] {
  return items.map(({ name }) => name)
}

/** Columns that are plain names; `订单.客户.等级` is one too, by what it reads. */
function columnsOf(columns: readonly Column[]): Name[] {
  return columns.flatMap(({ subject, start, end }) => {
    const text = pathOf(subject)?.join('.')
    return text === undefined ? [] : [{ text, start, end }]
  })
}

/** A record has one key. */
function keysOf(fields: readonly FieldNode[]): Name[] {
  return fields.flatMap(({ name, isKey }) => (isKey ? [{ ...name, text: 'key' }] : []))
}
