import type { Code } from '#core/blueprint'
import { sameType, type Type } from '#core/values'

/**
 * The type that values of both have: whole numbers are decimals beside decimals, shares are numbers beside numbers, and
 * what is absent is of any type. Undefined when they have none in common.
 */
export function unified(a: Type, b: Type): Type | undefined {
  if (sameType(a, b)) return a
  if (a.kind === 'null') return b
  if (b.kind === 'null') return a
  if (numbers.has(a.kind) && numbers.has(b.kind)) return { kind: 'decimal' }
  if (a.kind !== 'list' || b.kind !== 'list') return undefined
  const of = unified(a.of, b.of)
  return of && { kind: 'list', of }
}

const numbers: ReadonlySet<string> = new Set(['int', 'decimal', 'percent'])

/** Code of one type as code of a wider one that `unified` gave, so that every value is in the form of its type. */
export function widened(code: Code, to: Type): Code {
  if (sameType(code.type, to) || code.type.kind === 'null') return code
  if (code.op === 'list' && to.kind === 'list')
    return { op: 'list', type: to, items: code.items.map(item => widened(item, to.of)) }
  if (code.op === 'const' && code.type.kind === 'int' && to.kind === 'decimal')
    return { op: 'const', type: to, value: String(code.value) }
  const holdsInts = JSON.stringify(code.type).includes('"int"')
  return holdsInts ? { op: 'apply', type: to, fn: 'decimal', args: [code] } : { ...code, type: to }
}
