import type {
  Blueprint,
  LimitBlueprint,
  RouteBlueprint,
  TableBlueprint,
  TicketBlueprint,
} from '#core/blueprint'
import { severityOf, type Diagnostic } from '#dsl/diagnostics'
import {
  isSheet,
  type FormNode,
  type LimitNode,
  type MigrateNode,
  type PropertyNode,
  type RouteNode,
  type ScenarioNode,
  type SopNode,
  type TableNode,
  type TableTestNode,
  type TicketNode,
} from '#dsl/syntax'
import { proveAccess } from './access-proof.ts'
import { proveRuns } from './action-proof.ts'
import { assemble } from './assemble.ts'
import { withoutConsequences } from './consequence.ts'
import { proveFieldOrder } from './field-cycle.ts'
import { proveUsed } from './dead-proof.ts'
import { proveFlow } from './flow-proof.ts'
import { proveGuards } from './guard-proof.ts'
import { proveSecrets } from './leak-proof.ts'
import { proveReach } from './send-proof.ts'
import { proveLimit } from './limit.ts'
import { reportLookAlikes } from './look-alike-names.ts'
import { checkMoneyTest, type PriceCase, type SplitCase } from './money-test.ts'
import { proveMigrate } from './migrate.ts'
import { checkProperty, type Property } from './property.ts'
import { proveSends } from './reach.ts'
import { Memory } from './recall.ts'
import { checkScenario, type Scenario } from './scenario.ts'
import { gather, ofKind, reportClashes } from './scope.ts'
import { scopesOf } from './scope-of.ts'
import { sheetsOf } from './sheet-place.ts'
import { withSheetRows } from './sheet-rows.ts'
import { syntaxFinding } from './syntax-finding.ts'
import { proveTable } from './table-proof.ts'
import { checkTableTest, type TableCase } from './table-test.ts'
import { importsOf, separate } from './used-packs.ts'
import { eachMade, eachOf, type Work } from './work.ts'

/** A test by example: of a table, a price or a settlement. */
export type PlacedCase = (TableCase | PriceCase | SplitCase) & { readonly file: string }

export interface PlacedProperty extends Property {
  readonly file: string
}

export interface PlacedScenario extends Scenario {
  readonly file: string
}

/** All that is known about a pack's text. The blueprint is complete only when no diagnostic is an error. */
export interface Checked {
  readonly diagnostics: readonly Diagnostic[]
  readonly blueprint: Blueprint
  readonly cases: readonly PlacedCase[]
  readonly scenarios: readonly PlacedScenario[]
  readonly properties: readonly PlacedProperty[]
}

type Texts = Readonly<Record<string, string>>

/** Parses and checks a pack given as texts by path, those of packs it uses behind `@name/`; never throws on text. */
export const checkPack: (texts: Texts) => Checked = createChecker()

/**
 * A checker that remembers the pack it checked last: of the same texts it has the answer, and of changed ones it checks
 * again what changed and whatever reads what that says of itself. The answer is always that of a fresh checker.
 */
export function createChecker(): (texts: Texts) => Checked {
  const memory = new Memory()
  let last: { readonly texts: Texts; readonly checked: Checked } | undefined
  return texts => {
    if (!last || !sameTexts(last.texts, texts)) last = { texts: { ...texts }, checked: check(texts, memory) }
    return last.checked
  }
}

function sameTexts(a: Texts, b: Texts): boolean {
  const paths = Object.keys(a)
  return paths.length === Object.keys(b).length && paths.every(path => a[path] === b[path])
}

