import { compileCode } from '#core/expression';
import { isDecimal, parseDecimal, roundTo } from '#core/values';
import { tableCall } from './lookup.ts';
const compiled = new WeakMap();
/** Evaluates checked code of a blueprint; compiles it once per blueprint. */
export function evaluate(blueprint, code, facts) {
    let cache = compiled.get(blueprint);
    if (!cache)
        compiled.set(blueprint, (cache = new WeakMap()));
    let run = cache.get(code);
    if (!run)
        cache.set(code, (run = compileCode(code, tableCall(blueprint))));
    return run(facts);
}
/** Rounds an exact number the way the text says; anything else passes. */
export function applyRounding(value, rounding) {
    return rounding && isDecimal(value) ? roundTo(value, parseDecimal(rounding.step), rounding.mode) : value;
}
