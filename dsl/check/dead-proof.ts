import type { Blueprint } from '#core/blueprint'
import { holds, solve } from '#core/condition'
import type { Declaration, DeclarationKind, FormNode, Name } from '#dsl/syntax'
import { aboutForm } from './about-form.ts'
import { machineEntries, writersOf } from './fillers.ts'
import { mentionsIn } from './mentions.ts'
import { namesOf, ofKind, type Placed, type Scope } from './scope.ts'
import type { Work } from './work.ts'

/** What is there for something else alone. A limit holds by itself, a library's rows are a tenant's to read and add to. */
const serving: ReadonlySet<DeclarationKind> = new Set<DeclarationKind>([
  ...(['role', 'team', 'skill', 'party', 'lexicon', 'template'] as const),
  ...(['table', 'segment', 'hours', 'action', 'setting'] as const),
])
/** What does something: a pack without any of it is made for others, and what nothing here uses they may. */
const acting: ReadonlySet<DeclarationKind> = new Set<DeclarationKind>([
  ...(['ticket', 'sop', 'limit', 'campaign', 'settle', 'price'] as const),
  ...(['alert', 'board', 'rebate', 'quote', 'classify'] as const),
])

/**
 * Finds what nothing can reach or use: names that nothing mentions, fields that nobody can fill and fields that are never
 * shown. A mention anywhere, in a test or a label too, is a use; so is `open`. The blueprint notes who reads what.
 */
export function proveUsed({ placed, scopeOf, memory }: Work, blueprint: Blueprint): void {
  // What a used pack brings in is that pack's business; it stands in files behind `@name/`.
  const own = placed.filter(({ file }) => !file.startsWith('@'))
  if (own.some(({ node }) => acting.has(node.kind))) proveMentioned(own, scopeOf, memory)
  for (const entry of ofKind<FormNode>(own, 'form')) {
    const { node, file } = entry
    proveFillable(scopeOf(file), blueprint, { node, placed: own })
    memory.recall({ step: 'shown', placed: [entry] }, scopeOf, scope => proveShown(scope!, blueprint, node))
  }
}

function proveMentioned(
  own: readonly Placed[],
  scopeOf: (file: string) => Scope,
  memory: Work['memory'],
): void {
  const candidates = own.flatMap(({ node, file }) =>
    serving.has(node.kind) && node.point !== 'open'
      ? namesOf(node).map(name => ({ kind: node.kind, name, file }))
      : [],
  )
  if (candidates.length === 0) return
  const mentioned = new Set<string>()
  for (const { node } of own) {
    const first = memory.firstOf(node)
    for (const word of mentionsIn(first, serving.has(first.kind) ? namesOf(first) : [])) mentioned.add(word)
  }
  for (const { kind, name, file } of candidates)
    if (!mentioned.has(lastPart(name.text))) scopeOf(file).report(name, 'AX5030', { kind, name: name.text })
}

/** `erp.退款` is called as a path, of which the last name is its own. */
function lastPart(name: string): string {
  return name.slice(name.lastIndexOf('.') + 1)
}

/** A field of a form with rights that nobody has for writing, and that nothing fills by itself. */
function proveFillable(
  scope: Scope,
  blueprint: Blueprint,
  { node, placed }: { node: FormNode; placed: readonly Placed[] },
): void {
  const form = node.name.text
  const tickets = scope.ticketsOn(form).flatMap(name => blueprint.tickets[name] ?? [])
  const isByMachine = tickets.some(({ entries }) => entries.some(entry => machineEntries.has(entry)))
  if (!blueprint.access[form] || tickets.length === 0 || isByMachine) return
  for (const { name } of node.fields) {
    const field = blueprint.forms[form]?.fields[name.text]
    if (!field || field.computed || field.default) continue
    const mayFill = writersOf(blueprint, form, name.text).length > 0
    if (!mayFill && !isMade(placed, name.text)) scope.report(name, 'AX5031', { name: name.text })
  }
}

/** Whether something other than a test makes a record with such a field. */
function isMade(placed: readonly Placed[], field: string): boolean {
  const entries = (tree: unknown): boolean => {
    if (typeof tree !== 'object' || tree === null) return false
    if ('kind' in tree && tree.kind === 'record') {
      const record = tree as unknown as { readonly entries: readonly { readonly name: Name }[] }
      if (record.entries.some(({ name }) => name.text === field)) return true
    }
    return Object.values(tree).some(entries)
  }
  return placed.some(({ node }) => !testing.has(node.kind) && entries(node))
}

const testing: ReadonlySet<Declaration['kind']> = new Set<Declaration['kind']>([
  'test',
  'scenario',
  'property',
])

function proveShown(scope: Scope, blueprint: Blueprint, node: FormNode): void {
  const form = node.name.text
  const [opened] = scope.ticketsOn(form)
  const ticket = opened === undefined ? undefined : blueprint.tickets[opened]
  for (const { name, clauses } of node.fields) {
    const visible = blueprint.forms[form]?.fields[name.text]?.visible
    const written = clauses.find(clause => clause.kind === 'visible')
    if (!ticket || !visible || visible.op === 'const' || written?.kind !== 'visible') continue
    if (solve(blueprint, holds(visible), aboutForm(blueprint, ticket, '')).can !== 'never') continue
    const condition = scope.textOf(written.value).replace(/\s+/g, ' ').trim()
    scope.report(name, 'AX5032', { name: name.text, condition })
  }
}
