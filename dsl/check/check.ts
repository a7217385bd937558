import type {
  Blueprint,
  Code,
  EntityBlueprint,
  EnumBlueprint,
  PackBlueprint,
  RoleBlueprint,
  TableBlueprint,
} from '#core/blueprint'
import type { Type } from '#core/values'
import type { Diagnostic } from '#dsl/diagnostics'
import {
  parse,
  type Declaration,
  type EntityNode,
  type EnumNode,
  type FormNode,
  type LabelsNode,
  type LibraryNode,
  type LimitNode,
  type NamesNode,
  type OverlayNode,
  type PackNode,
  type PropertyNode,
  type RouteNode,
  type ScenarioNode,
  type SopNode,
  type SyntaxFault,
  type TableNode,
  type TicketNode,
} from '#dsl/syntax'
import { checkAccess } from './access.ts'
import { proveAccess } from './access-proof.ts'
import { checkAction } from './action.ts'
import { checkDeclared } from './declared.ts'
import { checkTicket } from './flow.ts'
import { proveFieldOrder } from './field-cycle.ts'
import { proveFlow } from './flow-proof.ts'
import { checkEntity, checkForm } from './form.ts'
import { withoutConsequences } from './consequence.ts'
import { checkHours } from './hours.ts'
import { checkLabels } from './labels.ts'
import { checkLibraryRows, entityOf } from './library.ts'
import { checkMoneyTest, type PriceCase, type SplitCase } from './money-test.ts'
import { checkMigrate } from './migrate.ts'
import { checkOnce } from './once.ts'
import { checkPrice } from './price.ts'
import { checkOverlay, proveOverlays } from './offer.ts'
import { checkStage } from './stage.ts'
import { checkWithoutEngine } from './without-engine.ts'
import { checkLimit, proveLimit } from './limit.ts'
import { checkLexicon, checkSegment, proveSends } from './reach.ts'
import { checkProperty, type Property } from './property.ts'
import { checkRoute } from './route.ts'
import { checkSettle } from './settle.ts'
import { checkScenario, type Scenario } from './scenario.ts'
import { builtinEvents, builtinFields, scopesOf } from './scope-of.ts'
import {
  gather,
  reportClashes,
  knownName,
  ofKind,
  type Placed,
  type Scope,
  type SourceFile,
} from './scope.ts'
import { checkSetting } from './setting.ts'
import { checkSop } from './sop.ts'
import { importsOf, separate } from './used-packs.ts'
import { syntaxFinding } from './syntax-finding.ts'
import { proveTable } from './table-proof.ts'
import { checkTable } from './table.ts'
import { checkTableTest, type TableCase } from './table-test.ts'

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

/** Parses and checks a pack given as texts by path, those of packs it uses behind `@name/`; never throws on text. */
export function checkPack(texts: Readonly<Record<string, string>>): Checked {
  if (!last || !sameTexts(last.texts, texts)) last = { texts: { ...texts }, checked: check(texts) }
  return last.checked
}

/** The pack checked last: completion, hover and hints ask about one text in turn. */
let last: { readonly texts: Readonly<Record<string, string>>; readonly checked: Checked } | undefined

function sameTexts(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const paths = Object.keys(a)
  return paths.length === Object.keys(b).length && paths.every(path => a[path] === b[path])
}

