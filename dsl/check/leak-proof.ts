import type { Blueprint, Code, FieldBlueprint } from '#core/blueprint'
import { rightOn, type Person } from '#core/desk'
import { compareDecimal, parseDecimal, printPercent } from '#core/values'
import type { FormNode } from '#dsl/syntax'
import type { Scope } from './scope.ts'

/**
 * Proves that nobody can work a field out that they may not read: from a computed field which they may, whose sum or product
 * leaves it as the only unknown. What a table, a condition or a choice makes of a field does not give it away.
 */
export function proveSecrets(scope: Scope, blueprint: Blueprint, node: FormNode): void {
  const form = node.name.text
  const fields = blueprint.forms[form]?.fields ?? {}
  if (!blueprint.access[form]) return
  const readers: readonly (readonly [string, Person])[] = [
    ...Object.keys(blueprint.roles).map(role => [role, { kind: 'staff', roles: [role] }] as const),
    ['customer', { kind: 'customer' }],
  ]
  for (const { name } of node.fields) {
    const field = fields[name.text]
    if (!field?.computed || isCoarse(field)) continue
    for (const [role, person] of readers) {
      const mayRead = (each: string) => rightOn(blueprint, person, { form, field: each }) !== null
      if (!mayRead(name.text)) continue
      const found = workedOut(
        field.computed,
        name.text,
        each => !Object.hasOwn(fields, each) || mayRead(each),
      )
      if (found) scope.report(name, 'AX5024', { role, field: found.field, sink: name.text, way: found.way })
    }
  }
}

const cent = parseDecimal('0.01')!

/** Rounded so that what it was made of cannot be told. */
function isCoarse({ rounding }: FieldBlueprint): boolean {
  return rounding !== undefined && compareDecimal(parseDecimal(rounding.step)!, cent) > 0
}

interface WorkedOut {
  readonly field: string
  /** `进价 = 售价 - 加价` */
  readonly way: string
}

/** The one field that may not be read, solved for; undefined when there is none, several, or no way back to it. */
function workedOut(code: Code, known: string, mayRead: (field: string) => boolean): WorkedOut | undefined {
  if (code.op === 'name')
    return mayRead(code.name) ? undefined : { field: code.name, way: `${code.name} = ${known}` }
  if (code.op !== 'apply') return undefined
  const [a, b] = code.args as [Code, Code | undefined]
  if (code.fn === 'negate') return workedOut(a, `-${inBrackets(known)}`, mayRead)
  if (!b || !['+', '-', '*', '/'].includes(code.fn)) return undefined
  const [left, right] = [isReadable(a, mayRead), isReadable(b, mayRead)]
  if (left === right) return undefined
  const other = printCode(left ? a : b)
  // A factor that may be nothing gives nothing away; a constant is not.
  if ((code.fn === '*' || code.fn === '/') && !isFactor(left ? a : b)) return undefined
  const turned = inverse(code.fn, { known: inBrackets(known), other: inBrackets(other), isRight: left })
  return turned === undefined ? undefined : workedOut(left ? b : a, turned, mayRead)
}

/** What the unknown side of an operation is, from its result and its other side. */
function inverse(
  fn: string,
  { known, other, isRight }: { known: string; other: string; isRight: boolean },
): string | undefined {
  if (fn === '+') return `${known} - ${other}`
  if (fn === '*') return `${known} / ${other}`
  if (fn === '-') return isRight ? `${other} - ${known}` : `${known} + ${other}`
  return isRight ? `${other} / ${known}` : `${known} * ${other}`
}

function isFactor(code: Code): boolean {
  const value = code.op === 'const' ? parseDecimal(String(code.value)) : undefined
  return value !== undefined && value.units !== 0n
}

/** Whether all that a part is made of may be read, or is the same for everybody; what cannot be looked into may not. */
function isReadable(code: Code, mayRead: (field: string) => boolean): boolean {
  if (code.op === 'const') return true
  if (code.op === 'name') return mayRead(code.name)
  if (code.op === 'member') return isReadable(code.of, mayRead)
  return code.op === 'apply' && code.args.every(arg => isReadable(arg, mayRead))
}

function printCode(code: Code): string {
  if (code.op === 'const') return printConstant(code)
  if (code.op === 'name') return code.name
  if (code.op === 'member') return `${printCode(code.of)}.${code.name}`
  if (code.op !== 'apply') return '…'
  const said = code.args.map(printCode)
  return said.length === 2 && code.fn.length === 1
    ? said.join(` ${code.fn} `)
    : `${code.fn}(${said.join(', ')})`
}

function printConstant({ type, value }: Code & { op: 'const' }): string {
  const number = type.kind === 'percent' ? parseDecimal(String(value)) : undefined
  return number ? printPercent(number) : String(value)
}

const inBrackets = (text: string) => (text.includes(' ') ? `(${text})` : text)
