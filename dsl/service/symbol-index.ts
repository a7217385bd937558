import type { Declaration, Span, UseNode } from '#dsl/syntax'
import {
  bindAccess,
  bindActionNode,
  bindEntity,
  bindEnum,
  bindForm,
  bindLabels,
  bindLibrary,
  bindNames,
  bindSetting,
} from './bind-data.ts'
import { bindExpression } from './bind-expression.ts'
import { bindProperty, bindRoute, bindScenario, bindTicket } from './bind-flow.ts'
import {
  bindLimit,
  bindPrice,
  bindSettle,
  bindSop,
  bindTable,
  bindTableTest,
  reachNames,
} from './bind-money.ts'
import { bindMigrate } from './bind-migrate.ts'
import { bindOffer } from './bind-offer.ts'
import { candidates, createBinder, type Binder } from './binder.ts'
import { modelOf, type Model, type PlacedDeclaration } from './model.ts'
import { pathOf, symbolOf, type Occurrence } from './symbol.ts'
import type { Texts } from './texts.ts'

/** The places where declared names stand; a declaration is gone through when it is first asked about. */
export interface SymbolIndex {
  readonly model: Model
  /** Every place, file by file in reading order. */
  readonly occurrences: readonly Occurrence[]
  readonly of: (symbol: string) => readonly Occurrence[]
  readonly inFile: (file: string) => readonly Occurrence[]
  readonly definitionsOf: (symbol: string) => readonly Occurrence[]
  /** The name at an offset; at the seam of two names the one that begins there. */
  readonly at: (file: string, offset: number) => Occurrence | undefined
}

/** Reads the names of a pack as far as its texts can be read; never throws on text. */
export function indexSymbols(texts: Texts): SymbolIndex {
  const model = modelOf(texts)
  const bound = new Map<PlacedDeclaration, readonly Occurrence[]>()
  const boundIn = (placed: PlacedDeclaration): readonly Occurrence[] => {
    const known = bound.get(placed) ?? occurrencesIn(placed, model, texts[placed.file]!)
    bound.set(placed, known)
    return known
  }
  const among = (chosen: readonly PlacedDeclaration[]) => inReadingOrder(chosen.flatMap(boundIn))
  let all: readonly Occurrence[] | undefined
  let bySymbol: ReadonlyMap<string, readonly Occurrence[]> | undefined
  const occurrences = () => (all ??= among(model.placed))
  return {
    model,
    get occurrences() {
      return occurrences()
    },
    of: symbol => (bySymbol ??= Map.groupBy(occurrences(), each => each.symbol)).get(symbol) ?? [],
    inFile: file => among(model.placed.filter(placed => placed.file === file)),
    definitionsOf: symbol =>
      among(model.placed.filter(({ node }) => declares(node, pathOf(symbol)))).filter(
        each => each.symbol === symbol && each.isDefinition,
      ),
    at: (file, offset) =>
      among(model.placed.filter(placed => placed.file === file && isAround(placed.node, offset))).findLast(
        each => isAround(each, offset),
      ),
  }
}

/** INVARIANT: what a declaration defines is called by its own name and, behind a dot, that of the part. */
function declares(node: Declaration, path: string): boolean {
  const names = 'names' in node && node.kind !== 'use' ? node.names.map(({ name }) => name) : [node.name]
  return names.some(({ text }) => path === text || path.startsWith(`${text}.`))
}

function isAround({ start, end }: Span, offset: number): boolean {
  return start <= offset && offset <= end
}

function occurrencesIn({ file, node }: PlacedDeclaration, model: Model, source: string): Occurrence[] {
  const found: Occurrence[] = []
  bindDeclaration(createBinder(model, { file, source }, found), node)
  return distinct(found)
}

/** Notes every name of a declaration. */
export function bindDeclaration(binder: Binder, node: Declaration): void {
  switch (node.kind) {
    case 'enum':
      return bindEnum(binder, node)
    case 'setting':
      return bindSetting(binder, node)
    case 'role':
    case 'team':
    case 'skill':
    case 'party':
    case 'pool':
    case 'mode':
      return bindNames(binder, node)
    case 'entity':
      return bindEntity(binder, node)
    case 'library':
      return bindLibrary(binder, node)
    case 'form':
      return bindForm(binder, node)
    case 'access':
      return bindAccess(binder, node)
    case 'action':
      return bindActionNode(binder, node)
    case 'ticket':
      return bindTicket(binder, node)
    case 'route':
      return bindRoute(binder, node)
    case 'property':
      return bindProperty(binder, node)
    case 'scenario':
      return bindScenario(binder, node)
    case 'labels':
      return bindLabels(binder, node)
    default:
      return bindMoneyAndReach(binder, node)
  }
}

function bindMoneyAndReach(binder: Binder, node: Declaration): void {
  if (node.kind === 'table') bindTable(binder, node)
  else if (node.kind === 'test') bindTableTest(binder, node)
  else if (node.kind === 'price') bindPrice(binder, node)
  else if (node.kind === 'settle') bindSettle(binder, node)
  else if (node.kind === 'limit') bindLimit(binder, node)
  else if (node.kind === 'sop') bindSop(binder, node)
  else if (node.kind === 'migrate') bindMigrate(binder, node)
  else if (node.kind === 'hours' || node.kind === 'lexicon' || node.kind === 'pack') {
    binder.define(symbolOf(node.kind, node.name.text), node.name)
    askWords(binder, node)
  } else if (node.kind === 'use') askUsed(binder, node)
  else if (node.kind === 'segment') {
    binder.define(symbolOf('segment', node.name.text), node.name)
    bindExpression(binder, reachNames(binder), node.condition)
  } else bindOffer(binder, node)
}

/** The words that packs and hours are written with. */
function askWords(binder: Binder, node: Declaration): void {
  const words = (at: Span | undefined, ...names: readonly string[]) =>
    binder.ask(at, () => candidates('keyword', names))
  if (node.kind === 'pack') {
    for (const locale of node.locales) words(locale, 'zh', 'en')
    words(node.currency, 'CNY', 'USD', 'EUR', 'HKD', 'JPY')
  }
  if (node.kind === 'hours') {
    for (const each of node.except) words(each.kind === 'call' ? each.callee : each, 'holiday')
    for (const { fromDay, toDay } of node.lines)
      for (const day of [fromDay, toDay]) words(day, 'mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun')
  }
}

function askUsed(binder: Binder, { what, names }: UseNode): void {
  const known: Readonly<Record<string, readonly string[]>> = {
    region: ['china'],
    channel: ['wecom', 'sms', 'email'],
  }
  for (const name of names) binder.ask(name, () => candidates('keyword', known[what.text] ?? []))
}

/** Why: a clause may be looked at twice, and a name behind a fault has no place. */
function distinct(found: readonly Occurrence[]): Occurrence[] {
  return [
    ...new Map(found.filter(isPlaced).map(each => [`${each.start} ${each.end}`, each] as const)).values(),
  ]
}

function inReadingOrder(found: readonly Occurrence[]): Occurrence[] {
  return found.toSorted(
    (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.start - b.start || b.end - a.end,
  )
}

function isPlaced({ start, end }: Span): boolean {
  return end > start
}
