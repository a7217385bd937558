import { compareMixed, type Value } from '#core/values'
import type { Builtin } from './builtins.ts'

const items = (list: Value) => list as readonly Value[]
const present = (a: Value, b: Value) =>
  a === null || b === null ? (a === b ? 0 : a === null ? 1 : -1) : compareMixed(a, b)

/** Functions of lists; places count from 1, from the end when negative. Absent outside of the list. */
export const listBuiltins: Readonly<Record<string, Builtin>> = {
  first: list => items(list)[0] ?? null,
  last: list => items(list).at(-1) ?? null,
  at: (list, place) => items(list)[indexOf(list, place) ?? -1] ?? null,
  reverse: list => items(list).toReversed(),
  sort: list => items(list).toSorted(present),
  distinct: list => distinct(items(list)),
  concat: (a, b) => [...items(a), ...items(b)],
  union: (a, b) => distinct([...items(a), ...items(b)]),
  intersect: (a, b) => distinct(items(a).filter(item => holds(items(b), item))),
  except: (a, b) => distinct(items(a).filter(item => !holds(items(b), item))),
  append: (list, item) => [...items(list), item],
  /** A new one in front of a place; absent outside of the list. */
  insert: (list, place, item) => {
    const at = indexOf(list, place)
    return at === undefined ? null : items(list).toSpliced(at, 0, item)
  },
  remove: (list, place) => {
    const at = indexOf(list, place)
    return at === undefined ? null : items(list).toSpliced(at, 1)
  },
  /** From a place, so many or all that follow; absent outside of the list. */
  sublist: (list, from, length) => {
    const at = indexOf(list, from)
    if (at === undefined) return null
    return items(list).slice(at, length === undefined ? undefined : at + Math.max(0, length as number))
  },
  /** All places at which a value stands. */
  places: (list, wanted) => items(list).flatMap((item, at) => (present(item, wanted) === 0 ? [at + 1] : [])),
  flatten: list => flattened(items(list)),
  /** The values that come most often, in their order. */
  mode: list => modes(items(list).filter(item => item !== null)),
  any: list => items(list).includes(true),
  all: list => items(list).every(item => item === true),
}

function flattened(list: readonly Value[]): Value[] {
  return list.flatMap(item => (Array.isArray(item) ? flattened(item as readonly Value[]) : [item]))
}

/** Where a place lies, from 0; undefined outside of the list. */
function indexOf(list: Value, place: Value): number | undefined {
  const at = (place as number) < 0 ? items(list).length + (place as number) : (place as number) - 1
  return at >= 0 && at < items(list).length ? at : undefined
}

function modes(list: readonly Value[]): Value[] {
  const runs: Value[][] = []
  for (const item of list.toSorted(present))
    if (runs.length > 0 && present(runs.at(-1)![0]!, item) === 0) runs.at(-1)!.push(item)
    else runs.push([item])
  const most = Math.max(0, ...runs.map(run => run.length))
  return runs.filter(run => run.length === most).map(run => run[0]!)
}

function holds(list: readonly Value[], wanted: Value): boolean {
  return list.some(item => present(item, wanted) === 0)
}

function distinct(list: readonly Value[]): Value[] {
  const kept: Value[] = []
  for (const item of list) if (!holds(kept, item)) kept.push(item)
  return kept
}