function check(all: Readonly<Record<string, string>>): Checked {
  const { own: texts, used } = separate(all)
  const files = Object.keys(texts)
    .sort()
    .map(path => ({ path, parsed: parse(texts[path]!) }))
  const diagnostics: Diagnostic[] = files.flatMap(file =>
    file.parsed.faults.map(fault => syntaxFinding(file, fault)),
  )
  const written = gather(files, diagnostics)
  const imported = importsOf(written, used, diagnostics)
  reportClashes(imported, written, diagnostics)
  const placed = [...imported, ...written]
  const tables = new Map<string, TableBlueprint>()
  const scopeOf = scopesOf(placed, { diagnostics, texts }, tables)
  const pack = ofKind<PackNode>(placed, 'pack')[0]
  if (!pack) diagnostics.push({ code: 'AX2004', file: files[0]?.path ?? '', start: 0, end: 0, params: {} })
  for (const { node, file } of ofKind<TableNode>(placed, 'table')) {
    const table = checkTable(scopeOf(file), node)
    if (table) tables.set(node.name.text, table)
  }
  const checkedOf = checker(placed, scopeOf)
  checkDeclared(written, scopeOf)
  checkOnce(written, scopeOf)
  checkWithoutEngine(placed, scopeOf)
  const overlays = ofKind<OverlayNode>(placed, 'overlay').flatMap(({ node, file }) => {
    const checked = checkOverlay(scopeOf(file), node, packOf(pack?.node).zone)
    return checked ? [{ node, file, checked }] : []
  })
  proveOverlays(scopeOf, overlays)
  const blueprint: Blueprint = {
    formatVersion: 1,
    pack: packOf(pack?.node),
    enums: byName([...scopeOf('').enums].map(([name, node]) => [name, enumOf(node)])),
    entities: byName(entitiesOf(placed, scopeOf)),
    forms: byName(
      ofKind<FormNode>(placed, 'form').map(({ node, file }) => [
        node.name.text,
        checkForm(scopeOf(file), node),
      ]),
    ),
    tables: byName([...tables]),
    settings: byName(checkedOf('setting', checkSetting)),
    hours: byName(checkedOf('hours', checkHours)),
    roles: byName(rolesOf(placed, scopeOf)),
    teams: listed(placed, 'team'),
    skills: listed(placed, 'skill'),
    access: byName(checkedOf('access', checkAccess)),
    tickets: byName(checkedOf('ticket', checkTicket)),
    routes: byName(checkedOf('route', checkRoute)),
    library: byName(checkedOf('library', checkLibraryRows)),
    parties: listed(placed, 'party'),
    prices: byName(checkedOf('price', checkPrice)),
    signals: byName(
      [...scopeOf('').signals.keys()].map(name => [
        name,
        byName([...scopeOf('').members({ kind: 'answer', name })]),
      ]),
    ),
    overlays: byName(overlays.map(({ node, checked }) => [node.name.text, checked])),
    open: placed.flatMap(({ node }) => (node.point === 'open' ? `${node.kind}:${node.name.text}` : [])),
    actions: byName(checkedOf('action', checkAction)),
    settlements: byName(checkedOf('settle', checkSettle)),
    lexicons: byName(checkedOf('lexicon', checkLexicon)),
    segments: byName([
      ...checkedOf('segment', checkSegment),
      ...checkedOf('stage', checkStage).flatMap(([, cases]) => cases),
    ]),
    limits: byName(checkedOf('limit', checkLimit)),
    sops: byName(checkedOf('sop', checkSop)),
    migrations: byName(checkedOf('migrate', checkMigrate)),
    labels: labelsOf(placed, scopeOf),
  }
  prove(placed, scopeOf, blueprint)
  const cases = placed.flatMap(({ node, file }) =>
    node.kind === 'test'
      ? (
          checkMoneyTest(scopeOf(file), blueprint, node) ?? checkTableTest(scopeOf(file), blueprint, node)
        ).map(found => ({ ...found, file }))
      : [],
  )
  const scenarios = ofKind<ScenarioNode>(placed, 'scenario').map(({ node, file }) => ({
    ...checkScenario(scopeOf(file), node),
    file,
  }))
  const properties = ofKind<PropertyNode>(placed, 'property').flatMap(({ node, file }) => {
    const property = checkProperty(scopeOf(file), node)
    return property ? [{ ...property, file }] : []
  })
  const found = withoutConsequences(diagnostics, files, placed).sort(inReadingOrder)
  return { diagnostics: found, blueprint, cases, scenarios, properties }
}

type ScopeOf = (file: string) => Scope

