import type { TableBlueprint } from '#core/blueprint'
import type { Type } from '#core/values'
import type { Diagnostic } from '#dsl/diagnostics'
import type { EntityNode, EnumNode, TableNode } from '#dsl/syntax'
import { fieldTypes } from './field.ts'
import { ofKind, resolveType, typeNamed, type Placed, type Scope } from './scope.ts'

/** What every desk knows of a customer, a member of staff and a store before any pack extends it. */
const builtinFields: Readonly<Record<string, readonly [string, Type][]>> = {
  customer: [
    ['id', { kind: 'text' }],
    ['name', { kind: 'text' }],
    ['region', { kind: 'region' }],
    ['退订', { kind: 'bool' }],
  ],
  staff: [
    ['id', { kind: 'text' }],
    ['name', { kind: 'text' }],
  ],
  store: [
    ['id', { kind: 'text' }],
    ['name', { kind: 'text' }],
    ['region', { kind: 'region' }],
  ],
}

/** Builds the scopes of a pack's files; `tables` fills as tables are checked and serves the answers' members. */
export function scopesOf(
  placed: readonly Placed[],
  diagnostics: Diagnostic[],
  tables: ReadonlyMap<string, TableBlueprint>,
): (file: string) => Scope {
  const enums = new Map(ofKind<EnumNode>(placed, 'enum').map(({ node }) => [node.name.text, node]))
  const entityNodes = ofKind<EntityNode>(placed, 'entity').map(({ node }) => node)
  const entities = new Set([
    ...Object.keys(builtinFields),
    ...entityNodes.filter(node => !node.extends).map(node => node.name.text),
  ])
  const silent: Scope = {
    enums,
    entities,
    tableInputs: new Map(),
    members: () => new Map(),
    report: () => {},
  }
  const tableInputs = new Map(
    ofKind<TableNode>(placed, 'table').map(({ node }) => [node.name.text, inputTypes(silent, node)] as const),
  )
  const fields = new Map(
    [...entities].map(name => {
      const declared = entityNodes.filter(node => node.name.text === name).flatMap(node => node.fields)
      return [name, new Map([...(builtinFields[name] ?? []), ...fieldTypes(silent, declared)])] as const
    }),
  )
  const members: Scope['members'] = type => {
    if (type.kind === 'ref') return fields.get(type.name) ?? new Map()
    const table = tables.get(type.name)
    return new Map(
      [...(table?.outputs ?? []), ...(table?.computed ?? [])].map(({ name, type }) => [name, type]),
    )
  }
  return file => ({
    ...{ enums, entities, tableInputs, members },
    report: ({ start, end }, code, params = {}) => diagnostics.push({ code, file, start, end, params }),
  })
}

function inputTypes(scope: Scope, node: TableNode): [string, Type][] {
  return node.grid.inputs.flatMap(({ subject, type }) => {
    const name = subject.kind === 'name' ? subject.name : ''
    const resolved = type ? resolveType(scope, type) : typeNamed(scope, name)
    return resolved ? [[name, resolved] as [string, Type]] : []
  })
}
