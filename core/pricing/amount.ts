import type { Facts } from '#core/expression'
import {
  addDecimal,
  compareDecimal,
  decimalOf,
  isDecimal,
  multiplyDecimal,
  roundTo,
  type Decimal,
  type Value,
} from '#core/values'
import { stepsOn, type LinePlan, type StepPlan } from './plan.ts'

/** Who works a step's value out and is told what came of it. */
export interface Teller {
  readonly valueOf: (step: StepPlan, names: Facts) => Value
  /** `value` is undefined when the step's condition did not hold. */
  readonly tell: (step: StepPlan, value: Value | undefined, amount: Decimal) => void
}

/** A line that cannot be worked out. */
export interface Missing {
  readonly missing: StepPlan
}

/** A teller that tells nobody. */
export function silently(): Teller {
  return { valueOf: sharing((step, names) => step.value(names)), tell: () => {} }
}

/** Works out only once what is the same for every row of a line. */
export function sharing<Found>(
  find: (step: StepPlan, names: Facts) => Found,
): (step: StepPlan, names: Facts) => Found {
  const known: Found[] = []
  return (step, names) => {
    if (step.shared === undefined) return find(step, names)
    return (known[step.shared] ??= find(step, names))
  }
}

const nothing = decimalOf(0, 2)

/** What a line comes to: its steps in the order they are written, then its rounding. Or the first step without a value. */
export function amountOf(line: LinePlan, names: Facts, teller: Teller): Decimal | Missing {
  let amount = nothing
  for (const step of stepsOn(line, names)) {
    if (step.when && step.when(names) !== true) {
      teller.tell(step, undefined, amount)
      continue
    }
    const value = teller.valueOf(step, names)
    if (!isDecimal(value) && typeof value !== 'number') return { missing: step }
    amount = take(step.kind, amount, isDecimal(value) ? value : decimalOf(value))
    teller.tell(step, value, amount)
  }
  const { rounding } = line
  return rounding ? roundTo(amount, rounding.step, rounding.mode) : amount
}

function take(kind: StepPlan['kind'], amount: Decimal, value: Decimal): Decimal {
  if (kind === 'base') return value
  if (kind === 'times') return multiplyDecimal(amount, value)
  if (kind === 'plus') return addDecimal(amount, value)
  return compareDecimal(amount, value) > 0 ? value : amount
}
