import type { Blueprint, PriceStepBlueprint, RoundingBlueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { evaluateTraced, type TableUse } from '#core/table'
import { addDecimal, decimalOf, encodeValue, printDecimal, type JsonValue } from '#core/values'
import { amountOf, sharing, type Teller } from './amount.ts'
import { casesOf, planOf, type StepPlan } from './plan.ts'

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
    const trace = sharing((step, names) => evaluateTraced(blueprint, step.code, names))
    for (const { row, names } of casesOf(line, facts)) {
      const steps: PricedStep[] = []
      const amount = amountOf(line, names, writingDown(steps, trace))
      if ('missing' in amount) return { missing: { line: own, step: amount.missing.text } }
      const written = printDecimal(amount)
      if (line.declared.rounding) steps.push(roundingStep(line.declared.rounding, written))
      lines.push({ line: own, label, row, amount: written, steps })
      total = addDecimal(total, amount)
    }
  }
  return { price: name, total: printDecimal(total), lines }
}

type Trace = (step: StepPlan, names: Facts) => ReturnType<typeof evaluateTraced>

/** A teller that writes down each step with the table rows that said so. */
function writingDown(steps: PricedStep[], trace: Trace): Teller {
  let tables: readonly TableUse[] = []
  return {
    valueOf: (step, names) => {
      const traced = trace(step, names)
      tables = traced.tables
      return traced.value
    },
    tell: ({ kind, text }, value, amount) => {
      const after = printDecimal(amount)
      steps.push(
        value === undefined
          ? { kind, text, applied: false, value: null, amount: after, tables: [] }
          : { kind, text, applied: true, value: encodeValue(value), amount: after, tables },
      )
    },
  }
}

function roundingStep({ mode, step }: RoundingBlueprint, amount: string): PricedStep {
  return { kind: 'round', text: `${mode} ${step}`, applied: true, value: null, amount, tables: [] }
}
