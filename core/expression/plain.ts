import type { Code } from '#core/blueprint'
import { decodeValue, type Value } from '#core/values'
import type { Compiled, Facts } from './compile.ts'

/** Kinds whose values are plain numbers, strings or booleans, so that the machine's own equality is right. */
const plain: ReadonlySet<string> = new Set(['int', 'text', 'enum', 'bool', 'date', 'time'])
/** Kinds whose order is the machine's; an enum's is that of its declaration. */
const ordered: ReadonlySet<string> = new Set(['int', 'date', 'time'])
const equalities: ReadonlySet<string> = new Set(['=', '!='])
const orders: ReadonlySet<string> = new Set(['<', '<=', '>', '>='])

type Plain = string | number | boolean

/** A comparison that needs nothing but the machine's own: of two values, with a constant, or with a list of constants. */
export type PlainComparison =
  | { readonly fn: string; readonly left: Code; readonly right: Code }
  | { readonly fn: string; readonly left: Code; readonly bound: Plain }
  | { readonly fn: 'in'; readonly left: Code; readonly among: readonly Plain[] }

/** Reads a call as a plain comparison; undefined when the types need the general one. */
export function plainComparison(fn: string, args: readonly Code[]): PlainComparison | undefined {
  const [left, right] = args
  if (!left || !right || args.length !== 2 || !plain.has(left.type.kind)) return undefined
  if (fn === 'in') {
    const among = right.op === 'list' ? right.items.map(constantOf) : [undefined]
    return among.includes(undefined) ? undefined : { fn, left, among: among as Plain[] }
  }
  const fits = equalities.has(fn) || (orders.has(fn) && ordered.has(left.type.kind))
  if (!fits || right.type.kind !== left.type.kind) return undefined
  if (right.op !== 'const') return { fn, left, right }
  const bound = constantOf(right)
  return bound === undefined ? undefined : { fn, left, bound }
}

function constantOf(code: Code): Plain | undefined {
  if (code.op !== 'const' || !plain.has(code.type.kind)) return undefined
  return (decodeValue(code.value, code.type) ?? undefined) as Plain | undefined
}

/** A plain comparison as one closure, a name's value read within it. Absent values compare as false. */
export function compilePlain(
  comparison: PlainComparison,
  compile: (code: Code) => Compiled,
): (facts: Facts) => boolean {
  const { fn, left } = comparison
  if ('bound' in comparison && left.op === 'name') return ofName[fn]!(left.name, comparison.bound)
  if ('among' in comparison) return amongOf(compile(left), comparison.among)
  const a = compile(left)
  const test = tests[fn]!
  if ('bound' in comparison) return facts => test(a(facts), comparison.bound)
  const b = compile(comparison.right)
  return facts => {
    const bound = b(facts)
    return bound !== null && test(a(facts), bound as Plain)
  }
}

function amongOf(a: Compiled, items: readonly Plain[]): (facts: Facts) => boolean {
  const [first, second] = items
  if (items.length === 2)
    return facts => {
      const value = a(facts)
      return value === first || value === second
    }
  const among: ReadonlySet<Value> = new Set(items)
  return facts => among.has(a(facts))
}

type Found = Value | undefined
type Test = (value: Found, bound: Plain) => boolean

const isThere = (value: Found) => value !== null && value !== undefined
const isOther: Test = (value, bound) => isThere(value) && value !== bound
const isBelow: Test = (value, bound) => isThere(value) && (value as Plain) < bound
const isUpTo: Test = (value, bound) => isThere(value) && (value as Plain) <= bound
const isAbove: Test = (value, bound) => isThere(value) && (value as Plain) > bound
const isFrom: Test = (value, bound) => isThere(value) && (value as Plain) >= bound

const tests: Readonly<Record<string, Test>> = {
  ...{ '=': (value, bound) => value === bound, '!=': isOther },
  ...{ '<': isBelow, '<=': isUpTo, '>': isAbove, '>=': isFrom },
}

/** The same read off a name: the commonest test there is, and the one whose calls cost most beside it. */
const ofName: Readonly<Record<string, (name: string, bound: Plain) => (facts: Facts) => boolean>> = {
  '=': (name, bound) => facts => facts[name] === bound,
  '!=': (name, bound) => facts => isOther(facts[name], bound),
  '<': (name, bound) => facts => isBelow(facts[name], bound),
  '<=': (name, bound) => facts => isUpTo(facts[name], bound),
  '>': (name, bound) => facts => isAbove(facts[name], bound),
  '>=': (name, bound) => facts => isFrom(facts[name], bound),
}
