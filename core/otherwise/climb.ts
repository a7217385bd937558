import type { Value } from '#core/values'
import { firstTurn } from './doubling.ts'
import type { Change, Changed, Found, Input } from './search.ts'

/** So many inputs are changed together at most; a longer sentence helps nobody. */
const MAX_CHANGES = 5
/** Of each input so many values are looked at in each round. */
const MAX_TRIED = 40

export interface Climb<Name> {
  readonly inputs: readonly Input<Name>[]
  readonly decide: (changes: readonly Changed<Name>[]) => string
  readonly wanted: (decision: string) => boolean
  /** How much stands in the way of a wanted decision; 0 when nothing does. */
  readonly short: (changes: readonly Changed<Name>[]) => number
}

/**
 * Change upon change, each time the one that leaves least in the way, until the decision is a wanted one; then without those
 * that turned out to be needless, so that each of those left is needed. Undefined where that leads nowhere.
 */
export function climb<Name>(search: Climb<Name>): Found<Name> | undefined {
  const { inputs, decide, wanted, short } = search
  const changes: Change<Name>[] = []
  let left = short([])
  while (changes.length < MAX_CHANGES) {
    const free = inputs.filter(input => !changes.some(change => change.name === input.name))
    const steps = free.flatMap(input => bestStep(search, { input, changes, left }) ?? [])
    const [best] = steps.sort((a, b) => a.left - b.left || a.rank - b.rank)
    if (!best) return undefined
    changes.push(best.change)
    left = best.left
    if (wanted(decide(changes))) return needed(search, changes)
  }
  return undefined
}

interface Step<Name> {
  readonly change: Change<Name>
  readonly left: number
  readonly rank: number
}

/** The nearest value of an input of those that leave least in the way, if that is less than before. */
function bestStep<Name>(
  { short }: Climb<Name>,
  { input, changes, left }: { input: Input<Name>; changes: readonly Change<Name>[]; left: number },
): Step<Name> | undefined {
  const { name, from, tried, away } = input
  const leaves = (to: Value) => short([...changes, { name, to }])
  const change = (to: Value): Change<Name> => ({ name, from, to, reach: 'exactly' })
  let best: Step<Name> | undefined
  for (const { to, rank } of tried.slice(0, MAX_TRIED)) {
    const remaining = leaves(to)
    if (remaining < (best?.left ?? left)) best = { change: change(to), left: remaining, rank }
  }
  if (best || !away) return best
  for (const direction of [1, -1] as const) {
    const value = (steps: number) => away(direction * steps)
    const turns = (steps: number) => leaves(value(steps)!) < left
    const steps = firstTurn(turns, count => value(count) !== undefined)
    const to = steps === undefined ? undefined : value(steps)
    if (to !== undefined) return { change: change(to), left: leaves(to), rank: 2 }
  }
  return undefined
}

/** The changes without those that the decision does not need. */
function needed<Name>({ decide, wanted }: Climb<Name>, changes: readonly Change<Name>[]): Found<Name> {
  let kept = changes
  for (const change of changes) {
    const fewer = kept.filter(one => one !== change)
    if (fewer.length > 0 && wanted(decide(fewer))) kept = fewer
  }
  return { changes: kept, decision: decide(kept) }
}
