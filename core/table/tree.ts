import type { Scale } from './code.ts'

/**
 * Rows by the codes of their cells, for search. Places are rows in the order of asking. A row stands in the part of a node that
 * the node's scale puts it in, or in `rest` where its interval is too wide for any one part.
 */
export type Node =
  /** Some places, ascending: those of the tree's pool from `start` up to `end`. */
  | { readonly kind: 'leaf'; readonly least: number; readonly start: number; readonly end: number }
  | {
      readonly kind: 'names'
      readonly least: number
      readonly scale: number
      /** By the code less `from`; codes that are far apart are not told by name. */
      readonly from: number
      readonly parts: readonly (Node | undefined)[]
      readonly rest: Node | undefined
    }
  /** The same where every part is a leaf: part after part from one entry of `starts` up to the next. */
  | {
      readonly kind: 'buckets'
      readonly least: number
      readonly scale: number
      readonly from: number
      readonly starts: Int32Array
      readonly rest: Node | undefined
    }
  | {
      readonly kind: 'cut'
      readonly least: number
      readonly scale: number
      readonly at: number
      readonly below: Node | undefined
      readonly above: Node | undefined
      readonly rest: Node | undefined
    }

export interface Tree {
  readonly root: Node | undefined
  readonly pool: Int32Array
}

/** So few rows are looked at one by one. */
const LEAF = 8
/** So many rows show well enough which scale tells them apart. */
const SAMPLE = 64
/** A node has at most so many parts for each row. */
const SPARSE = 8

/** The tree over the places from 0. */
export function treeOf(scales: readonly Scale[], size: number): Tree {
  const pool: number[] = []
  const root = nodeOf(
    { scales, pool },
    Int32Array.from({ length: size }, (_, place) => place),
  )
  return { root, pool: Int32Array.from(pool) }
}

interface Growing {
  readonly scales: readonly Scale[]
  readonly pool: number[]
}

function nodeOf(tree: Growing, places: ArrayLike<number>): Node | undefined {
  if (places.length === 0) return undefined
  const least = places[0]!
  const cut = places.length <= LEAF ? undefined : bestCut(tree.scales, places)
  if (!cut) {
    const start = tree.pool.length
    for (let index = 0; index < places.length; index++) tree.pool.push(places[index]!)
    return { kind: 'leaf', least, start, end: tree.pool.length }
  }
  const { scale } = cut
  const { low, high } = tree.scales[scale]!
  const parts: number[][] = []
  const rest: number[] = []
  const partOf =
    cut.kind === 'names'
      ? (place: number) => (low[place] === high[place] ? low[place]! - cut.from : -1)
      : (place: number) => (high[place]! < cut.at ? 0 : low[place]! >= cut.at ? 1 : -1)
  for (let index = 0; index < places.length; index++) {
    const part = partOf(places[index]!)
    if (part < 0 || part >= cut.parts) rest.push(places[index]!)
    else (parts[part] ??= []).push(places[index]!)
  }
  const first = tree.pool.length
  const nodes = Array.from({ length: cut.parts }, (_, part) => nodeOf(tree, parts[part] ?? []))
  const shared = { least, scale, rest: nodeOf(tree, rest) }
  if (cut.kind === 'cut') return { kind: 'cut', ...shared, at: cut.at, below: nodes[0], above: nodes[1] }
  const starts = startsOf(nodes, first)
  return starts
    ? { kind: 'buckets', ...shared, from: cut.from, starts }
    : { kind: 'names', ...shared, from: cut.from, parts: nodes }
}

/** Where each part begins in the pool, and where the last one ends; undefined when one of them is not a leaf. */
function startsOf(nodes: readonly (Node | undefined)[], first: number): Int32Array | undefined {
  const starts = new Int32Array(nodes.length + 1).fill(first)
  for (const [part, node] of nodes.entries()) {
    if (node && node.kind !== 'leaf') return undefined
    starts[part + 1] = node ? node.end : starts[part]!
  }
  return starts
}

type Cut =
  | { readonly kind: 'names'; readonly scale: number; readonly from: number; readonly parts: number }
  | { readonly kind: 'cut'; readonly scale: number; readonly at: number; readonly parts: 2 }

/** The node that leaves the fewest rows to look at, as a sample shows; none when all leave nearly all. */
function bestCut(scales: readonly Scale[], places: ArrayLike<number>): Cut | undefined {
  const every = Math.ceil(places.length / SAMPLE)
  const sample = Array.from({ length: Math.ceil(places.length / every) }, (_, at) => places[at * every]!)
  let best: { left: number; cut: Cut | undefined } = { left: sample.length * 0.8, cut: undefined }
  const consider = (left: number, cut: Cut | undefined) => {
    if (cut && left < best.left) best = { left, cut }
  }
  for (const [scale, { low, high }] of scales.entries()) {
    const named = sample.filter(place => low[place] === high[place])
    const names = new Set(named.map(place => low[place]!)).size
    const byName = sample.length - named.length + named.length / Math.max(names, 1)
    if (byName < best.left) consider(byName, namesCut(scale, scales[scale]!, places))
    const ends = sample.flatMap(place => [low[place]!, high[place]! + 1])
    const inner = ends.filter(end => Math.abs(end) < Number.MAX_VALUE).sort((a, b) => a - b)
    const at = inner[inner.length >> 1]
    if (at === undefined) continue
    const below = sample.filter(place => high[place]! < at).length
    // Why both: an interval that holds nothing ends before it begins, and goes below.
    const above = sample.filter(place => low[place]! >= at && high[place]! >= at).length
    const left = sample.length - below - above + Math.max(below, above)
    if (below > 0 && above > 0) consider(left, { kind: 'cut', scale, at, parts: 2 })
  }
  return best.cut
}

/** A part for each code from the least to the greatest that rows name, when those are not too many. */
function namesCut(scale: number, { low, high }: Scale, places: ArrayLike<number>): Cut | undefined {
  let [from, to] = [Infinity, -Infinity]
  for (let index = 0; index < places.length; index++) {
    const place = places[index]!
    if (low[place] !== high[place] || !Number.isFinite(low[place])) continue
    from = Math.min(from, low[place]!)
    to = Math.max(to, low[place]!)
  }
  const parts = to - from + 1
  return parts > 1 && parts <= SPARSE * places.length ? { kind: 'names', scale, from, parts } : undefined
}
