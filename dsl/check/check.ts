import type {
  Blueprint,
  EntityBlueprint,
  EnumBlueprint,
  PackBlueprint,
  TableBlueprint,
} from '#core/blueprint'
import type { Diagnostic } from '#dsl/diagnostics'
import {
  parse,
  type EntityNode,
  type EnumNode,
  type FormNode,
  type PackNode,
  type SyntaxFault,
  type TableNode,
} from '#dsl/syntax'
import { checkEntity, checkForm } from './form.ts'
import { scopesOf } from './scope-of.ts'
import { gather, ofKind, type Placed, type Scope, type SourceFile } from './scope.ts'
import { proveTable } from './table-proof.ts'
import { checkTable } from './table.ts'
import { checkTableTest, type TableCase } from './table-test.ts'

export interface PlacedCase extends TableCase {
  readonly file: string
}

/** All that is known about a pack's text. The blueprint is complete only when no diagnostic is an error. */
export interface Checked {
  readonly diagnostics: readonly Diagnostic[]
  readonly blueprint: Blueprint
  readonly cases: readonly PlacedCase[]
}

/** Parses and checks a pack given as texts by path; never throws on text. */
export function checkPack(texts: Readonly<Record<string, string>>): Checked {
  const files = Object.keys(texts)
    .sort()
    .map(path => ({ path, parsed: parse(texts[path]!) }))
  const diagnostics: Diagnostic[] = files.flatMap(file =>
    file.parsed.faults.map(fault => syntaxFinding(file, fault)),
  )
  const placed = gather(files, diagnostics)
  const tables = new Map<string, TableBlueprint>()
  const scopeOf = scopesOf(placed, diagnostics, tables)
  const pack = ofKind<PackNode>(placed, 'pack')[0]
  if (!pack) diagnostics.push({ code: 'AX2004', file: files[0]?.path ?? '', start: 0, end: 0, params: {} })
  for (const { node, file } of placed) reportLater(scopeOf(file), node)
  for (const { node, file } of ofKind<TableNode>(placed, 'table')) {
    const table = checkTable(scopeOf(file), node)
    if (table) tables.set(node.name.text, table)
  }
  const blueprint: Blueprint = {
    formatVersion: 1,
    pack: packOf(pack?.node),
    enums: byName(ofKind<EnumNode>(placed, 'enum').map(({ node }) => [node.name.text, enumOf(node)])),
    entities: byName(entitiesOf(placed, scopeOf)),
    forms: byName(
      ofKind<FormNode>(placed, 'form').map(({ node, file }) => [
        node.name.text,
        checkForm(scopeOf(file), node),
      ]),
    ),
    tables: byName([...tables]),
  }
  for (const { node, file } of ofKind<TableNode>(placed, 'table')) {
    const table = blueprint.tables[node.name.text]
    if (table && table.rows.length === node.grid.rows.length)
      proveTable(scopeOf(file), blueprint, { node, table })
  }
  const cases = placed.flatMap(({ node, file }) =>
    node.kind === 'test' ? checkTableTest(scopeOf(file), blueprint, node).map(c => ({ ...c, file })) : [],
  )
  return { diagnostics: diagnostics.sort(inReadingOrder), blueprint, cases }
}

const laterKinds: ReadonlySet<string> = new Set(['hours', 'access', 'ticket', 'route'])

/** INVARIANT: a declaration that nothing runs yet is said to be one, never passed over in silence. */
function reportLater(scope: Scope, node: Placed['node']): void {
  const word = node.kind === 'other' ? node.word.text : laterKinds.has(node.kind) ? node.kind : undefined
  if (word) scope.report(node.name, 'AX9001', { word, name: node.name.text })
}

function entitiesOf(
  placed: readonly Placed[],
  scopeOf: (file: string) => Scope,
): [string, EntityBlueprint][] {
  const nodes = ofKind<EntityNode>(placed, 'entity')
  return [...new Set(nodes.map(({ node }) => node.name.text))].map(name => {
    const own = nodes.filter(({ node }) => node.name.text === name)
    return [
      name,
      checkEntity(
        scopeOf(own[0]!.file),
        name,
        own.map(({ node }) => node),
      ),
    ]
  })
}

function byName<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries(entries)
}

function syntaxFinding(file: SourceFile, fault: SyntaxFault): Diagnostic {
  const codes = {
    unexpected: fault.found === '' ? 'AX1002' : 'AX1001',
    'unclosed-text': 'AX1003',
    'unknown-character': 'AX1004',
  } as const
  const found = fault.found === '\n' ? '⏎' : fault.found
  return { code: codes[fault.kind], file: file.path, start: fault.start, end: fault.end, params: { found } }
}

function inReadingOrder(a: Diagnostic, b: Diagnostic): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.start - b.start
}

function packOf(node: PackNode | undefined): PackBlueprint {
  return {
    name: node?.name.text ?? '',
    label: node?.label?.value ?? '',
    version: node?.version ?? 0,
    locales: node?.locales.map(locale => locale.text) ?? [],
    currency: node?.currency?.text ?? 'CNY',
    zone: node?.zone?.value ?? 'Asia/Shanghai',
  }
}

function enumOf(node: EnumNode): EnumBlueprint {
  return {
    label: node.label?.value ?? node.name.text,
    ordered: node.ordered,
    values: Object.fromEntries(node.values.map(({ name, label }) => [name.text, label?.value ?? name.text])),
  }
}
