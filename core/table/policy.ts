import type { Blueprint, ColumnBlueprint, HitPolicy, TableBlueprint } from '#core/blueprint'
import { addDecimal, compareValues, isDecimal, type Type, type Value } from '#core/values'

export const hitPolicies: ReadonlySet<string> = new Set<HitPolicy>([
  ...(['unique', 'first', 'any', 'priority', 'rule order', 'output order'] as const),
  ...(['collect', 'collect sum', 'collect min', 'collect max', 'collect count'] as const),
])

/** The policies whose answer is one row; all others answer with every row that fits. */
export const singleHit: ReadonlySet<HitPolicy> = new Set<HitPolicy>(['unique', 'first', 'any', 'priority'])

/** The policies by which the outputs' own order decides. */
export const orderedByOutput: ReadonlySet<HitPolicy> = new Set<HitPolicy>(['priority', 'output order'])

/** The type of an output as the table answers it: of a list for several rows, of a figure for an aggregate. */
export function answerType(policy: HitPolicy, type: Type): Type {
  if (policy === 'collect count') return { kind: 'int' }
  const lists = policy === 'collect' || policy === 'rule order' || policy === 'output order'
  return lists ? { kind: 'list', of: type } : type
}

/** What an expression finds behind the dot of a table's answer: its outputs and computed names. */
export function answerColumns({
  policy,
  outputs,
  computed,
}: Pick<TableBlueprint, 'policy' | 'outputs' | 'computed'>): ColumnBlueprint[] {
  return [
    ...outputs.map(({ name, type }) => ({ name, type: answerType(policy, type) })),
    ...computed.map(({ name, type }) => ({ name, type })),
  ]
}

/**
 * The value of one output from the rows that fit, in the order of the policy; a `-` in a row says nothing and is passed
 * over. As in DMN, whose aggregators are its list functions: where nothing is said a list is empty, `count` is 0, and
 * `sum`, `min`, `max` and a single row's value are absent.
 */
export function answerOf(policy: HitPolicy, said: readonly Value[], rank: (value: Value) => Value): Value {
  if (singleHit.has(policy)) return said[0] ?? null
  const present: Value[] = said.filter(value => value !== null)
  if (policy === 'collect count') return present.length
  if (policy === 'collect sum') return present.length === 0 ? null : present.reduce(add)
  if (policy !== 'collect min' && policy !== 'collect max') return present
  const sign = policy === 'collect min' ? 1 : -1
  const better = (a: Value, b: Value) => (sign * compareValues(rank(b), rank(a)) < 0 ? b : a)
  return present.length === 0 ? null : present.reduce(better)
}

function add(a: Value, b: Value): Value {
  return isDecimal(a) && isDecimal(b) ? addDecimal(a, b) : (a as number) + (b as number)
}

/**
 * The rows (from 0, without else) in the order in which they are asked: as written; under `priority` and `output order`
 * by their ordered outputs, the first column weighing most, the greatest value first and `-` last; equals as written.
 */
export function askingOrder(blueprint: Blueprint, table: TableBlueprint): number[] {
  const rows = table.rows.flatMap(({ when }, index) => (when === 'else' ? [] : [index]))
  if (!orderedByOutput.has(table.policy)) return rows
  const ranks = table.outputs.map(({ type }) =>
    isOrderedEnum(blueprint, type) ? rankOf(blueprint, type) : undefined,
  )
  const keys = table.rows.map(({ then }) =>
    ranks.flatMap((rank, index) => (rank ? [rank((then[index] ?? null) as Value)] : [])),
  )
  const compare = (a: number, b: number) => {
    const at = keys[a]!.findIndex((key, index) => key !== keys[b]![index])
    return at < 0 ? a - b : (keys[b]![at] as number) - (keys[a]![at] as number)
  }
  return rows.sort(compare)
}

export function isOrderedEnum(blueprint: Pick<Blueprint, 'enums'>, type: Type): boolean {
  return type.kind === 'enum' && blueprint.enums[type.name]!.ordered
}

/** How values of a type are compared: an enum's by their place among its names (-1 for none), others as they are. */
export function rankOf(blueprint: Pick<Blueprint, 'enums'>, type: Type): (value: Value) => Value {
  if (type.kind !== 'enum') return value => value
  const { values } = blueprint.enums[type.name]!
  let rank = ranks.get(values)
  if (!rank) {
    const places = new Map(Object.keys(values).map((name, index) => [name, index]))
    ranks.set(values, (rank = value => places.get(value as string) ?? -1))
  }
  return rank
}

const ranks = new WeakMap<object, (value: Value) => number>()