function check(all: Texts, memory: Memory): Checked {
  const { own: texts, used } = separate(all)
  const files = Object.keys(texts)
    .filter(path => !isSheet(path))
    .sort()
    .map(path => memory.read(path, texts[path]!))
  memory.turn(files)
  const diagnostics: Diagnostic[] = files.flatMap(file =>
    file.parsed.faults.map(fault => syntaxFinding(file, fault)),
  )
  const written = gather(files, diagnostics)
  const imported = importsOf(written, used, diagnostics)
  reportClashes(imported, written, diagnostics)
  reportLookAlikes(written, diagnostics)
  const placed = [...imported, ...written]
  if (ofKind(placed, 'pack').length === 0)
    diagnostics.push({ code: 'AX2004', file: files[0]?.path ?? '', start: 0, end: 0, params: {} })
  const tables = new Map<string, TableBlueprint>()
  const known = placed.map(({ node, file }) => ({ node: memory.firstOf(node), file }))
  const scopeOf = scopesOf({ placed: known, texts: all, diagnostics, notebook: memory.notebook }, tables)
  const sheets = { texts: all, paths: sheetsOf(all), diagnostics }
  const full = withSheetRows(placed, scopeOf, sheets)
  const work: Work = { placed: full, written: full.slice(imported.length), scopeOf, memory, made: new Map() }
  const blueprint = assemble(work, tables)
  const noted = memory.notebook.parts('blueprint', blueprint)
  prove(work, blueprint, noted)
  // A name that is misspelt leaves another unused: that is its consequence, and no finding of its own.
  if (!diagnostics.some(found => severityOf(found) === 'error')) proveUsed(work, noted)
  const tests = testsOf(work, noted)
  const found = withoutConsequences(diagnostics, files, placed).sort(inReadingOrder)
  return { diagnostics: found, blueprint, ...tests }
}

/** What can only be seen in the whole: complete tables, sound flows. `noted` is the blueprint that notes who reads what. */
function prove(work: Work, { tables, routes, limits, tickets }: Blueprint, noted: Blueprint): void {
  proveFieldOrder(work, noted)
  eachMade<TableNode, TableBlueprint>(work, { kind: 'table', of: tables }, (node, table, recall) => {
    if (table.rows.length === node.grid.rows.length)
      recall({ step: 'rows', given: [table] }, scope => proveTable(scope, noted, { node, table }))
  })
  eachMade<RouteNode, RouteBlueprint>(work, { kind: 'route', of: routes }, (node, { table }, recall) => {
    if (table.rows.length === node.grid.rows.length)
      recall({ step: 'rows', given: [table] }, scope => proveTable(scope, noted, { node, table }))
  })
  eachMade<LimitNode, LimitBlueprint>(work, { kind: 'limit', of: limits }, (node, limit, recall) =>
    recall({ step: 'rows', given: [limit] }, scope => proveLimit(scope, noted, { node, limit })),
  )
  eachOf<SopNode>(work, 'sop', (node, recall) =>
    recall({ step: 'sends' }, scope => proveSends(scope, noted, node)),
  )
  proveReach(work, noted)
  eachOf<FormNode>(work, 'form', (node, recall) =>
    recall({ step: 'secrets' }, scope => proveSecrets(scope, noted, node)),
  )
  eachOf<MigrateNode>(work, 'migrate', (node, recall) =>
    recall({ step: 'moves' }, scope => proveMigrate(scope, noted, node)),
  )
  eachMade<TicketNode, TicketBlueprint>(work, { kind: 'ticket', of: tickets }, (node, ticket, recall) => {
    recall({ step: 'flow', given: [ticket] }, scope => proveFlow(scope, node, ticket))
    recall({ step: 'fillers', given: [ticket] }, scope => proveAccess(scope, noted, { node, ticket }))
    recall({ step: 'guards', given: [ticket] }, scope => proveGuards(scope, noted, { node, ticket }))
    recall({ step: 'runs', given: [ticket] }, scope => proveRuns(scope, noted, { node, ticket }))
  })
}

/** The tests written in the language. They hold places, so that one that has moved is checked again. */
function testsOf(work: Work, noted: Blueprint): Pick<Checked, 'cases' | 'scenarios' | 'properties'> {
  const cases = eachOf<TableTestNode, PlacedCase[]>(work, 'test', (node, recall, file) =>
    recall(
      { step: 'cases', given: [node.start] },
      scope => checkMoneyTest(scope, noted, node) ?? checkTableTest(scope, noted, node),
    ).map(found => ({ ...found, file })),
  )
  const scenarios = eachOf<ScenarioNode, PlacedScenario>(work, 'scenario', (node, recall, file) => ({
    ...recall({ step: 'story', given: [node.start] }, scope => checkScenario(scope, node)),
    file,
  }))
  const properties = eachOf<PropertyNode, PlacedProperty[]>(work, 'property', (node, recall, file) => {
    const property = recall({ step: 'law', given: [node.start] }, scope => checkProperty(scope, node))
    return property ? [{ ...property, file }] : []
  })
  return { cases: cases.flat(), scenarios, properties: properties.flat() }
}

function inReadingOrder(a: Diagnostic, b: Diagnostic): number {
  return a.file < b.file ? -1 : a.file > b.file ? 1 : a.start - b.start
}
