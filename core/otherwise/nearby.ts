import type { Blueprint, CellRange } from '#core/blueprint'
import { predecessor, successor } from '#core/table'
import {
  compareValues,
  decimalOf,
  decodeValue,
  isDecimal,
  regionAt,
  regionCount,
  regionSpan,
  rescale,
  roundTo,
  type Type,
  type Value,
} from '#core/values'
import { nearer } from './distance.ts'
import type { Candidate } from './search.ts'

/** Where a decision about a value may turn: the cells of tables it is looked up by, and the values it is compared with. */
export interface Bounds {
  readonly ranges: readonly CellRange[]
  readonly values: readonly Value[]
}

/**
 * The values worth trying instead of `from`, the nearest first. What a table or a comparison says changes only at the
 * bounds it names, so the bounds and their neighbours are all there is to try.
 */
export function nearby(
  blueprint: Blueprint,
  type: Type,
  { from, bounds }: { from: Value; bounds: Bounds },
): Candidate[] {
  if (type.kind === 'bool') return from === null ? both : [{ to: !from, rank: 1, side: 0 }]
  if (type.kind === 'enum') return enumCandidates(blueprint, type.name, from)
  if (type.kind === 'region') return regionCandidates(bounds, from)
  return type.kind === 'text' || type.kind === 'duration'
    ? namedCandidates(bounds, type, from)
    : orderedCandidates(bounds, type, from)
}

const both: Candidate[] = [
  { to: true, rank: 1, side: 0 },
  { to: false, rank: 1, side: 0 },
]

function enumCandidates(blueprint: Blueprint, name: string, from: Value): Candidate[] {
  const declared = blueprint.enums[name]
  if (!declared) return []
  const names = Object.keys(declared.values)
  const at = names.indexOf(from as string)
  return names
    .flatMap((to, index): Candidate[] => {
      if (to === from) return []
      if (!declared.ordered || at < 0) return [{ to, rank: 1, side: 0 }]
      const isLast = index === 0 || index === names.length - 1
      return [{ to, rank: Math.abs(index - at), side: index > at ? 1 : -1, isLast }]
    })
    .sort((a, b) => a.rank - b.rank)
}

/** One county of each region that is named, and the first ones beside it. */
function regionCandidates({ ranges, values }: Bounds, from: Value): Candidate[] {
  const counties = [...ranges.map(range => range.from), ...values].flatMap(named => {
    const span = typeof named === 'string' ? regionSpan(named) : undefined
    return span ? [span.first, span.first - 1, span.last + 1] : []
  })
  const known = [...new Set(counties)].flatMap(at => (at >= 0 && at < regionCount() ? [regionAt(at)] : []))
  return known.flatMap(to => (to === from ? [] : [{ to, rank: 1, side: 0 as const }]))
}

/** What is named; of texts also one that is not. */
function namedCandidates({ ranges, values }: Bounds, type: Type, from: Value): Candidate[] {
  const named = [...ranges.flatMap(range => [range.from, range.to]), ...values]
  const texts = [...new Set(named.filter(text => typeof text === 'string'))].sort()
  const points = texts.flatMap(text => (type.kind === 'text' ? [text, successor(text, type)!] : [text]))
  return points.flatMap(to => (to === from ? [] : [{ to, rank: 1, side: 0 as const }]))
}

/** Up and down from where the value stands, bound by bound; a bound itself, and one step to either side of it. */
function orderedCandidates(bounds: Bounds, type: Type, from: Value): Candidate[] {
  const points = boundsOf(bounds, type)
    .flatMap(bound => [predecessor(bound, type), bound, successor(bound, type)])
    .filter(point => point !== undefined && point !== null)
    .sort(compareValues)
    .filter((point, index, all) => index === 0 || compareValues(all[index - 1]!, point) !== 0)
  // Why 1: of an absent value nothing is nearer, so the points are taken upwards.
  if (from === null) return points.map(to => ({ to, rank: 1, side: 1 }))
  const above = points.filter(point => compareValues(point, from) > 0)
  const below = points.filter(point => compareValues(point, from) < 0).reverse()
  const ranked = (points: readonly Value[], side: -1 | 1) =>
    points.map((to, index) => ({ to, rank: index + 1, side }))
  return [...ranked(above, 1), ...ranked(below, -1)].sort(
    (a, b) => nearer(from, a.to, b.to) || a.rank - b.rank,
  )
}

function boundsOf({ ranges, values }: Bounds, type: Type): Value[] {
  const named = ranges.flatMap(({ from: low, to: high }) =>
    [low, high].flatMap(end => (end === undefined ? [] : [decodeValue(end, type) ?? null])),
  )
  return [...named, ...values].filter(bound => bound !== null).flatMap(bound => fitted(bound, type))
}

/** A bound as values of the type that lie at it: between two whole numbers there is none, nor between two cents. */
function fitted(bound: Value, type: Type): Value[] {
  const isWhole = type.kind === 'int'
  if (typeof bound === 'number') return [isWhole || type.kind === 'datetime' ? bound : exactly(bound)]
  if (!isDecimal(bound)) return [bound]
  const scale = isWhole ? 0 : type.kind === 'money' ? Math.min(bound.scale, 2) : bound.scale
  const step = decimalOf(1, scale)
  const ends = [roundTo(bound, step, 'down'), roundTo(bound, step, 'up')]
  return isWhole ? ends.map(end => Number(rescale(end, 0))) : ends
}

const exactly = (whole: number): Value => decimalOf(whole)
