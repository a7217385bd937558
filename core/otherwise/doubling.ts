/** Steps are doubled so often at most: a hundred million yuan in cents, a thousand years in minutes. */
const MAX_DOUBLINGS = 34

/** So many steps away a question turns to yes first; undefined when it does not as far as steps exist. */
export function firstTurn(
  turned: (steps: number) => boolean,
  exists: (steps: number) => boolean,
): number | undefined {
  let same = 0
  for (let doubling = 0; doubling < MAX_DOUBLINGS; doubling++) {
    const steps = exists(2 ** doubling) ? 2 ** doubling : lastThatExists(same, 2 ** doubling, exists)
    if (turned(steps)) return halve(same, steps, turned)
    if (steps < 2 ** doubling) return undefined
    same = steps
  }
  return undefined
}

function lastThatExists(low: number, high: number, exists: (steps: number) => boolean): number {
  return halve(low, high, middle => !exists(middle)) - 1
}

/** The first of `low + 1 .. high` for which the question is answered with yes, as it is for `high`. */
function halve(low: number, high: number, holds: (middle: number) => boolean): number {
  let [no, yes] = [low, high]
  while (yes - no > 1) {
    const middle = Math.floor((no + yes) / 2)
    if (holds(middle)) yes = middle
    else no = middle
  }
  return yes
}
