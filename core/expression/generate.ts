import type { Code } from '#core/blueprint'
import { decodeValue, isRecord, type Value } from '#core/values'
import { builtinOf } from './call.ts'
import type { Compiled, TableCall } from './compile.ts'
import { compileFold } from './fold.ts'
import { isCertain, operandsOf } from './logic.ts'
import { safe } from './numbers.ts'
import { plainComparison, type PlainComparison } from './plain.ts'

/** Makes a function of parameters and a body, as `new Function` does where the host allows it. */
export type MakeFunction = (parameters: readonly string[], body: string) => unknown

/** More items than these are looked up rather than compared one by one. */
const MOST_COMPARED = 8

/**
 * Turns checked code into a function of its own, which the machine optimises like one written by hand; it answers as the
 * closure of the same code does. INVARIANT: names and constants enter the text by `literal` alone, or stand outside of it in
 * `k`, so that no text of an author is ever read as JavaScript.
 */
export function generateCode(code: Code, callTable: TableCall, make: MakeFunction): Compiled {
  const writing: Writing = { callTable, make, outside: [], temporaries: 0 }
  const value = valueOf(writing, code)
  const kept = writing.outside.map((_, at) => `const k${at}=k[${at}];`)
  const temporaries = Array.from({ length: writing.temporaries }, (_, at) => `t${at}`)
  const declared = temporaries.length === 0 ? '' : `let ${temporaries.join(',')};`
  const body = `"use strict";${kept.join('')}return f=>{${declared}return ${value}}`
  return (make(['k'], body) as (outside: readonly unknown[]) => Compiled)(writing.outside)
}

interface Writing {
  readonly callTable: TableCall
  readonly make: MakeFunction
  /** Values that stand outside of the text: `k0`, `k1`… */
  readonly outside: unknown[]
  temporaries: number
}

/** What the code yields; null for absent, never undefined. */
function valueOf(writing: Writing, code: Code): string {
  switch (code.op) {
    case 'const':
      return constant(writing, decodeValue(code.value, code.type) ?? null)
    case 'name':
      return `(${nameOf(code)}??null)`
    case 'member': {
      const record = temporary(writing)
      const isThat = keep(writing, isRecord)
      return `(${isThat}(${record}=${valueOf(writing, code.of)})?(${record}.fields[${literal(code.name)}]??null):null)`
    }
    case 'list':
      return `[${code.items.map(item => valueOf(writing, item)).join(',')}]`
    case 'table': {
      const inputs = code.args.map(arg => valueOf(writing, arg))
      return `${keep(writing, writing.callTable)}(${literal(code.name)},[${inputs.join(',')}])`
    }
    case 'fold': {
      const fold = compileFold(code, part => generateCode(part, writing.callTable, writing.make))
      return `${keep(writing, fold)}(f)`
    }
    case 'apply':
      return applied(writing, code)
  }
}

function applied(writing: Writing, code: Code & { op: 'apply' }): string {
  const { fn, args } = code
  if (isCertain(code) && isInline(fn, args)) return truthOf(writing, code)
  if (fn === 'if') {
    const [condition, yes, no] = args as [Code, Code, Code]
    return `(${truthOf(writing, condition)}?${valueOf(writing, yes)}:${valueOf(writing, no)})`
  }
  return called(writing, fn, args)
}

/** Operators of whole numbers that are the machine's own. */
const arithmetic: ReadonlySet<string> = new Set(['+', '-', '*'])

function called(writing: Writing, fn: string, args: readonly Code[]): string {
  const { call, absent } = builtinOf(fn)
  const names = args.map(() => temporary(writing))
  const set = args.map((arg, at) => `${names[at]}=${valueOf(writing, arg)},`)
  const isAbsent = names.map(name => `${name}===null`).join('||') || 'false'
  const general = `${keep(writing, call)}(${names.join(',')})`
  const isWhole = arithmetic.has(fn) && args.every(({ type }) => type.kind === 'int')
  const areNumbers = names.map(name => `typeof ${name}==="number"`).join('&&')
  const result = isWhole ? `${areNumbers}?${keep(writing, safe)}(${names.join(fn)}):${general}` : general
  return `(${set.join('')}${isAbsent}?${absent}:${result})`
}

const connectives: ReadonlySet<string> = new Set(['and', 'or', 'not', 'known'])

function isInline(fn: string, args: readonly Code[]): boolean {
  return connectives.has(fn) || plainComparison(fn, args) !== undefined
}

/** A condition of the machine that holds exactly where the code yields true. */
function truthOf(writing: Writing, code: Code): string {
  if (code.op !== 'apply') return `${readOf(writing, code)}===true`
  const { fn, args } = code
  if (fn === 'and' || fn === 'or') {
    const operands = operandsOf(fn, args).map(operand => truthOf(writing, operand))
    return `(${operands.join(fn === 'and' ? '&&' : '||')})`
  }
  if (fn === 'not') {
    const [operand] = args as [Code]
    return isCertain(operand) ? `!${truthOf(writing, operand)}` : `(${readOf(writing, operand)}===false)`
  }
  if (fn === 'known') return `(${readOf(writing, args[0]!)}!=null)`
  const comparison = plainComparison(fn, args)
  return comparison ? compared(writing, comparison) : `(${valueOf(writing, code)}===true)`
}

const operators: Readonly<Record<string, string>> = {
  ...{ '=': '===', '!=': '!==', '<': '<', '<=': '<=', '>': '>', '>=': '>=' },
}

function compared(writing: Writing, comparison: PlainComparison): string {
  const { fn, left } = comparison
  const a = readOf(writing, left)
  if ('among' in comparison) return among(writing, a, comparison.among)
  const operator = operators[fn]!
  if ('bound' in comparison) {
    const bound = constant(writing, comparison.bound)
    if (fn === '=') return `(${a}===${bound})`
    const value = temporary(writing)
    return `((${value}=${a})!=null&&${value}${operator}${bound})`
  }
  const [x, y] = [temporary(writing), temporary(writing)]
  return `(${x}=${a},${y}=${readOf(writing, comparison.right)},${x}!=null&&${y}!=null&&${x}${operator}${y})`
}

function among(writing: Writing, a: string, items: readonly Value[]): string {
  const value = temporary(writing)
  if (items.length > MOST_COMPARED) return `${keep(writing, new Set(items))}.has(${a})`
  const same = items.map(item => `${value}===${constant(writing, item)}`)
  return `(${value}=${a},${same.join('||') || 'false'})`
}

/** Like `valueOf` where an absent value may as well be undefined. */
function readOf(writing: Writing, code: Code): string {
  return code.op === 'name' ? nameOf(code) : valueOf(writing, code)
}

function nameOf({ name }: Code & { op: 'name' }): string {
  return `f[${literal(name)}]`
}

function constant(writing: Writing, value: Value): string {
  const isWritten =
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    (Number.isSafeInteger(value) && !Object.is(value, -0))
  return isWritten ? literal(value) : keep(writing, value)
}

/** JSON is JavaScript, whatever it holds. */
function literal(value: Value): string {
  return JSON.stringify(value)
}

function keep(writing: Writing, value: unknown): string {
  const known = writing.outside.indexOf(value)
  return `k${known < 0 ? writing.outside.push(value) - 1 : known}`
}

function temporary(writing: Writing): string {
  return `t${writing.temporaries++}`
}
