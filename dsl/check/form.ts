import type { EntityBlueprint, FieldBlueprint, FormBlueprint } from '#core/blueprint'
import { printType, type Type } from '#core/values'
import type { EntityNode, FieldNode, FormNode, Name } from '#dsl/syntax'
import { checkField, fieldTypes } from './field.ts'
import { inferAs, zoneName, type Names } from './infer.ts'
import { selfName } from './known.ts'
import { laterNamed } from './later.ts'
import { knownName, resolveType, type Scope } from './scope.ts'

/** Checks a form: its fields may read each other and the record the form is about, by the entity's name. */
export function checkForm(scope: Scope, node: FormNode): FormBlueprint {
  const subject = node.subject && subjectOf(scope, node.subject)
  const names = namesAround(scope, node, fieldTypes(scope, node.fields))
  const checks = node.checks.flatMap(({ condition, message }) => {
    const inferred = inferAs({ scope, names }, condition, { kind: 'bool' })
    return inferred ? [{ condition: inferred.code, message: message.value }] : []
  })
  return {
    label: node.label?.value ?? node.name.text,
    subject: subject ?? null,
    fields: checkFields(
      names,
      node.fields.map(field => ({ scope, node: field })),
    ),
    checks,
  }
}

/** An entity; or the form of the ticket that this one is spawned by, which nothing runs yet. */
function subjectOf(scope: Scope, name: Name): string | undefined {
  if (!scope.entities.has(name.text) && scope.forms.has(name.text)) laterNamed(scope, name, 'for')
  else return knownName(scope, name, scope.entities)
  return undefined
}

/** What an expression about a form may name: its fields, the record it is about, the customer, and the day. */
export function formNames(scope: Scope, node: FormNode): Names {
  return namesAround(scope, node, scope.members({ kind: 'form', name: node.name.text }))
}

function namesAround(scope: Scope, node: FormNode, fields: Iterable<readonly [string, Type]>): Names {
  const subject = node.subject?.text
  const names = new Map<string, Type>([
    ['customer', { kind: 'ref', name: 'customer' }],
    ['today', { kind: 'date' }],
    [selfName, { kind: 'form', name: node.name.text }],
  ])
  if (subject && scope.forms.has(subject)) names.set(subject, { kind: 'form', name: subject })
  if (subject && scope.entities.has(subject)) names.set(subject, { kind: 'ref', name: subject })
  for (const [name, type] of fields) names.set(name, type)
  return names
}

/** A declaration of an entity, or of what `extend` adds to it, with the names and findings of its file. */
export interface EntityPart {
  readonly scope: Scope
  readonly node: EntityNode
}

/** Checks an entity with whatever `extend` adds to it. */
export function checkEntity(name: string, parts: readonly EntityPart[]): EntityBlueprint {
  const fields = parts.flatMap(({ scope, node }) => node.fields.map(field => ({ scope, node: field })))
  const names: Names = new Map<string, Type>([
    [selfName, { kind: 'ref', name }],
    ...recordNames(parts[0]!.scope, name),
    ...parts[0]!.scope.members({ kind: 'ref', name }),
  ])
  for (const { scope, node } of parts)
    if (node.extends && !scope.entities.has(name)) scope.report(node.name, 'AX2002', { name })
  for (const { scope, node } of fields) checkKind(scope, node)
  return {
    label: parts.find(({ node }) => node.label)?.node.label?.value ?? name,
    key: fields.find(({ node }) => node.isKey)?.node.name.text ?? null,
    fields: checkFields(names, fields),
    events: parts.flatMap(({ node }) => node.events.map(event => event.text)),
  }
}

/** What computed fields of a record may read besides its own: the tickets about it, and a customer’s last events. */
export function recordNames(scope: Scope, entity: string): [string, Type][] {
  const tickets = scope
    .ticketsAbout(entity)
    .map((name): [string, Type] => [name, { kind: 'list', of: { kind: 'ticket', name } }])
  if (entity !== 'customer') return tickets
  const events = [...scope.events].map((event): [string, Type] => [`last(${event})`, { kind: 'int' }])
  return [...tickets, ...events, [zoneName, { kind: 'text' }]]
}

/** Reports a type there is not, and a key that is no text: records are known by text. */
function checkKind(scope: Scope, { type, isKey }: FieldNode): void {
  const resolved = resolveType(scope, type)
  if (resolved && isKey && resolved.kind !== 'text' && resolved.kind !== 'scan')
    scope.report(type, 'AX3001', { expected: 'text', actual: printType(resolved) })
}

function checkFields(
  names: Names,
  parts: readonly { readonly scope: Scope; readonly node: FieldNode }[],
): Record<string, FieldBlueprint> {
  const seen = new Set<string>()
  const fields = parts.flatMap(({ scope, node }) => {
    const name = node.name.text
    if (seen.has(name)) scope.report(node.name, 'AX2001', { name })
    seen.add(name)
    const field = checkField(scope, names, node)
    return field ? [[name, field] as const] : []
  })
  return Object.fromEntries(fields)
}
