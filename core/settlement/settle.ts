import type { Blueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { applyRounding, evaluate } from '#core/table'
import { isDecimal, printDecimal, type Decimal } from '#core/values'
import { split } from './split.ts'

/** A settlement worked out: the base and what each party gets of it; amounts are decimal text and add up to the base. */
export interface Settled {
  readonly settlement: string
  readonly base: string
  readonly shares: readonly { readonly party: string; readonly amount: string; readonly why: string }[]
}

/** Works a settlement out; undefined when its base has no value. */
export function settle(blueprint: Blueprint, name: string, facts: Facts): Settled | undefined {
  const declared = blueprint.settlements[name]!
  const exact = evaluate(blueprint, declared.base, facts)
  if (!isDecimal(exact)) return undefined
  const base = applyRounding(exact, declared.rounding) as Decimal
  const shares = split(blueprint, declared, { base, facts })
  return {
    settlement: name,
    base: printDecimal(base),
    shares: shares.map(({ party, amount, why }) => ({ party, amount: printDecimal(amount), why })),
  }
}
