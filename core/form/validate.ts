import { orderOf, type Blueprint, type Code, type FieldBlueprint, type FormBlueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { evaluate } from '#core/table'
import {
  decodeValue,
  encodeValue,
  isPayable,
  isRegion,
  type Decimal,
  type JsonValue,
  type Type,
  type Value,
} from '#core/values'
import { formFacts, type FieldValues, type FilledForm, type Surroundings } from './environment.ts'

/** What is wrong with one field, or with the form as a whole (`field` null). */
export interface FieldProblem {
  readonly field: string | null
  readonly problem:
    'unknown' | 'type' | 'required' | 'computed' | 'below' | 'above' | 'size' | 'check' | 'reference'
  /** The bound or sentence the problem is about. */
  readonly detail: string | null
}

/** How complete the form must be: `draft` checks only what is filled, `whole` also what is required, besides `asked`. */
export interface Demand {
  readonly completeness: 'draft' | 'whole'
  readonly asked: readonly string[]
}

/** Everything wrong with a filled form, whose names are `facts`; empty when it may be kept. */
export function validateForm(
  blueprint: Blueprint,
  { filled, facts, demand }: { filled: FilledForm; facts: Facts; demand: Demand },
): FieldProblem[] {
  const form = blueprint.forms[filled.form]!
  const filling = { fields: filled.fields, facts, demand }
  const problems = isSound(blueprint, form, filling) ? [] : fieldProblems(blueprint, form, filling)
  if (demand.completeness === 'whole' || problems.length === 0)
    for (const { condition, message } of form.checks)
      if (namesFilled(condition, facts) && evaluate(blueprint, condition, facts) !== true)
        problems.push({ field: null, problem: 'check', detail: message })
  return problems
}

/** Whether no field is wrong. Why apart: of a long form most fields are empty and may be, so that it asks about few. */
function isSound(blueprint: Blueprint, form: FormBlueprint, filling: Filling): boolean {
  const { fields, demand } = filling
  const { named, claiming } = partsOf(form)
  for (const name in fields) {
    const field = named.get(name)
    if (!field || fieldProblem(blueprint, field, filling)) return false
  }
  for (const field of claiming)
    if (isEmpty(fields[field.name]) && fieldProblem(blueprint, field, filling)) return false
  for (const name of demand.asked) {
    const field = named.get(name)
    if (field && fieldProblem(blueprint, field, filling)) return false
  }
  return true
}

function fieldProblems(blueprint: Blueprint, form: FormBlueprint, filling: Filling): FieldProblem[] {
  const { named } = partsOf(form)
  const strange = Object.keys(filling.fields).filter(name => !named.has(name))
  return [
    ...strange.map((field): FieldProblem => ({ field, problem: 'unknown', detail: null })),
    ...[...named.values()].flatMap(field => fieldProblem(blueprint, field, filling) ?? []),
  ]
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
  for (const { name, field } of partsOf(blueprint.forms[filled.form]!).defaults) {
    if ((fields[name] ?? null) !== null) continue
    const value = evaluate(blueprint, field.default!, formFacts(blueprint, { ...filled, fields }, around))
    if (value !== null) fields[name] = encodeValue(value)
  }
  return fields
}

interface NamedField {
  readonly name: string
  readonly field: FieldBlueprint
}

/** The fields of a form, those with a default, and those that may be required. */
interface FormParts {
  readonly named: ReadonlyMap<string, NamedField>
  readonly defaults: readonly NamedField[]
  readonly claiming: readonly NamedField[]
}

const parts = new WeakMap<FormBlueprint, FormParts>()

/** Listed once: forms are checked with every step of a ticket. */
function partsOf(form: FormBlueprint): FormParts {
  let found = parts.get(form)
  if (!found) {
    const fields = Object.entries(form.fields).map(([name, field]) => ({ name, field }))
    found = {
      named: new Map(fields.map(part => [part.name, part])),
      defaults: fields.filter(({ field }) => field.default),
      claiming: fields.filter(({ field }) => field.required && !field.computed && !field.at),
    }
    parts.set(form, found)
  }
  return found
}

interface Filling {
  readonly fields: FieldValues
  readonly facts: Facts
  readonly demand: Demand
}

function fieldProblem(
  blueprint: Blueprint,
  { name, field }: NamedField,
  { fields, facts, demand }: Filling,
): FieldProblem | undefined {
  const json = fields[name] ?? null
  if (field.computed) return json === null ? undefined : { field: name, problem: 'computed', detail: null }
  if (field.visible && evaluate(blueprint, field.visible, facts) !== true) return undefined
  if (isEmpty(json)) {
    const required = demand.completeness === 'whole' && isRequired(blueprint, field, facts)
    const isMissed = required || demand.asked.includes(name)
    return isMissed ? { field: name, problem: 'required', detail: null } : undefined
  }
  if (!fitsType(blueprint, field.type, json)) return { field: name, problem: 'type', detail: null }
  if (field.size) {
    const { min, max } = field.size
    const size = sizeOf(json)
    if (size < min || size > max) return { field: name, problem: 'size', detail: `${min}..${max}` }
  }
  return field.min || field.max ? boundProblem(blueprint, { name, field }, facts) : undefined
}

function isEmpty(json: JsonValue | undefined): json is null | undefined | '' {
  return json === undefined || json === null || json === ''
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
  if (type.kind === 'region') return value === null || isRegion(value as string)
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

function boundProblem(
  blueprint: Blueprint,
  { name, field }: NamedField,
  facts: Facts,
): FieldProblem | undefined {
  const value = facts[name] ?? null
  const min = field.min ? evaluate(blueprint, field.min, facts) : null
  const max = field.max ? evaluate(blueprint, field.max, facts) : null
  const order = (bound: Value) => orderOf(blueprint, field.type, [value, bound]) ?? 0
  if (min !== null && order(min) < 0)
    return { field: name, problem: 'below', detail: String(encodeValue(min)) }
  const over = max === null ? -1 : order(max)
  return over > 0 || (over === 0 && field.maxOpen)
    ? { field: name, problem: 'above', detail: String(encodeValue(max as Value)) }
    : undefined
}

/** A check about fields that nobody has filled yet says nothing. */
function namesFilled(code: Code, facts: Facts): boolean {
  let names = readNames.get(code)
  if (!names) readNames.set(code, (names = askedBy(code)))
  return names.every(name => (facts[name] ?? null) !== null)
}

const readNames = new WeakMap<Code, readonly string[]>()

function askedBy(code: Code): string[] {
  if (code.op === 'name') return [code.name]
  if (code.op === 'member') return askedBy(code.of)
  if (code.op === 'fold') return askedBy(code.over)
  if (code.op === 'apply' || code.op === 'table') return code.args.flatMap(askedBy)
  return code.op === 'list' ? code.items.flatMap(askedBy) : []
}
