import type { Code } from '#core/blueprint'
import { evaluate } from '#core/table'
import { inputsOf } from './inputs.ts'
import { nearest, type Change, type Changed } from './search.ts'
import { changedFacts, type Place, type World } from './world.ts'

/** Changes of the world after which a condition holds no longer, or holds at last: a guard, a `skip when`, a `visible when`. */
export function conditionOtherwise(world: World, condition: Code): (readonly Change<Place>[])[] {
  const decide = (changes: readonly Changed<Place>[]) =>
    String(evaluate(world.blueprint, condition, changedFacts(world, changes)) === true)
  const inputs = inputsOf(world, [{ code: condition }])
  return nearest({ inputs, decide }).map(({ changes }) => changes)
}
