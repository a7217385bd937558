import type { Code } from '#core/blueprint'
import {
  addDecimal,
  asDecimal as exact,
  compareMixed,
  decimalOf,
  isRecord,
  multiplyDecimal,
  type Type,
  type Value,
} from '#core/values'
import type { Compiled } from './compile.ts'
import { totalDuration } from './durations.ts'
import { extreme } from './extreme.ts'
import { layered } from './layered.ts'
import { safe } from './numbers.ts'

type Fold = Code & { readonly op: 'fold' }

/**
 * One figure of a list. Rows without a value count for nothing: the sum of none is zero, their count 0, their smallest,
 * largest and median absent. The median of an even number is exactly half way between the middle two.
 */
export function compileFold(
  { fn, over, where, value, type }: Fold,
  compile: (code: Code) => Compiled,
): Compiled {
  const list = compile(over)
  const holds = where && compile(where)
  const valueOf = value && compile(value)
  return facts => {
    const rows = list(facts)
    if (!Array.isArray(rows)) return fn === 'sum' || fn === 'count' ? fold(fn, [], type) : null
    const values: Value[] = []
    for (const row of rows as readonly Value[]) {
      const names = isRecord(row) ? layered(facts, row) : facts
      if (holds && holds(names) !== true) continue
      const found = valueOf ? valueOf(names) : row
      if (found !== null) values.push(found)
    }
    return fold(fn, values, type)
  }
}

function fold(fn: Fold['fn'], values: readonly Value[], type: Type): Value {
  if (fn === 'count') return values.length
  if (fn === 'sum') return sum(values, type)
  if (values.length === 0) return null
  if (fn !== 'median') return extreme(fn, values, type)
  return median(values.toSorted(compareMixed))
}

function sum(values: readonly Value[], type: Type): Value {
  if (type.kind === 'int')
    return safe((values as readonly number[]).reduce((total, value) => total + value, 0))
  if (type.kind === 'duration') return totalDuration(values)
  return values.map(exact).reduce(addDecimal, decimalOf(0))
}

const half = decimalOf(5, 1)

function median(sorted: readonly Value[]): Value {
  const middle = sorted.length >> 1
  const upper = exact(sorted[middle]!)
  return sorted.length % 2 === 1
    ? upper
    : multiplyDecimal(addDecimal(exact(sorted[middle - 1]!), upper), half)
}
