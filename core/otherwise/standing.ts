import type { Blueprint, Code } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { evaluate } from '#core/table'

/** How many of a condition's parts at least stand in the way of its coming out as wanted; 0 when none does. */
export function standing(
  blueprint: Blueprint,
  { code, wanted }: { code: Code; wanted: boolean },
  facts: Facts,
): number {
  if (code.op === 'apply' && code.fn === 'not')
    return standing(blueprint, { code: code.args[0]!, wanted: !wanted }, facts)
  if (code.op === 'apply' && (code.fn === 'and' || code.fn === 'or')) {
    const parts = code.args.map(part => standing(blueprint, { code: part, wanted }, facts))
    const needsAll = (code.fn === 'and') === wanted
    return needsAll ? parts.reduce((sum, part) => sum + part, 0) : Math.min(...parts)
  }
  return (evaluate(blueprint, code, facts) === true) === wanted ? 0 : 1
}
