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
import { modelOf, type Model } from './model.ts'
import { symbolOf, type Occurrence } from './symbol.ts'
import type { Texts } from './texts.ts'

/** Every place where a declared name stands, file by file in reading order. */
export interface SymbolIndex {
  readonly model: Model
  readonly occurrences: readonly Occurrence[]
  readonly of: (symbol: string) => readonly Occurrence[]
  /** The name at an offset; at the seam of two names the one that begins there. */
  readonly at: (file: string, offset: number) => Occurrence | undefined
}

/** Reads the names of a pack as far as its texts can be read; never throws on text. */
export function indexSymbols(texts: Texts): SymbolIndex {
  const model = modelOf(texts)
  const found: Occurrence[] = []
  for (const { file, node } of model.placed)
    bindDeclaration(createBinder(model, { file, source: texts[file]! }, found), node)
  const occurrences = distinct(found)
  const bySymbol = Map.groupBy(occurrences, each => each.symbol)
  return {
    model,
    occurrences,
    of: symbol => bySymbol.get(symbol) ?? [],
    at: (file, offset) =>
      occurrences.findLast(each => each.file === file && each.start <= offset && offset <= each.end),
  }
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
  const byPlace = new Map(
    found.filter(isPlaced).map(each => [`${each.file} ${each.start} ${each.end}`, each] as const),
  )
  return [...byPlace.values()].sort(
    (a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : 0) || a.start - b.start || b.end - a.end,
  )
}

function isPlaced({ start, end }: Span): boolean {
  return end > start
}
