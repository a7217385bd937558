import type { Blueprint, Code, RoundingBlueprint } from '#core/blueprint'
import { compileAsAsked, type Compiled, type Facts } from '#core/expression'
import { isDecimal, parseDecimal, roundTo, type Value } from '#core/values'
import { tableCall } from './lookup.ts'

/** Evaluates checked code of a blueprint; compiles it once per blueprint. */
export function evaluate(blueprint: Blueprint, code: Code, facts: Facts): Value {
  return compiledOf(blueprint, code)(facts)
}

const compiled = new WeakMap<Blueprint, WeakMap<Code, Compiled>>()
/** What was looked for last: whoever evaluates one code mostly goes on with others of the same blueprint. */
let last: { readonly blueprint: Blueprint; readonly codes: WeakMap<Code, Compiled> } | undefined

/** The function of checked code, for those who keep it. */
export function compiledOf(blueprint: Blueprint, code: Code): Compiled {
  const codes = last?.blueprint === blueprint ? last.codes : codesOf(blueprint)
  let run = codes.get(code)
  if (!run) codes.set(code, (run = compileAsAsked(code, tableCall(blueprint))))
  return run
}

function codesOf(blueprint: Blueprint): WeakMap<Code, Compiled> {
  let codes = compiled.get(blueprint)
  if (!codes) compiled.set(blueprint, (codes = new WeakMap()))
  last = { blueprint, codes }
  return codes
}

/** Rounds an exact number the way the text says; anything else passes. */
export function applyRounding(value: Value, rounding: RoundingBlueprint | undefined): Value {
  return rounding && isDecimal(value) ? roundTo(value, parseDecimal(rounding.step)!, rounding.mode) : value
}
