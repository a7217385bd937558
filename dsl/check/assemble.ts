import type {
  Blueprint,
  Code,
  EntityBlueprint,
  EnumBlueprint,
  FieldBlueprint,
  OverlayBlueprint,
  PackBlueprint,
  RoleBlueprint,
  TableBlueprint,
} from '#core/blueprint'
import type { Type } from '#core/values'
import type {
  Declaration,
  EntityNode,
  EnumNode,
  LabelsNode,
  LibraryNode,
  NamesNode,
  OverlayNode,
  PackNode,
  TableNode,
} from '#dsl/syntax'
import { checkAccess } from './access.ts'
import { checkAction } from './action.ts'
import { checkDeclared } from './declared.ts'
import { checkTicket } from './flow.ts'
import { checkEntity, checkForm } from './form.ts'
import { checkHours } from './hours.ts'
import { checkLabels } from './labels.ts'
import { checkLibraryRows, entityOf } from './library.ts'
import { checkLimit } from './limit.ts'
import { checkMigrate } from './migrate.ts'
import { checkOnce } from './once.ts'
import { checkOverlay, proveOverlays } from './offer.ts'
import { checkPrice } from './price.ts'
import { checkLexicon, checkSegment } from './reach.ts'
import { checkRoute } from './route.ts'
import { knownName, ofKind, type Placed, type Scope } from './scope.ts'
import { builtinEvents, builtinFields } from './scope-of.ts'
import { checkSetting } from './setting.ts'
import { checkSettle } from './settle.ts'
import { checkSop } from './sop.ts'
import { checkSource } from './source.ts'
import { checkStage } from './stage.ts'
import { checkTable } from './table.ts'
import { checkWithoutEngine } from './without-engine.ts'
import { eachOf, type Work } from './work.ts'

/** Checks every declaration by itself and puts together what comes of it; `tables` fills first, for what reads their answers. */
export function assemble(work: Work, tables: Map<string, TableBlueprint>): Blueprint {
  const { placed, scopeOf } = work
  const pack = packOf(ofKind<PackNode>(placed, 'pack')[0]?.node, scopeOf(''))
  eachOf<TableNode>(work, 'table', (node, recall) => {
    const table = recall({ step: 'table' }, scope => checkTable(scope, node))
    if (table) tables.set(node.name.text, table)
    work.made.set(node, table)
  })
  const checkedOf = checkerOf(work)
  checkDeclared(work.written, scopeOf)
  checkOnce(work.written, scopeOf)
  checkWithoutEngine(work)
  const overlays = overlaysOf(work)
  proveOverlays(scopeOf, overlays)
  return {
    formatVersion: 1,
    pack,
    enums: byName([...scopeOf('').enums].map(([name, node]) => [name, enumOf(node)])),
    entities: byName(entitiesOf(work)),
    forms: byName(checkedOf('form', checkForm)),
    tables: byName([...tables]),
    settings: byName(checkedOf('setting', checkSetting)),
    hours: byName(checkedOf('hours', checkHours)),
    roles: byName(
      eachOf<NamesNode, [string, RoleBlueprint][]>(work, 'role', (node, recall) =>
        recall({ step: 'role' }, scope => rolesOf(scope, node)),
      ).flat(),
    ),
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
    sources: byName(checkedOf('source', checkSource)),
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
    labels: labelsOf(work),
  }
}

/** Runs a kind's check over its declarations; those that could be checked, by name. */
function checkerOf(work: Work) {
  return <D extends Declaration, T>(
    kind: D['kind'],
    check: (scope: Scope, node: D) => T | undefined,
  ): [string, T][] =>
    eachOf<D, [string, T][]>(work, kind, (node, recall) => {
      const checked = recall({ step: kind }, scope => check(scope, node))
      work.made.set(node, checked)
      return checked === undefined ? [] : [[node.name.text, checked]]
    }).flat()
}

interface PlacedOverlay {
  readonly node: OverlayNode
  readonly file: string
  readonly checked: OverlayBlueprint
}