/** What can only be seen in the whole: complete tables, sound flows. */
function prove(placed: readonly Placed[], scopeOf: ScopeOf, blueprint: Blueprint): void {
  proveFieldOrder(placed, scopeOf, blueprint)
  for (const { node, file } of ofKind<TableNode>(placed, 'table')) {
    const table = blueprint.tables[node.name.text]
    if (table?.rows.length === node.grid.rows.length) proveTable(scopeOf(file), blueprint, { node, table })
  }
  for (const { node, file } of ofKind<RouteNode>(placed, 'route')) {
    const table = blueprint.routes[node.name.text]?.table
    if (table?.rows.length === node.grid.rows.length) proveTable(scopeOf(file), blueprint, { node, table })
  }
  for (const { node, file } of ofKind<LimitNode>(placed, 'limit')) {
    const limit = blueprint.limits[node.name.text]
    if (limit) proveLimit(scopeOf(file), blueprint, { node, limit })
  }
  for (const { node, file } of ofKind<SopNode>(placed, 'sop')) proveSends(scopeOf(file), blueprint, node)
  for (const { node, file } of ofKind<TicketNode>(placed, 'ticket')) {
    const ticket = blueprint.tickets[node.name.text]
    if (!ticket) continue
    proveFlow(scopeOf(file), node, ticket)
    proveAccess(scopeOf(file), blueprint, { node, ticket })
  }
}

/** Runs a kind's check over its declarations; those that could be checked, by name. */
function checker(placed: readonly Placed[], scopeOf: ScopeOf) {
  return <D extends Declaration, T>(
    kind: D['kind'],
    check: (scope: Scope, node: D) => T | undefined,
  ): [string, T][] =>
    ofKind<D>(placed, kind).flatMap(({ node, file }) => {
      const checked = check(scopeOf(file), node)
      return checked === undefined ? [] : [[node.name.text, checked] as [string, T]]
    })
}

function rolesOf(placed: readonly Placed[], scopeOf: ScopeOf): [string, RoleBlueprint][] {
  return ofKind<NamesNode>(placed, 'role').flatMap(({ node, file }) =>
    node.names.map(({ name, label, extends: base }): [string, RoleBlueprint] => {
      const scope = scopeOf(file)
      const extended = base && knownName(scope, base, scope.roles)
      return [name.text, { label: label?.value ?? name.text, extends: extended ?? null }]
    }),
  )
}

/** Locale to qualified name to label; what is said of one locale in several places adds up. */
function labelsOf(placed: readonly Placed[], scopeOf: ScopeOf): Blueprint['labels'] {
  const labels: Record<string, Readonly<Record<string, string>>> = {}
  for (const { node, file } of ofKind<LabelsNode>(placed, 'labels')) {
    const [locale, added] = checkLabels(scopeOf(file), node)
    labels[locale] = { ...labels[locale], ...added }
  }
  return labels
}

/** Teams or skills: name to label. */
function listed(placed: readonly Placed[], kind: NamesNode['kind']): Record<string, string> {
  return byName(
    ofKind<NamesNode>(placed, kind).flatMap(({ node }) =>
      node.names.map(({ name, label }) => [name.text, label?.value ?? name.text] as const),
    ),
  )
}

/** Every entity with what `extend` adds; what each desk knows anyway comes first. */
function entitiesOf(placed: readonly Placed[], scopeOf: ScopeOf): [string, EntityBlueprint][] {
  const nodes = [
    ...ofKind<EntityNode>(placed, 'entity'),
    ...ofKind<LibraryNode>(placed, 'library').map(({ node, file }) => ({ node: entityOf(node), file })),
  ]
  const names = new Set([...Object.keys(builtinFields), ...nodes.map(({ node }) => node.name.text)])
  return [...names].map(name => {
    const own = nodes.filter(({ node }) => node.name.text === name)
    const builtin = (builtinFields[name] ?? []).map(
      ([field, type]) => [field, { label: field, type, optional: true, ...unset(type) }] as const,
    )
    const events = builtinEvents[name] ?? []
    if (own.length === 0) return [name, { label: name, key: null, fields: byName(builtin), events }]
    const checked = checkEntity(
      name,
      own.map(({ node, file }) => ({ scope: scopeOf(file), node })),
    )
    const all = { fields: { ...byName(builtin), ...checked.fields }, events: [...events, ...checked.events] }
    return [name, { ...checked, ...all }]
  })
}

/** Why a default: what nobody said about a customer is no, and a condition's `not` must find it known. */
function unset(type: Type): { default?: Code } {
  return type.kind === 'bool' ? { default: { op: 'const', type, value: false } } : {}
}

function byName<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries(entries)
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
