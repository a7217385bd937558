import type { Code } from '#core/blueprint'
import { comparisons } from './builtins.ts'
import type { Compiled, Facts } from './compile.ts'

const connectives: ReadonlySet<string> = new Set(['and', 'or', 'not', 'known'])

/** Whether what a call of this name yields is true or false always, never absent. */
export function isCertain(code: Code): boolean {
  return code.op === 'apply' && (connectives.has(code.fn) || comparisons.has(code.fn))
}

/** The operands of a chain of one operator, however it is bracketed: those of `a and (b and c)` are three. */
export function operandsOf(fn: string, args: readonly Code[]): Code[] {
  return args.flatMap(arg => (arg.op === 'apply' && arg.fn === fn ? operandsOf(fn, arg.args) : [arg]))
}

/** Connectives, which meet absent values in ways of their own; undefined for any other function. */
export function compileLogic(
  fn: string,
  args: readonly Code[],
  compile: (code: Code) => Compiled,
): Compiled | undefined {
  if (fn === 'and') return allOf(operandsOf(fn, args).map(compile))
  if (fn === 'or') return anyOf(operandsOf(fn, args).map(compile))
  if (fn === 'not') return compileNot(args[0]!, compile)
  const [a, b, c] = fn === 'known' || fn === 'if' ? args.map(compile) : []
  if (fn === 'known') return facts => a!(facts) !== null
  return fn === 'if' ? facts => (a!(facts) === true ? b!(facts) : c!(facts)) : undefined
}

function allOf(operands: readonly Compiled[]): (facts: Facts) => boolean {
  return facts => {
    for (const operand of operands) if (operand(facts) !== true) return false
    return true
  }
}

function anyOf(operands: readonly Compiled[]): (facts: Facts) => boolean {
  return facts => {
    for (const operand of operands) if (operand(facts) === true) return true
    return false
  }
}

function compileNot(operand: Code, compile: (code: Code) => Compiled): (facts: Facts) => boolean {
  if (operand.op === 'name') {
    const { name } = operand
    return facts => facts[name] === false
  }
  const a = compile(operand)
  return facts => a(facts) === false
}
