import type { Blueprint, Code, RoundingBlueprint } from '#core/blueprint'
import { compileCode, type Compiled, type Facts } from '#core/expression'
import { isDecimal, parseDecimal, roundTo, type Value } from '#core/values'
import { tableCall } from './lookup.ts'

const compiled = new WeakMap<Blueprint, WeakMap<Code, Compiled>>()

/** Evaluates checked code of a blueprint; compiles it once per blueprint. */
export function evaluate(blueprint: Blueprint, code: Code, facts: Facts): Value {
  let cache = compiled.get(blueprint)
  if (!cache) compiled.set(blueprint, (cache = new WeakMap()))
  let run = cache.get(code)
  if (!run) cache.set(code, (run = compileCode(code, tableCall(blueprint))))
  return run(facts)
}

/** Rounds an exact number the way the text says; anything else passes. */
export function applyRounding(value: Value, rounding: RoundingBlueprint | undefined): Value {
  return rounding && isDecimal(value) ? roundTo(value, parseDecimal(rounding.step)!, rounding.mode) : value
}
