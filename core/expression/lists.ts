import { compareValues, isDecimal, type Value } from '#core/values'
import type { Builtin } from './builtins.ts'
import { exact } from './numbers.ts'

const items = (list: Value) => list as readonly Value[]
const compare = (a: Value, b: Value) =>
  isDecimal(a) !== isDecimal(b) ? compareValues(exact(a), exact(b)) : compareValues(a, b)
const present = (a: Value, b: Value) =>
  a === null || b === null ? (a === b ? 0 : a === null ? 1 : -1) : compare(a, b)

/** Functions of lists; places count from 1, from the end when negative. Absent outside of the list. */
export const listBuiltins: Readonly<Record<string, Builtin>> = {
  first: list => items(list)[0] ?? null,
  last: list => items(list).at(-1) ?? null,
  at: (list, place) =>
    place === 0 ? null : (items(list).at((place as number) - ((place as number) > 0 ? 1 : 0)) ?? null),
  reverse: list => items(list).toReversed(),
  sort: list => items(list).toSorted(present),
  distinct: list => distinct(items(list)),
  concat: (a, b) => [...items(a), ...items(b)],
  union: (a, b) => distinct([...items(a), ...items(b)]),
  intersect: (a, b) => distinct(items(a).filter(item => holds(items(b), item))),
  except: (a, b) => distinct(items(a).filter(item => !holds(items(b), item))),
  any: list => items(list).includes(true),
  all: list => items(list).every(item => item === true),
}

function holds(list: readonly Value[], wanted: Value): boolean {
  return list.some(item => present(item, wanted) === 0)
}

function distinct(list: readonly Value[]): Value[] {
  const kept: Value[] = []
  for (const item of list) if (!holds(kept, item)) kept.push(item)
  return kept
}
