import type { Diagnostic, DiagnosticCode, Language } from '#dsl/diagnostics'
import type { GridNode, Span } from '#dsl/syntax'
import { stationsOf } from './model.ts'
import { kindOf, pathOf, type Occurrence } from './symbol.ts'
import type { SymbolIndex } from './symbol-index.ts'

/** A place that a finding is about as well, and what it has to do with it. */
export interface Related extends Span {
  readonly file: string
  readonly message: string
}

/** More places would hide the ones that matter. */
const MAX_RELATED = 5

/** Whether there is anything to look for; the names of a pack need not be gathered otherwise. */
export function hasRelated({ code }: Pick<Diagnostic, 'code'>): boolean {
  return finders[code] !== undefined
}

/** The places a finding is about besides its own: where names were declared, which rows meet, where a way leads through. */
export function relatedTo(index: SymbolIndex, found: Diagnostic, language: Language): Related[] {
  const places = finders[found.code]?.(index, found) ?? []
  return places
    .filter(({ file, start }) => file !== found.file || start !== found.start)
    .slice(0, MAX_RELATED)
    .map(({ file, start, end, says }) => ({ file, start, end, message: says[language === 'zh' ? 0 : 1] }))
}

interface Place extends Span {
  readonly file: string
  readonly says: readonly [zh: string, en: string]
}

type Finder = (index: SymbolIndex, found: Diagnostic) => readonly Place[]

const finders: Partial<Record<DiagnosticCode, Finder>> = {
  AX2001: firstDeclared,
  AX3001: declaredNames,
  AX3002: declaredNames,
  AX3010: declaredNames,
  AX3015: declaredNames,
  AX4104: rowsNamed('near'),
  AX4105: rowsNamed('first', 'second'),
  AX4106: rowsNamed('rows'),
  AX5002: onTheWay,
  AX5008: onTheWay,
  AX6106: (index, { params }) =>
    [params.first, params.second].flatMap(name => declared(index, 'overlay', name)),
  AX6002: (index, { params }) => declared(index, 'lexicon', params.lexicon),
}

function firstDeclared(index: SymbolIndex, { file, start }: Diagnostic): Place[] {
  const found = index.at(file, start)
  return found ? index.definitionsOf(found.symbol).map(declaration) : []
}

/** Where the names of an expression come from: both sides of an amount times an amount. */
function declaredNames(index: SymbolIndex, { file, start, end }: Diagnostic): Place[] {
  const names = index.occurrences.filter(
    each => each.file === file && start <= each.start && each.end <= end && !each.isDefinition,
  )
  return [...new Set(names.map(({ symbol }) => symbol))].flatMap(symbol =>
    index.definitionsOf(symbol).map(declaration),
  )
}

function declared(index: SymbolIndex, kind: string, name: string | undefined): Place[] {
  return index.occurrences
    .filter(({ symbol, isDefinition }) => isDefinition && kindOf(symbol) === kind && pathOf(symbol) === name)
    .map(declaration)
}

function declaration({ symbol, file, start, end }: Occurrence): Place {
  const name = pathOf(symbol).split('.').at(-1)!
  return { file, start, end, says: [`「${name}」在这里声明`, `“${name}” is declared here`] }
}

/** Rows by their numbers, from 1, as a finding’s parameters name them. */
function rowsNamed(...params: readonly string[]): Finder {
  return (index, found) => {
    const grid = gridAt(index, found)
    const numbers = params.flatMap(param => (found.params[param] ?? '').split('、')).map(Number)
    return [...new Set(numbers)].flatMap(number => {
      const row = grid?.rows[number - 1]
      if (!row) return []
      const says = [`第 ${number} 行`, `row ${number}`] as const
      return [{ file: found.file, start: row.start, end: row.end, says }]
    })
  }
}

function gridAt({ model }: SymbolIndex, { file, start }: Diagnostic): GridNode | undefined {
  const placed = model.placed.find(
    ({ file: own, node }) => own === file && node.start <= start && start <= node.end,
  )
  return placed && 'grid' in placed.node ? placed.node.grid : undefined
}

/** The nodes that a way (`受理 → 复核`) leads through. */
function onTheWay({ model }: SymbolIndex, { file, start, params: { path = '' } }: Diagnostic): Place[] {
  const ticket = [...model.tickets.values()].find(node => node.start <= start && start <= node.end)
  const stations = ticket ? stationsOf(ticket) : []
  return path.split(' → ').flatMap((name, step) => {
    const station = stations.find(each => each.name.text === name)
    if (!station) return []
    const says = [`经过「${name}」（第 ${step + 1} 步）`, `by way of “${name}” (step ${step + 1})`] as const
    return [{ file, start: station.name.start, end: station.name.end, says }]
  })
}
