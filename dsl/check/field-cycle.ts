import type { Blueprint, Code, FieldBlueprint } from '#core/blueprint'
import type { Type } from '#core/values'
import type { EntityNode, FormNode, LibraryNode } from '#dsl/syntax'
import { pathTo, reachable, type Edges } from './flow-graph.ts'
import { ofKind, type Placed, type Scope } from './scope.ts'
import type { Work } from './work.ts'

type Owner = FormNode | EntityNode | LibraryNode

/** INVARIANT: every evaluation ends: no field is worked out from itself, by way of records and other tickets either. */
export function proveFieldOrder({ placed, scopeOf, memory }: Work, blueprint: Blueprint): void {
  const owners: Placed<Owner>[] = [
    ...ofKind<FormNode>(placed, 'form'),
    ...ofKind<EntityNode>(placed, 'entity'),
    ...ofKind<LibraryNode>(placed, 'library'),
  ]
  if (owners.length === 0) return
  memory.recall({ step: 'order', placed: owners }, scopeOf, (...scopes) => {
    const edges = readsOf(blueprint)
    owners.forEach(({ node }, index) => proveOwner(scopes[index]!, node, edges))
  })
}

function proveOwner(scope: Scope, { kind, name, fields }: Owner, edges: Edges): void {
  for (const field of fields) {
    const key = `${kind === 'form' ? 'form' : 'ref'}:${name.text}.${field.name.text}`
    const next = edges.get(key) ?? []
    if (!reachable(next, edges).has(key)) continue
    const through = next.find(each => each === key || reachable([each], edges).has(key))!
    const path = `${key} → ${pathTo(through, key, edges)}`.replace(/(?:form|ref):/g, '')
    scope.report(field.name, 'AX3011', { name: field.name.text, path })
  }
}

/** Field to the fields it is worked out from, by `form:owner.field` or `ref:owner.field`: a form may be called like an entity. */
function readsOf(blueprint: Blueprint): Edges {
  const edges = new Map<string, string[]>()
  const add = (owner: string, type: Type, fields: Readonly<Record<string, FieldBlueprint>>) => {
    for (const [name, { computed, default: usual }] of Object.entries(fields)) {
      const codes = [computed, type.kind === 'ref' ? usual : undefined].filter(code => code !== undefined)
      edges.set(
        `${type.kind}:${owner}.${name}`,
        codes.flatMap(code => fieldsIn(blueprint, code, type)),
      )
    }
  }
  for (const [name, { fields }] of Object.entries(blueprint.entities))
    add(name, { kind: 'ref', name }, fields)
  for (const [name, { fields }] of Object.entries(blueprint.forms)) add(name, { kind: 'form', name }, fields)
  return edges
}

/** The fields a piece of code reads, `here` being whose names it knows by themselves. */
function fieldsIn(blueprint: Blueprint, code: Code, here: Type): string[] {
  const within = (part: Code | undefined, owner: Type = here) =>
    part ? fieldsIn(blueprint, part, owner) : []
  switch (code.op) {
    case 'const':
      return []
    case 'name':
      return fieldKey(blueprint, here, code.name)
    case 'member':
      return [...within(code.of), ...fieldKey(blueprint, code.of.type, code.name)]
    case 'list':
      return code.items.flatMap(item => within(item))
    case 'fold': {
      const row = 'of' in code.over.type ? code.over.type.of : here
      return [...within(code.over), ...within(code.where, row), ...within(code.value, row)]
    }
    case 'table':
    case 'apply':
      return code.args.flatMap(arg => within(arg))
  }
}

function fieldKey(blueprint: Blueprint, owner: Type, field: string): string[] {
  const name = 'name' in owner ? owner.name : ''
  const form = owner.kind === 'ticket' ? (blueprint.tickets[name]?.form ?? '') : name
  const isForm = owner.kind === 'ticket' || owner.kind === 'form'
  const fields = isForm ? blueprint.forms[form]?.fields : blueprint.entities[name]?.fields
  return fields && Object.hasOwn(fields, field) ? [`${isForm ? 'form' : 'ref'}:${form}.${field}`] : []
}
