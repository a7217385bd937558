import type { Code } from '#core/blueprint'
import { decodeValue, isRecord, type Value } from '#core/values'
import { compileCall } from './call.ts'
import { compileFold } from './fold.ts'
import { compileLogic } from './logic.ts'
import { compilePlain, plainComparison } from './plain.ts'

/** Where an expression reads its names from. */
export type Facts = Readonly<Record<string, Value>>
export type Compiled = (facts: Facts) => Value

/** Looks a table up by its inputs in order; yields its outputs and computed names as a record. */
export type TableCall = (table: string, inputs: readonly Value[]) => Value

/** Turns checked code into a closure; compile once, call often. The code must come from a blueprint of this format. */
export function compileCode(code: Code, callTable: TableCall): Compiled {
  const compile = (part: Code) => compileCode(part, callTable)
  if (code.op === 'const') {
    const value = decodeValue(code.value, code.type) ?? null
    return () => value
  }
  if (code.op === 'name') {
    const { name } = code
    return facts => facts[name] ?? null
  }
  if (code.op === 'member') return compileMember(compile(code.of), code.name)
  if (code.op === 'apply') return compileApply(code.fn, code.args, compile)
  if (code.op === 'list') {
    const items = code.items.map(compile)
    return facts => items.map(item => item(facts))
  }
  if (code.op === 'fold') return compileFold(code, compile)
  const { name } = code
  const inputs = code.args.map(compile)
  return facts =>
    callTable(
      name,
      inputs.map(input => input(facts)),
    )
}

function compileMember(of: Compiled, name: string): Compiled {
  return facts => {
    const record = of(facts)
    return isRecord(record) ? (record.fields[name] ?? null) : null
  }
}

function compileApply(fn: string, args: readonly Code[], compile: (code: Code) => Compiled): Compiled {
  const comparison = plainComparison(fn, args)
  if (comparison) return compilePlain(comparison, compile)
  return compileLogic(fn, args, compile) ?? compileCall(fn, args.map(compile))
}
