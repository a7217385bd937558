import { decimalOf, parseDecimal, printDecimal, rescale, type Decimal } from './decimal.ts'
import type { JsonValue } from './value.ts'

/** The closed list of currencies with the digits of their minor unit (ISO 4217). */
export const CURRENCY_DIGITS = { CNY: 2, USD: 2, EUR: 2, HKD: 2, JPY: 0, GBP: 2 } as const

export type Currency = keyof typeof CURRENCY_DIGITS

export function isCurrency(text: string): text is Currency {
  return Object.hasOwn(CURRENCY_DIGITS, text)
}

/** Reads `¥1,999.99` or `USD 20.00` into its currency and exact amount; undefined when it is neither. */
export function parseMoney(text: string): { currency: Currency; amount: Decimal } | undefined {
  const match = /^([¥￥]|[A-Z]{3} ?)(-?\d[\d,]*(?:\.\d+)?)$/.exec(text.trim())
  if (!match) return undefined
  const sign = match[1]!.trim()
  const currency = sign === '¥' || sign === '￥' ? 'CNY' : sign
  const amount = parseDecimal(match[2]!.replaceAll(',', ''))
  return amount && isCurrency(currency) ? { currency, amount } : undefined
}

/** `¥1,999.99` / `USD 20.00`: at least the minor digits of the currency, thousands separated. */
export function printMoney(amount: Decimal, currency: Currency): string {
  const digits = CURRENCY_DIGITS[currency]
  const padded = amount.scale < digits ? decimalOf(rescale(amount, digits), digits) : amount
  const [whole = '', fraction] = printDecimal(padded).split('.')
  const grouped = whole.replace(/\B(?=(\d{3})+$)/g, ',')
  return `${currency === 'CNY' ? '¥' : `${currency} `}${grouped}${fraction === undefined ? '' : `.${fraction}`}`
}

/** How many digits the currency's minor unit has; two where it is none that is known. */
export function digitsOf(currency: string): number {
  return isCurrency(currency) ? CURRENCY_DIGITS[currency] : 2
}

/** Decimal text of `{ fen, currency }`, whole minor units of that currency; undefined for anything else. */
export function amountOfFen(json: JsonValue, currency: string): string | undefined {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return undefined
  const { fen, currency: said } = json as { readonly fen?: unknown; readonly currency?: unknown }
  if (said !== currency || typeof fen !== 'number' || !Number.isSafeInteger(fen)) return undefined
  return printDecimal(decimalOf(fen, digitsOf(currency)))
}

/** Whether an amount is a whole number of the currency’s smallest coins: nobody can pay ¥0.005. */
export function isPayable({ units, scale }: Decimal, currency: string): boolean {
  const digits = digitsOf(currency)
  return scale <= digits || units % 10n ** BigInt(scale - digits) === 0n
}
