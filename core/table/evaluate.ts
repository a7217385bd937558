import type { Blueprint, Code, RoundingBlueprint } from '#core/blueprint'
import { compileAsAsked, type Facts } from '#core/expression'
import { isDecimal, parseDecimal, roundTo, type Value } from '#core/values'
import { tableCall } from './lookup.ts'
import { perCode } from './per-code.ts'

/** The function of checked code, for those who keep it. */
export const compiledOf = perCode((blueprint, code) => compileAsAsked(code, tableCall(blueprint)))

/** Evaluates checked code of a blueprint; compiles it once per blueprint. */
export function evaluate(blueprint: Blueprint, code: Code, facts: Facts): Value {
  return compiledOf(blueprint, code)(facts)
}

/** Rounds an exact number the way the text says; anything else passes. */
export function applyRounding(value: Value, rounding: RoundingBlueprint | undefined): Value {
  return rounding && isDecimal(value) ? roundTo(value, parseDecimal(rounding.step)!, rounding.mode) : value
}
