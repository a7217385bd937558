// Values as an action sees them: money is `{ fen, currency }`, everything else is its JSON form.
import type { ActionBlueprint } from '#core/blueprint'
import type { FieldValues } from '#core/form'
import {
  CURRENCY_DIGITS,
  decodeValue,
  isCurrency,
  parseDecimal,
  printDecimal,
  rescale,
  type JsonValue,
} from '#core/values'
import type { SandboxEnd } from '../sandbox/index.ts'

/** What came of a run: a declared outcome with all declared outputs, or `fault` with the reason. */
export interface ActionResult {
  readonly outcome: string
  readonly output: FieldValues
  readonly fault: string | null
}

/** The inputs of a run as its code reads them. */
export function actionInput(action: ActionBlueprint, input: FieldValues, currency: string): FieldValues {
  return Object.fromEntries(
    action.inputs.map(({ name, type }) => {
      const value = input[name] ?? null
      return [name, type.kind === 'money' && typeof value === 'string' ? toFen(value, currency) : value]
    }),
  )
}

/** The declared outputs of a result, each present and of its type; anything else is a fault. */
export function actionResult(
  { outputs, outcomes }: ActionBlueprint,
  { value, fault }: SandboxEnd,
  currency: string,
): ActionResult {
  if (fault) return faulted(`${fault.code}: ${fault.detail}`)
  if (typeof value !== 'object' || value === null) return faulted('result: not an object')
  const given = value as FieldValues
  const output: Record<string, JsonValue> = {}
  let outcome: string | undefined
  for (const { name, type, values } of outputs) {
    const written = Object.hasOwn(given, name) ? given[name]! : null
    const found = type.kind === 'money' ? ofFen(written, currency) : written
    const fits = values
      ? values.includes(found as string)
      : found !== null && decodeValue(found, type) !== undefined
    if (!fits) return faulted(`result: ${name}`)
    if (values) outcome ??= found as string
    output[name] = found
  }
  return { outcome: outcome ?? outcomes[0] ?? '', output, fault: null }
}

function faulted(detail: string): ActionResult {
  return { outcome: 'fault', output: {}, fault: detail }
}

function digitsOf(currency: string): number {
  return isCurrency(currency) ? CURRENCY_DIGITS[currency] : 2
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

/** Decimal text of whole minor units in the pack's currency; null for anything else. */
function ofFen(value: JsonValue, currency: string): JsonValue {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null
  const { fen, currency: given } = value as { readonly fen?: unknown; readonly currency?: unknown }
  if (given !== currency || typeof fen !== 'number' || !Number.isSafeInteger(fen)) return null
  return printDecimal({ units: BigInt(fen), scale: digitsOf(currency) })
}
