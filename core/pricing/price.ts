import type { Blueprint, PriceLineBlueprint, PriceStepBlueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { applyRounding, evaluate, evaluateTraced, type TableUse } from '#core/table'
import {
  addDecimal,
  compareDecimal,
  encodeValue,
  isDecimal,
  isRecord,
  multiplyDecimal,
  printDecimal,
  regionWithin,
  type RecordValue,
  type Decimal,
  type JsonValue,
  type Value,
} from '#core/values'

/** A price with every line and step that made it; amounts are decimal text in the pack's currency. */
export interface Priced {
  readonly price: string
  readonly total: string
  readonly lines: readonly PricedLine[]
}

export interface PricedLine {
  readonly line: string
  readonly label: string
  /** Which row of the list field it is for, from 0; null for a line of its own. */
  readonly row: number | null
  readonly amount: string
  readonly steps: readonly PricedStep[]
}

/** One step: what it brought, what the amount was after it, and the table rows that said so. */
export interface PricedStep {
  readonly kind: PriceStepBlueprint['kind'] | 'round'
  readonly text: string
  /** False when its condition did not hold. */
  readonly applied: boolean
  readonly value: JsonValue
  readonly amount: string
  readonly tables: readonly TableUse[]
}

/** What a price cannot be worked out for want of: the line and the step that has no value. */
export interface Unpriced {
  readonly missing: { readonly line: string; readonly step: string }
}

/** Works a price out from the names of its form: lines add up, the steps of a line run in the order they are written. */
export function price(blueprint: Blueprint, name: string, facts: Facts): Priced | Unpriced {
  const declared = blueprint.prices[name]!
  const lines: PricedLine[] = []
  let total: Decimal = { units: 0n, scale: 2 }
  for (const line of declared.lines) {
    for (const { row, names } of casesOf(line, facts)) {
      if (line.when && evaluate(blueprint, line.when, names) !== true) continue
      const overlays = overlaysOn(blueprint, { price: name, line: line.name, names })
      const priced = priceLine(blueprint, { ...line, steps: [...line.steps, ...overlays] }, { row, names })
      if ('missing' in priced) return priced
      lines.push(priced.line)
      total = addDecimal(total, priced.amount)
    }
  }
  return { price: name, total: printDecimal(total), lines }
}

/** The steps of the overlays that hold now and here; they join the line before its rounding. */
function overlaysOn(
  blueprint: Blueprint,
  { price: name, line, names }: { price: string; line: string; names: Facts },
): PriceStepBlueprint[] {
  const now = names['(now)']
  const { subject } = blueprint.forms[blueprint.prices[name]!.form]!
  const record = subject === null ? null : names[subject]
  const place = isRecord(record ?? null) ? (record as RecordValue).fields.region : null
  return Object.values(blueprint.overlays).flatMap(overlay => {
    const isOn = overlay.price === name && overlay.line === line
    const isNow = typeof now === 'number' && overlay.from <= now && now < overlay.to
    const isHere =
      overlay.regions.length === 0 ||
      (typeof place === 'string' && overlay.regions.some(region => regionWithin(place, region)))
    const named = overlay.steps.map(step => ({ ...step, text: `${overlay.label}：${step.text}` }))
    return isOn && isNow && isHere ? named : []
  })
}

/** The line's names: those of the form and, for each row of its list, the row's own. */
function casesOf(line: PriceLineBlueprint, facts: Facts): { row: number | null; names: Facts }[] {
  if (line.per === null) return [{ row: null, names: facts }]
  const rows = facts[line.per]
  if (!Array.isArray(rows)) return []
  return (rows as readonly Value[]).flatMap((item, row) =>
    isRecord(item) ? [{ row, names: { ...facts, ...item.fields } }] : [],
  )
}

function priceLine(
  blueprint: Blueprint,
  line: PriceLineBlueprint,
  { row, names }: { row: number | null; names: Facts },
): { line: PricedLine; amount: Decimal } | Unpriced {
  let amount: Decimal = { units: 0n, scale: 2 }
  const steps: PricedStep[] = []
  for (const step of line.steps) {
    const { kind, text } = step
    if (step.when && evaluate(blueprint, step.when, names) !== true) {
      steps.push({ kind, text, applied: false, value: null, amount: printDecimal(amount), tables: [] })
      continue
    }
    const { value, tables } = evaluateTraced(blueprint, step.value, names)
    if (!isDecimal(value) && typeof value !== 'number') return { missing: { line: line.name, step: text } }
    amount = take(kind, amount, isDecimal(value) ? value : { units: BigInt(value), scale: 0 })
    steps.push({ kind, text, applied: true, value: encodeValue(value), amount: printDecimal(amount), tables })
  }
  const rounded = applyRounding(amount, line.rounding) as Decimal
  if (line.rounding) {
    const text = `${line.rounding.mode} ${line.rounding.step}`
    const after = printDecimal(rounded)
    steps.push({ kind: 'round', text, applied: true, value: null, amount: after, tables: [] })
  }
  const { name, label } = line
  return { line: { line: name, label, row, amount: printDecimal(rounded), steps }, amount: rounded }
}

function take(kind: PriceStepBlueprint['kind'], amount: Decimal, value: Decimal): Decimal {
  if (kind === 'base') return value
  if (kind === 'times') return multiplyDecimal(amount, value)
  if (kind === 'plus') return addDecimal(amount, value)
  return compareDecimal(amount, value) > 0 ? value : amount
}
