import type { Blueprint, PriceStepBlueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { evaluateTraced, type TableUse } from '#core/table'
import { addDecimal, decimalOf, encodeValue, printDecimal, type Decimal, type JsonValue } from '#core/values'
import { amountOf, type Teller } from './amount.ts'
import { casesOf, planOf, type LinePlan } from './plan.ts'

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
  const lines: PricedLine[] = []
  let total = decimalOf(0, 2)
  for (const line of planOf(blueprint, name).lines) {
    const { name: own, label } = line.declared
    for (const { row, names } of casesOf(line, facts)) {
      const explanation = explaining(blueprint)
      const amount = amountOf(line, names, explanation)
      if ('missing' in amount) return { missing: { line: own, step: amount.missing.text } }
      const steps = [...explanation.steps, ...roundingStep(line, amount)]
      lines.push({ line: own, label, row, amount: printDecimal(amount), steps })
      total = addDecimal(total, amount)
    }
  }
  return { price: name, total: printDecimal(total), lines }
}

/** A teller that writes down each step with the table rows that said so. */
function explaining(blueprint: Blueprint): Teller & { readonly steps: readonly PricedStep[] } {
  const steps: PricedStep[] = []
  let asked: readonly TableUse[] = []
  return {
    steps,
    valueOf: ({ code }, names) => {
      const { value, tables } = evaluateTraced(blueprint, code, names)
      asked = tables
      return value
    },
    tell: ({ kind, text }, value, amount) => {
      const applied = value !== undefined
      const tables = applied ? asked : []
      const after = printDecimal(amount)
      steps.push({ kind, text, applied, value: encodeValue(value ?? null), amount: after, tables })
    },
  }
}

function roundingStep({ declared: { rounding } }: LinePlan, amount: Decimal): PricedStep[] {
  if (!rounding) return []
  const text = `${rounding.mode} ${rounding.step}`
  return [{ kind: 'round', text, applied: true, value: null, amount: printDecimal(amount), tables: [] }]
}
