import type { Code } from '#core/blueprint'
import { evaluate } from '#core/table'
import { inputsOf } from './inputs.ts'
import { standing } from './standing.ts'
import { nearest, type Change, type Changed } from './search.ts'
import { changedFacts, type Place, type World } from './world.ts'

/** Changes of the world after which a condition holds no longer, or holds at last: a guard, a `skip when`, a `visible when`. */
export function conditionOtherwise(world: World, condition: Code): (readonly Change<Place>[])[] {
  const decide = (changes: readonly Changed<Place>[]) =>
    String(evaluate(world.blueprint, condition, changedFacts(world, changes)) === true)
  const inputs = inputsOf(world, [{ code: condition }])
  const wanted = decide([]) !== 'true'
  const short = (changes: readonly Changed<Place>[]) =>
    standing(world.blueprint, { code: condition, wanted }, changedFacts(world, changes))
  return nearest({ inputs, decide, short }).map(({ changes }) => changes)
}
