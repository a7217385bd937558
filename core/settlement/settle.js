import { applyRounding, evaluate } from '#core/table';
import { isDecimal, printDecimal } from '#core/values';
import { split } from './split.ts';
/** Works a settlement out; undefined when its base has no value. */
export function settle(blueprint, name, facts) {
    const declared = blueprint.settlements[name];
    const exact = evaluate(blueprint, declared.base, facts);
    if (!isDecimal(exact))
        return undefined;
    const base = applyRounding(exact, declared.rounding);
    const shares = split(blueprint, declared, { base, facts });
    return {
        settlement: name,
        base: printDecimal(base),
        shares: shares.map(({ party, amount, why }) => ({ party, amount: printDecimal(amount), why })),
    };
}
