import type { Blueprint, Code } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { settingFacts } from '#core/form'
import { evaluate, predecessor, successor } from '#core/table'
import {
  compareValues,
  decodeValue,
  encodeValue,
  regionAt,
  regionCount,
  type JsonValue,
  type Type,
  type Value,
} from '#core/values'
import type { PlacedProperty } from '#dsl/check'

export interface PropertyResult {
  readonly property: PlacedProperty
  /** How many inputs were tried, and whether these were all there are. */
  readonly tried: number
  readonly isExhaustive: boolean
  readonly seed: number
  /** The smallest input found for which an expectation does not hold, and where that stands. */
  readonly failure: { readonly start: number; readonly given: Readonly<Record<string, JsonValue>> } | null
}

/** So many inputs are gone through one by one; of more, the bounds of all tables asked and as many by chance. */
const MAX_TRIED = 5_000

/** Tries a property: every input where they are few, else every bound that a table asked draws, and chance. Same seed, same inputs. */
export function tryProperty(blueprint: Blueprint, property: PlacedProperty, seed = 1): PropertyResult {
  const random = generator(seed)
  const around = settingFacts(blueprint, { records: {}, settings: {} })
  const domains = property.variables.map(variable => domainOf(blueprint, property, variable))
  const size = domains.reduce((product, { values }) => product * values.length, 1)
  const isExhaustive = size <= MAX_TRIED && domains.every(({ isWhole }) => isWhole)
  const breaks = (values: readonly Value[]) => {
    const facts: Facts = {
      ...around,
      ...Object.fromEntries(property.variables.map(({ name }, at) => [name, values[at]!])),
    }
    if (property.when && evaluate(blueprint, property.when, facts) !== true) return undefined
    return property.expects.find(({ code }) => evaluate(blueprint, code, facts) !== true)
  }
  let tried = 0
  for (const values of inputs(domains, { size, isExhaustive, random })) {
    tried++
    if (!breaks(values)) continue
    const smallest = shrink(values, domains, breaks)
    const given = Object.fromEntries(
      property.variables.map(({ name }, at) => [name, encodeValue(smallest[at]!)]),
    )
    return { property, tried, isExhaustive, seed, failure: { start: breaks(smallest)!.start, given } }
  }
  return { property, tried, isExhaustive, seed, failure: null }
}

interface Domain {
  /** The simplest first. */
  readonly values: readonly Value[]
  /** Whether these are all the values there are. */
  readonly isWhole: boolean
  readonly between: ((chance: number) => Value) | undefined
}

function domainOf(
  blueprint: Blueprint,
  property: PlacedProperty,
  { type, bounds }: PlacedProperty['variables'][number],
): Domain {
  if (type.kind === 'enum') return whole(Object.keys(blueprint.enums[type.name]!.values))
  if (type.kind === 'bool') return whole([false, true])
  if (type.kind === 'region') return whole(Array.from({ length: regionCount() }, (_, at) => regionAt(at)))
  const [from, to] = bounds!.map(bound => decodeValue(bound, type) ?? null)
  const drawn = [
    ...property.expects.map(({ code }) => code),
    ...(property.when ? [property.when] : []),
  ].flatMap(code => boundsIn(blueprint, code, type))
  const near = [from!, to!, ...drawn].flatMap(value => [
    value,
    predecessor(value, type),
    successor(value, type),
  ])
  const inside = near.filter(
    (value): value is Value =>
      value !== undefined &&
      value !== null &&
      compareValues(from!, value) <= 0 &&
      compareValues(value, to!) <= 0,
  )
  const values = distinct(inside)
  if (type.kind === 'int' && (to as number) - (from as number) < 200)
    return whole(
      Array.from({ length: (to as number) - (from as number) + 1 }, (_, at) => (from as number) + at),
    )
  return { values, isWhole: false, between: chance => between(from!, to!, type, chance) }
}

function whole(values: readonly Value[]): Domain {
  return { values, isWhole: true, between: undefined }
}

/** The bounds that cells of the tables asked draw in a type, and the constants of that type. */
function boundsIn(blueprint: Blueprint, code: Code, type: Type): Value[] {
  if (code.op === 'const') return code.type.kind === type.kind ? [decodeValue(code.value, type) ?? null] : []
  if (code.op === 'member') return boundsIn(blueprint, code.of, type)
  if (code.op === 'list') return code.items.flatMap(item => boundsIn(blueprint, item, type))
  if (code.op === 'apply') return code.args.flatMap(arg => boundsIn(blueprint, arg, type))
  if (code.op !== 'table') return []
  const { inputs, rows } = blueprint.tables[code.name]!
  const drawn = inputs.flatMap((column, at) =>
    column.type.kind !== type.kind
      ? []
      : rows.flatMap(({ when }) =>
          when === 'else' ? [] : (when[at]?.any ?? []).flatMap(({ from, to }) => [from, to]),
        ),
  )
  const bounds = drawn.flatMap(bound => (bound === undefined ? [] : [decodeValue(bound, type) ?? null]))
  return [...bounds, ...code.args.flatMap(arg => boundsIn(blueprint, arg, type))]
}

function distinct(values: readonly Value[]): Value[] {
  return values
    .toSorted(compareValues)
    .filter((value, at, all) => at === 0 || compareValues(all[at - 1]!, value) !== 0)
}

/** A value at a share of the way, on the grid of what people write. */
function between(from: Value, to: Value, type: Type, chance: number): Value {
  if (typeof from === 'number') return from + Math.floor(((to as number) - from + 1) * chance)
  if (
    typeof from === 'object' &&
    from !== null &&
    'units' in from &&
    typeof to === 'object' &&
    to !== null &&
    'units' in to
  ) {
    const scale = Math.max(from.scale, to.scale, type.kind === 'money' ? 2 : 4)
    const [low, high] = [from, to].map(({ units, scale: own }) => units * 10n ** BigInt(scale - own))
    const steps = Number(high! - low! + 1n)
    return { units: low! + BigInt(Math.floor(steps * chance)), scale }
  }
  return chance < 0.5 ? from : to
}

function* inputs(
  domains: readonly Domain[],
  { size, isExhaustive, random }: { size: number; isExhaustive: boolean; random: () => number },
): Generator<Value[]> {
  if (isExhaustive || size <= MAX_TRIED)
    for (let at = 0; at < size; at++) {
      let rest = at
      yield domains.map(({ values }) => {
        const value = values[rest % values.length]!
        rest = Math.floor(rest / values.length)
        return value
      })
    }
  if (isExhaustive) return
  for (let at = 0; at < MAX_TRIED; at++)
    yield domains.map(({ values, between: some }) => {
      const isBound = !some || random() < 0.5
      return isBound ? values[Math.floor(random() * values.length)]! : some(random())
    })
}

/** Puts the first, simplest value that still breaks it in each place. */
function shrink(
  values: readonly Value[],
  domains: readonly Domain[],
  breaks: (values: readonly Value[]) => unknown,
): Value[] {
  const smallest = [...values]
  for (const [at, { values: simpler }] of domains.entries()) {
    const found = simpler.find(value => breaks(smallest.with(at, value)))
    if (found !== undefined) smallest[at] = found
  }
  return smallest
}

/** A generator of numbers in [0, 1): mulberry32, so that a seed gives the same inputs everywhere. */
function generator(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
}
