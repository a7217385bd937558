// Values as an action sees them: money is `{ fen, currency }`, everything else is its JSON form.
import type { ActionBlueprint, Blueprint } from '#core/blueprint'
import { fitsType, type FieldValues } from '#core/form'
import {
  amountOfFen,
  digitsOf,
  parseDecimal,
  printType,
  rescale,
  type JsonValue,
  type Type,
} from '#core/values'
import type { SandboxEnd } from '../sandbox/index.ts'

/** What came of a run: a declared outcome with all declared outputs, or `fault` with the reason. */
export interface ActionResult {
  readonly outcome: string
  readonly output: FieldValues
  readonly fault: string | null
}

/** The inputs of a run as its code reads them. */
export function actionInput(blueprint: Blueprint, action: ActionBlueprint, input: FieldValues): FieldValues {
  return Object.fromEntries(
    action.inputs.map(({ name, type }) => [name, toAction(blueprint, type, input[name] ?? null)]),
  )
}

/** The first input that the action needs and is not given. */
export function missingInput({ inputs }: ActionBlueprint, input: FieldValues): string | undefined {
  return inputs.find(({ name, optional }) => !optional && (input[name] ?? null) === null)?.name
}

/** The end of a run that lacks an input it was promised. */
export const lacking = (input: string): SandboxEnd => notRun('input', `${input} has no value`)

/** The end of a run that never began. */
export function notRun(code: string, detail: string): SandboxEnd {
  return { fault: { code, detail }, log: [], meters: { ms: 0, maxRssBytes: 0, calls: 0 } }
}

/** The declared outputs of a result, each present and of its type; anything else is a fault. */
export function actionResult(
  blueprint: Blueprint,
  { outputs, outcomes }: ActionBlueprint,
  { value, fault }: Pick<SandboxEnd, 'value' | 'fault'>,
): ActionResult {
  if (fault) return faulted(`${fault.code}: ${fault.detail}`)
  if (typeof value !== 'object' || value === null) return faulted('result: not an object')
  const given = value as FieldValues
  const output: Record<string, JsonValue> = {}
  let outcome: string | undefined
  for (const field of outputs) {
    const { name, type, values } = field
    const written = Object.hasOwn(given, name) ? given[name]! : null
    const isOwn = values === undefined || values.includes(written as string)
    const found = values ? written : fromAction(blueprint, type, written)
    if (!isOwn || found === undefined)
      return faulted(`result: ${name}: ${mismatch(blueprint, field, written)}`)
    if (values) outcome ??= found as string
    output[name] = found
  }
  return { outcome: outcome ?? outcomes[0] ?? '', output, fault: null }
}

/** A value as an action reads it; an amount with a part of a minor unit is absent. */
export function toAction(blueprint: Blueprint, type: Type, json: JsonValue): JsonValue {
  const { currency } = blueprint.pack
  return mapMoney(blueprint, { type, json }, amount =>
    typeof amount === 'string' ? toFen(amount, currency) : null,
  )
}

/** A value as an action wrote it, amounts as decimal text; undefined for what is none of its type. */
export function fromAction(blueprint: Blueprint, type: Type, json: JsonValue): JsonValue | undefined {
  const found = mapMoney(
    blueprint,
    { type, json },
    amount => amountOfFen(amount, blueprint.pack.currency) ?? null,
  )
  const isWhole = found !== null && !(Array.isArray(found) && found.includes(null))
  return isWhole && fitsType(blueprint, type, found) ? found : undefined
}

function mapMoney(
  blueprint: Blueprint,
  { type, json }: { readonly type: Type; readonly json: JsonValue },
  map: (amount: JsonValue) => JsonValue,
): JsonValue {
  if (json === null) return null
  const within = (part: Type, value: JsonValue) => mapMoney(blueprint, { type: part, json: value }, map)
  if (type.kind === 'money') return map(json)
  if ((type.kind === 'list' || type.kind === 'set') && Array.isArray(json))
    return json.map(item => within(type.of, item as JsonValue))
  if (type.kind !== 'ref' || typeof json !== 'object' || Array.isArray(json)) return json
  const fields = blueprint.entities[type.name]?.fields ?? {}
  return Object.fromEntries(
    Object.entries(json).map(([name, value]) => {
      const field = Object.hasOwn(fields, name) ? fields[name] : undefined
      return [name, field ? within(field.type, value as JsonValue) : (value as JsonValue)]
    }),
  )
}

/** What was wanted and what came, `wanted text, got nothing`: kinds alone, as who reads it may not read the value. */
export function mismatch(
  { enums, pack }: Blueprint,
  { type, values }: { readonly type: Type; readonly values?: readonly string[] | undefined },
  json: JsonValue,
): string {
  const own = values ?? (type.kind === 'enum' ? Object.keys(enums[type.name]?.values ?? {}) : undefined)
  const wanted = own ? `one of ${own.join(', ')}` : wordsOf(type, pack.currency)
  return `wanted ${wanted}, got ${kindOf(json)}${own && typeof json === 'string' ? ' that is none of them' : ''}`
}

/** Amounts by their shape, which is what goes wrong with them. */
function wordsOf(type: Type, currency: string): string {
  return printType(type).replace('money', `money { fen: 100, currency: '${currency}' }`)
}

function kindOf(json: JsonValue): string {
  if (json === null) return 'nothing'
  if (Array.isArray(json)) return 'a list'
  const kinds = { string: 'a text', number: 'a number', boolean: 'a bool' } as Record<string, string>
  return kinds[typeof json] ?? 'an object'
}

function faulted(detail: string): ActionResult {
  return { outcome: 'fault', output: {}, fault: detail }
}

/** Null for an amount that is not of whole minor units: it is never rounded on the way out. */
function toFen(text: string, currency: string): JsonValue {
  const amount = parseDecimal(text)
  if (!amount) return null
  const digits = digitsOf(currency)
  const beyond = 10n ** BigInt(Math.max(0, amount.scale - digits))
  if (amount.units % beyond !== 0n) return null
  const whole = { units: amount.units / beyond, scale: Math.min(amount.scale, digits) }
  return { fen: Number(rescale(whole, digits)), currency }
}
