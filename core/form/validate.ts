import { orderOf, type Blueprint, type Code, type FieldBlueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { evaluate } from '#core/table'
import {
  decodeValue,
  encodeValue,
  isPayable,
  type Decimal,
  type JsonValue,
  type Type,
  type Value,
} from '#core/values'
import { formFacts, type FieldValues, type FilledForm, type Surroundings } from './environment.ts'

/** What is wrong with one field, or with the form as a whole (`field` null). */
export interface FieldProblem {
  readonly field: string | null
  readonly problem: 'unknown' | 'type' | 'required' | 'computed' | 'below' | 'above' | 'size' | 'check'
  /** The bound or sentence the problem is about. */
  readonly detail: string | null
}

/** How complete the form must be: `draft` checks only what is filled, `whole` also what is required, besides `asked`. */
export interface Demand {
  readonly completeness: 'draft' | 'whole'
  readonly asked: readonly string[]
}

/** Everything wrong with a filled form; empty when it may be kept. */
export function validateForm(
  blueprint: Blueprint,
  { filled, around, demand }: { filled: FilledForm; around: Surroundings; demand: Demand },
): FieldProblem[] {
  const form = blueprint.forms[filled.form]!
  const facts = formFacts(blueprint, filled, around)
  const unknown = Object.keys(filled.fields).filter(name => !Object.hasOwn(form.fields, name))
  const problems = unknown.map((field): FieldProblem => ({ field, problem: 'unknown', detail: null }))
  for (const [name, field] of Object.entries(form.fields))
    problems.push(
      ...validateField(blueprint, { name, field, json: filled.fields[name] ?? null, facts, demand }),
    )
  if (demand.completeness === 'whole' || problems.length === 0)
    for (const { condition, message } of form.checks)
      if (namesFilled(condition, facts) && evaluate(blueprint, condition, facts) !== true)
        problems.push({ field: null, problem: 'check', detail: message })
  return problems
}

/** Fields that are to be shown now. */
export function visibleFields(blueprint: Blueprint, filled: FilledForm, around: Surroundings): string[] {
  const facts = formFacts(blueprint, filled, around)
  return Object.entries(blueprint.forms[filled.form]!.fields)
    .filter(([, field]) => !field.visible || evaluate(blueprint, field.visible, facts) === true)
    .map(([name]) => name)
}

/** Fields that may not be left empty when the form is handed in as it stands; those filled at a later node are not among them. */
export function requiredFields(blueprint: Blueprint, filled: FilledForm, around: Surroundings): string[] {
  const facts = formFacts(blueprint, filled, around)
  return Object.entries(blueprint.forms[filled.form]!.fields)
    .filter(([, field]) => isRequired(blueprint, field, facts))
    .map(([name]) => name)
}

/** What was entered together with the defaults of fields left empty. */
export function withDefaults(blueprint: Blueprint, filled: FilledForm, around: Surroundings): FieldValues {
  const fields: Record<string, JsonValue> = { ...filled.fields }
  for (const [name, field] of Object.entries(blueprint.forms[filled.form]!.fields)) {
    if (!field.default || (fields[name] ?? null) !== null) continue
    const value = evaluate(blueprint, field.default, formFacts(blueprint, { ...filled, fields }, around))
    if (value !== null) fields[name] = encodeValue(value)
  }
  return fields
}

interface FieldCase {
  readonly name: string
  readonly field: FieldBlueprint
  readonly json: JsonValue
  readonly facts: Facts
  readonly demand: Demand
}

function validateField(blueprint: Blueprint, at: FieldCase): FieldProblem[] {
  const { name, field, json, facts, demand } = at
  const problem = (problem: FieldProblem['problem'], detail: string | null = null) => [
    { field: name, problem, detail },
  ]
  if (field.computed) return json === null ? [] : problem('computed')
  if (field.visible && evaluate(blueprint, field.visible, facts) !== true) return []
  if (json === null || json === '') {
    const required = demand.completeness === 'whole' && isRequired(blueprint, field, facts)
    return required || demand.asked.includes(name) ? problem('required') : []
  }
  if (!fitsType(blueprint, field.type, json)) return problem('type')
  const size = sizeOf(json)
  if (field.size && (size < field.size.min || size > field.size.max))
    return problem('size', `${field.size.min}..${field.size.max}`)
  return boundProblem(blueprint, at) ?? []
}

function isRequired(blueprint: Blueprint, { at, required }: FieldBlueprint, facts: Facts): boolean {
  return at === undefined && required !== undefined && evaluate(blueprint, required, facts) === true
}

/** Whether a value is one of a type: scalars, lists of them, records by key or written in place. */
export function fitsType(blueprint: Blueprint, type: Type, json: JsonValue): boolean {
  if (type.kind === 'list')
    return Array.isArray(json) && json.every(item => fitsType(blueprint, type.of, item as JsonValue))
  if (type.kind === 'ref' && typeof json === 'object') return fitsEntity(blueprint, type.name, json)
  return fitsScalar(blueprint, type, json)
}

/** Whether a value is one of a plain type: an enum’s own, an amount that can be paid. */
export function fitsScalar({ enums, pack }: Blueprint, type: Type, json: JsonValue): boolean {
  const value = decodeValue(json, type)
  if (value === undefined) return false
  if (type.kind === 'money') return value === null || isPayable(value as Decimal, pack.currency)
  return type.kind !== 'enum' || Object.hasOwn(enums[type.name]!.values, json as string)
}

/** A row written in place: every field known and of its type. */
function fitsEntity(blueprint: Blueprint, entity: string, json: JsonValue): boolean {
  const fields = blueprint.entities[entity]?.fields ?? {}
  if (json === null || typeof json !== 'object' || Array.isArray(json)) return false
  return Object.entries(json).every(([name, value]) => {
    const field = Object.hasOwn(fields, name) ? fields[name] : undefined
    return (
      field !== undefined &&
      !field.computed &&
      (value === null || fitsType(blueprint, field.type, value as JsonValue))
    )
  })
}

function sizeOf(json: JsonValue): number {
  if (typeof json === 'string') return [...json].length
  return Array.isArray(json) ? json.length : 0
}

function boundProblem(blueprint: Blueprint, { name, field, facts }: FieldCase): FieldProblem[] | undefined {
  const value = facts[name] ?? null
  const min = field.min ? evaluate(blueprint, field.min, facts) : null
  const max = field.max ? evaluate(blueprint, field.max, facts) : null
  const order = (bound: Value) => orderOf(blueprint, field.type, [value, bound]) ?? 0
  if (min !== null && order(min) < 0)
    return [{ field: name, problem: 'below', detail: String(encodeValue(min)) }]
  const over = max === null ? -1 : order(max)
  return over > 0 || (over === 0 && field.maxOpen)
    ? [{ field: name, problem: 'above', detail: String(encodeValue(max as Value)) }]
    : undefined
}

/** A check about fields that nobody has filled yet says nothing. */
function namesFilled(code: Code, facts: Facts): boolean {
  if (code.op === 'name') return (facts[code.name] ?? null) !== null
  if (code.op === 'member') return namesFilled(code.of, facts)
  if (code.op === 'fold') return namesFilled(code.over, facts)
  if (code.op === 'apply' || code.op === 'table') return code.args.every(arg => namesFilled(arg, facts))
  return code.op === 'list' ? code.items.every(item => namesFilled(item, facts)) : true
}
