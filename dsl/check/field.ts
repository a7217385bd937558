import type { Code, FieldBlueprint } from '#core/blueprint'
import {
  isPayable,
  parseDecimal,
  printType,
  type JsonValue,
  type RoundingMode,
  type Type,
} from '#core/values'
import type { Expression, FieldClause, FieldNode, Rounding, Span } from '#dsl/syntax'
import { inferAs, type Names } from './infer.ts'
import { literalOf } from './literal.ts'
import { checkInRange, checkRange } from './range.ts'
import { resolveType, type Scope } from './scope.ts'

type Draft = { -readonly [Key in keyof FieldBlueprint]: FieldBlueprint[Key] }

const always: Code = { op: 'const', type: { kind: 'bool' }, value: true }
const bool: Type = { kind: 'bool' }

/** Checks one field of a form or entity against the names it may read; undefined when its type is unknown. */
export function checkField(scope: Scope, names: Names, node: FieldNode): FieldBlueprint | undefined {
  const type = names.get(node.name.text)
  if (!type) return undefined
  const field: Draft = { label: node.label?.value ?? node.name.text, type, optional: node.type.optional }
  if (node.type.size) readSize(scope, node.type.size, field)
  for (const clause of node.clauses) readClause(scope, names, { clause, field })
  if (node.value) readComputed(scope, names, { node, value: node.value, field })
  checkValues(scope, node, field)
  return field
}

/** What can be seen of a field's constants: a default lies within the bounds, what is worked out is not asked for. */
function checkValues(scope: Scope, node: FieldNode, field: Draft): void {
  const { type, min, max, maxOpen } = field
  const bounds = valueOf(node, 'in')
  const usual = valueOf(node, 'default')
  const range = bounds && { type, span: bounds, min, max, maxOpen }
  if (range) checkRange(scope, range)
  if (range && usual && field.default) checkInRange(scope, range, { span: usual, code: field.default })
  for (const clause of node.clauses)
    if (node.value && asked.has(clause.kind)) scope.report(clause, 'AX3016', { name: node.name.text })
}

function valueOf({ clauses }: FieldNode, kind: 'in' | 'default'): Expression | undefined {
  return clauses.flatMap(clause => (clause.kind === kind ? [clause.value] : []))[0]
}

/** Clauses of what people fill in. */
const asked: ReadonlySet<string> = new Set(['required', 'default', 'in', 'max', 'at'])

/** The types of fields by name, before any of their clauses is looked at, so that fields may read each other. */
export function fieldTypes(scope: Scope, nodes: readonly FieldNode[]): [string, Type][] {
  return nodes.flatMap(node => {
    const type = resolveType(scope, node.type)
    return type ? [[node.name.text, type] as [string, Type]] : []
  })
}

function readClause(scope: Scope, names: Names, at: { clause: FieldClause; field: Draft }): void {
  const { clause, field } = at
  const as = (expression: Expression, wanted: Type) => inferAs({ scope, names }, expression, wanted)?.code
  if (clause.kind === 'help') field.help = clause.text.value
  else if (clause.kind === 'at') field.at = clause.node.text
  else if (clause.kind === 'required') set(field, 'required', clause.when ? as(clause.when, bool) : always)
  else if (clause.kind === 'visible') set(field, 'visible', as(clause.value, bool))
  else if (clause.kind === 'default') set(field, 'default', as(clause.value, field.type))
  else if (clause.kind === 'max') readSize(scope, clause.value, field)
  else readBounds(scope, names, { value: clause.value, field })
}

function set(
  field: Draft,
  key: 'required' | 'visible' | 'default' | 'min' | 'max',
  code: Code | undefined,
): void {
  if (code) field[key] = code
}

function readBounds(scope: Scope, names: Names, { value, field }: { value: Expression; field: Draft }): void {
  if (value.kind !== 'binary' || (value.operator !== '..' && value.operator !== '..<')) {
    scope.report(value, 'AX3005')
    return
  }
  set(field, 'min', inferAs({ scope, names }, value.left, field.type)?.code)
  set(field, 'max', inferAs({ scope, names }, value.right, field.type)?.code)
  if (value.operator === '..<') field.maxOpen = true
}

/** What has a size: characters of a text, items of the others. */
const sized: ReadonlySet<Type['kind']> = new Set(['text', 'photo', 'list', 'set'])

/** `max 500` of a text, `photo[1..6]`. */
function readSize(scope: Scope, value: Expression, field: Draft): void {
  const range =
    value.kind === 'binary' && value.operator === '..' ? [value.left, value.right] : [undefined, value]
  const [min = 0, max] = range.map(end => (end ? wholeNumber(end) : 0))
  if (min === undefined || max === undefined || !sized.has(field.type.kind)) scope.report(value, 'AX3005')
  else if (max < Math.max(min, 1)) scope.report(value, 'AX3012')
  else field.size = { min, max }
}

function wholeNumber(expression: Expression): number | undefined {
  const literal = literalOf(expression)
  return literal?.type.kind === 'int' ? (literal.value as number) : undefined
}

function readComputed(
  scope: Scope,
  names: Names,
  { node, value, field }: { node: FieldNode; value: Expression; field: Draft },
): void {
  const inferred = inferAs({ scope, names }, value, field.type)
  if (!inferred) return
  const { type } = inferred.code
  field.computed = inferred.code
  const rounding = node.rounding && readRounding(scope, node.rounding, type)
  if (rounding) field.rounding = rounding
  const exact = rounding ? isWhole(scope, rounding) : inferred.exact || !!node.rounding
  requireExact(scope, { span: node, name: node.name.text, type, exact })
}

/** Reads `round half_up ¥0.01`; reports an unknown mode or a step of another type. */
export function readRounding(scope: Scope, node: Rounding, type: Type): FieldBlueprint['rounding'] {
  const mode = node.mode.text
  const step = literalOf(node.step)
  if (!isRoundingMode(mode)) scope.report(node.mode, 'AX3006', { name: mode })
  else if (step && isZero(step.value)) scope.report(node.step, 'AX3018')
  else if (step?.type.kind !== type.kind)
    scope.report(node.step, 'AX3001', {
      expected: printType(type),
      actual: step ? printType(step.type) : '…',
    })
  else return { mode, step: String(step.value) }
  return undefined
}

/** Whether a constant is zero or below it, as numbers, amounts, shares and durations are written. */
export function isZero(value: JsonValue): boolean {
  return /^-|^0(\.0*)?(s|m|h|d|w|mo)?$/.test(String(value))
}

function isRoundingMode(text: string): text is RoundingMode {
  return ['half_up', 'half_down', 'half_even', 'down', 'up'].includes(text)
}

/** Whether what is rounded so can be paid: `round half_up ¥0.001` leaves fractions of a cent. */
export function isWhole(scope: Scope, { step }: { readonly step: string }): boolean {
  return isPayable(parseDecimal(step)!, scope.currency)
}

/** Money that was multiplied must be rounded before anybody sees it. */
export function requireExact(
  scope: Scope,
  found: { span: Span; name: string; type: Type; exact: boolean },
): void {
  if (found.type.kind === 'money' && !found.exact) scope.report(found.span, 'AX3003', { name: found.name })
}
