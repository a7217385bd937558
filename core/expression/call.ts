import { builtins, comparisons, type Builtin } from './builtins.ts'
import type { Compiled } from './compile.ts'

/** The builtin that a blueprint names, and what it answers when an argument is absent. Throws when there is none. */
export function builtinOf(fn: string): { readonly call: Builtin; readonly absent: false | null } {
  if (!Object.hasOwn(builtins, fn)) throw new Error(`blueprint names an unknown function: ${fn}`)
  return { call: builtins[fn]!, absent: comparisons.has(fn) ? false : null }
}

/** A call of a builtin. Up to three arguments are passed on without a list of them in between. */
export function compileCall(fn: string, args: readonly Compiled[]): Compiled {
  const { call, absent } = builtinOf(fn)
  const [a, b, c] = args
  if (args.length > 3 || !a)
    return facts => {
      const values = args.map(arg => arg(facts))
      return values.includes(null) ? absent : call(...values)
    }
  if (!b)
    return facts => {
      const x = a(facts)
      return x === null ? absent : call(x)
    }
  if (!c)
    return facts => {
      const x = a(facts)
      const y = b(facts)
      return x === null || y === null ? absent : call(x, y)
    }
  return facts => {
    const x = a(facts)
    const y = b(facts)
    const z = c(facts)
    return x === null || y === null || z === null ? absent : call(x, y, z)
  }
}
