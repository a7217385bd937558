import type { Blueprint } from '#core/blueprint'
import { successor } from '#core/table'
import { regionAt, regionCount, regionSpan, type Type, type Value } from '#core/values'
import { nearer } from './distance.ts'
import { around, ordered, pointsAt, pointsOfColumn, type ColumnRanges } from './points.ts'
import type { Candidate } from './search.ts'

/** Where a decision about a value may turn: the cells of tables it is looked up by, and the values it is compared with. */
export interface Bounds {
  readonly columns: readonly ColumnRanges[]
  readonly values: readonly Value[]
  /** How many points to each side of a value with an order are of use. */
  readonly most: number
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
function regionCandidates({ columns, values }: Bounds, from: Value): Candidate[] {
  const counties = [...columns.flat().map(range => range.from), ...values].flatMap(named => {
    const span = typeof named === 'string' ? regionSpan(named) : undefined
    return span ? [span.first, span.first - 1, span.last + 1] : []
  })
  const known = [...new Set(counties)].flatMap(at => (at >= 0 && at < regionCount() ? [regionAt(at)] : []))
  return known.flatMap(to => (to === from ? [] : [{ to, rank: 1, side: 0 as const }]))
}

/** What is named; of texts also one that is not. */
function namedCandidates({ columns, values }: Bounds, type: Type, from: Value): Candidate[] {
  const named = [...columns.flat().flatMap(range => [range.from, range.to]), ...values]
  const texts = [...new Set(named.filter(text => typeof text === 'string'))].sort()
  const points = texts.flatMap(text => (type.kind === 'text' ? [text, successor(text, type)!] : [text]))
  return points.flatMap(to => (to === from ? [] : [{ to, rank: 1, side: 0 as const }]))
}

/** Up and down from where the value stands, bound by bound; a bound itself, and one step to either side of it. */
function orderedCandidates({ columns, values, most }: Bounds, type: Type, from: Value): Candidate[] {
  const sources = [...columns.map(ranges => pointsOfColumn(ranges, type)), pointsAt(values, type)]
  // Why 1: of an absent value nothing is nearer, so the points are taken upwards.
  if (from === null)
    return ordered(sources.flatMap(points => points.slice(0, most))).map(to => ({ to, rank: 1, side: 1 }))
  const sides = sources.map(points => around(points, from, most))
  const above = ordered(sides.flatMap(side => side.above))
  const below = ordered(sides.flatMap(side => side.below)).reverse()
  const ranked = (points: readonly Value[], side: -1 | 1) =>
    points.map((to, index) => ({ to, rank: index + 1, side }))
  return [...ranked(above, 1), ...ranked(below, -1)].sort(
    (a, b) => nearer(from, a.to, b.to) || a.rank - b.rank,
  )
}