function overlaysOf(work: Work): PlacedOverlay[] {
  return eachOf<OverlayNode, PlacedOverlay[]>(work, 'overlay', (node, recall, file) => {
    const checked = recall({ step: 'overlay' }, scope => checkOverlay(scope, node))
    return checked ? [{ node, file, checked }] : []
  }).flat()
}

function rolesOf(scope: Scope, { names }: NamesNode): [string, RoleBlueprint][] {
  return names.map(({ name, label, extends: base }) => {
    const extended = base && knownName(scope, base, scope.roles)
    return [name.text, { label: label?.value ?? name.text, extends: extended ?? null }]
  })
}

/** Locale to qualified name to label; what is said of one locale in several places adds up. */
function labelsOf(work: Work): Blueprint['labels'] {
  const labels: Record<string, Readonly<Record<string, string>>> = {}
  eachOf<LabelsNode>(work, 'labels', (node, recall) => {
    const [locale, added] = recall({ step: 'labels' }, scope => checkLabels(scope, node))
    labels[locale] = { ...labels[locale], ...added }
  })
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
function entitiesOf({ placed, scopeOf, memory }: Work): [string, EntityBlueprint][] {
  const own = Map.groupBy(
    [...ofKind<EntityNode>(placed, 'entity'), ...ofKind<LibraryNode>(placed, 'library')],
    ({ node }) => node.name.text,
  )
  const names = new Set([...Object.keys(builtinFields), ...own.keys()])
  return [...names].map(name => {
    const parts = own.get(name)
    if (!parts) return [name, builtinEntity(name)]
    const entity = memory.recall({ step: 'entity', placed: parts }, scopeOf, (...scopes) =>
      extendedEntity(name, parts, scopes),
    )
    return [name, entity]
  })
}

function extendedEntity(
  name: string,
  parts: readonly Placed<EntityNode | LibraryNode>[],
  scopes: readonly Scope[],
): EntityBlueprint {
  const { fields, events } = builtinEntity(name)
  const checked = checkEntity(
    name,
    parts.map(({ node }, index) => ({
      node: node.kind === 'library' ? entityOf(node) : node,
      scope: scopes[index]!,
    })),
  )
  return { ...checked, fields: { ...fields, ...checked.fields }, events: [...events, ...checked.events] }
}

const builtinEntities = new Map<string, EntityBlueprint>()

/** What every desk knows of an entity; the same object each time. */
function builtinEntity(name: string): EntityBlueprint {
  const known = builtinEntities.get(name)
  if (known) return known
  const fields = (builtinFields[name] ?? []).map(([field, type]): [string, FieldBlueprint] => [
    field,
    { label: field, type, optional: true, ...unset(type) },
  ])
  const entity = { label: name, key: null, fields: byName(fields), events: builtinEvents[name] ?? [] }
  if (fields.length > 0) builtinEntities.set(name, entity)
  return entity
}

/** Why a default: what nobody said about a customer is no, and a condition's `not` must find it known. */
function unset(type: Type): { default?: Code } {
  return type.kind === 'bool' ? { default: { op: 'const', type, value: false } } : {}
}

function byName<T>(entries: readonly (readonly [string, T])[]): Record<string, T> {
  return Object.fromEntries(entries)
}

/** INVARIANT: the blueprint reckons in a currency and a zone that exist, whatever is written: proofs go through it. */
function packOf(node: PackNode | undefined, { currency, zone }: Scope): PackBlueprint {
  return {
    name: node?.name.text ?? '',
    label: node?.label?.value ?? '',
    version: node?.version ?? 0,
    locales: node?.locales.map(locale => locale.text) ?? [],
    currency,
    zone,
  }
}

const enums = new WeakMap<EnumNode, EnumBlueprint>()

function enumOf(node: EnumNode): EnumBlueprint {
  const known = enums.get(node)
  if (known) return known
  const values = node.values.map(({ name, label }) => [name.text, label?.value ?? name.text] as const)
  const made = { label: node.label?.value ?? node.name.text, ordered: node.ordered, values: byName(values) }
  enums.set(node, made)
  return made
}
