import type { Value } from '#core/values'
import { nearer } from './distance.ts'

/** A value worth trying instead of the one there is. */
export interface Candidate {
  readonly to: Value
  /** How many bounds lie between; fewer is nearer. */
  readonly rank: number
  /** Below (-1) or above (1) the value there is; 0 where the type has no order. */
  readonly side: -1 | 0 | 1
  /** Nothing lies further on, as with the greatest value of an enum. */
  readonly isLast?: boolean
}

/** One thing of the input that may be changed. */
export interface Input<Name> {
  readonly name: Name
  readonly from: Value
  /** The nearest first. */
  readonly tried: readonly Candidate[]
  /**
   * The value so many of the type's smallest steps away, for inputs whose turning points no bound names because they are
   * reckoned with; undefined past the last.
   */
  readonly away?: (steps: number) => Value | undefined
}

export interface Changed<Name> {
  readonly name: Name
  readonly to: Value
}

/** `atLeast` and `atMost` only where every bound further on decides the same. */
export interface Change<Name> extends Changed<Name> {
  readonly from: Value
  readonly reach: 'exactly' | 'atLeast' | 'atMost'
}

/** The smallest change found, and the decision it leads to. */
export interface Found<Name> {
  readonly changes: readonly Change<Name>[]
  readonly decision: string
}

export interface Search<Name> {
  readonly inputs: readonly Input<Name>[]
  /** The real decision about the changed input, as a text that tells decisions apart. */
  readonly decide: (changes: readonly Changed<Name>[]) => string
  /** Which decisions are looked for; without it every other one. */
  readonly wanted?: (decision: string) => boolean
  /** How often the decision may be run; 2,000 times unless it is cheap. */
  readonly trials?: number
}

const TRIALS = 2_000
/** Steps are doubled so often at most: a hundred million yuan in cents, a thousand years in minutes. */
const MAX_DOUBLINGS = 34

/**
 * What would have decided otherwise: for each input that can do it alone its nearest value that does, those first that
 * pass the fewest bounds; when none can alone, the nearest pair. Every change was tried on the decision itself. Pure.
 */
export function nearest<Name>(search: Search<Name>): Found<Name>[] {
  const { inputs, decide, trials = TRIALS } = search
  const now = decide([])
  const wanted = search.wanted ?? (decision => decision !== now)
  if (wanted(now)) return []
  const share = Math.ceil(trials / Math.max(1, inputs.length))
  const alone = inputs.flatMap(input => {
    const trial: Trial<Name> = { decide, wanted, left: { count: share } }
    const hit = firstHit(trial, { input, beside: [], below: Infinity })
    return hit ? [{ rank: hit.rank, changes: [hit.change], decision: hit.decision }] : []
  })
  const pair = { decide, wanted, left: { count: trials } }
  const found = alone.length > 0 ? alone : nearestPair(pair, inputs)
  return found.sort((a, b) => a.rank - b.rank).map(({ changes, decision }) => ({ changes, decision }))
}

interface Trial<Name> {
  readonly decide: (changes: readonly Changed<Name>[]) => string
  readonly wanted: (decision: string) => boolean
  readonly left: { count: number }
}

interface Hit<Name> {
  readonly rank: number
  readonly change: Change<Name>
  readonly decision: string
}

/** One input beside changes that are made already; only hits of a rank `below` the given one are of use. */
interface Attempt<Name> {
  readonly input: Input<Name>
  readonly beside: readonly Changed<Name>[]
  readonly below: number
}

function firstHit<Name>(trial: Trial<Name>, attempt: Attempt<Name>): Hit<Name> | undefined {
  const { input, below } = attempt
  const atBound = firstAtBound(trial, attempt)
  const between = input.away && below > FAR_RANK ? byDoubling(trial, attempt, input.away) : undefined
  if (!atBound || !between) return atBound ?? between
  return nearer(input.from, between.change.to, atBound.change.to) < 0 ? between : atBound
}

function firstAtBound<Name>(trial: Trial<Name>, attempt: Attempt<Name>): Hit<Name> | undefined {
  const { input, below } = attempt
  for (const candidate of input.tried) {
    if (candidate.rank >= below) continue
    const decision = tryOut(trial, attempt, candidate.to)
    if (decision === undefined || !trial.wanted(decision)) continue
    const change = { name: input.name, from: input.from, to: candidate.to }
    const reach = reachOf(trial, attempt, { candidate, decision })
    return { rank: candidate.rank, change: { ...change, reach }, decision }
  }
  return undefined
}

/** A turning point that no bound names counts as further than the first bound. */
const FAR_RANK = 2

/** Undefined when the trials are used up. */
function tryOut<Name>(
  { decide, left }: Trial<Name>,
  { input, beside }: Attempt<Name>,
  to: Value,
): string | undefined {
  if (left.count-- <= 0) return undefined
  return decide([...beside, { name: input.name, to }])
}

/** Whether all that lies further on decides like the hit, so that a sentence may say "at least". */
function reachOf<Name>(
  trial: Trial<Name>,
  attempt: Attempt<Name>,
  { candidate, decision }: { candidate: Candidate; decision: string },
): Change<Name>['reach'] {
  const { side, isLast } = candidate
  const { tried, away } = attempt.input
  if (side === 0 || isLast || away) return 'exactly'
  const onSide = tried.filter(one => one.side === side)
  const further = onSide.slice(onSide.indexOf(candidate) + 1)
  if (!further.every(({ to }) => tryOut(trial, attempt, to) === decision)) return 'exactly'
  return side === 1 ? 'atLeast' : 'atMost'
}

/** Steps that double until the decision turns, then halves: the nearest turn wherever the decision turns once to a side. */
function byDoubling<Name>(
  trial: Trial<Name>,
  attempt: Attempt<Name>,
  away: (steps: number) => Value | undefined,
): Hit<Name> | undefined {
  const turns = ([1, -1] as const).flatMap(direction => {
    const decide = (steps: number) => {
      const to = away(direction * steps)
      const decision = to === undefined ? undefined : tryOut(trial, attempt, to)
      return decision !== undefined && trial.wanted(decision) ? { to: to!, decision } : undefined
    }
    const exists = (steps: number) => away(direction * steps) !== undefined
    const steps = firstTurn(steps => decide(steps) !== undefined, exists)
    const turn = steps === undefined ? undefined : decide(steps)
    return turn ? [{ ...turn, steps: steps! }] : []
  })
  const [near] = turns.sort((a, b) => a.steps - b.steps)
  if (!near) return undefined
  const { name, from } = attempt.input
  return {
    rank: FAR_RANK,
    change: { name, from, to: near.to, reach: 'exactly' },
    decision: near.decision,
  }
}

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

/** Two inputs together: each candidate of one beside whatever the other can do then. */
function nearestPair<Name>(trial: Trial<Name>, inputs: readonly Input<Name>[]) {
  let best: (Found<Name> & { readonly rank: number }) | undefined
  for (const [index, one] of inputs.entries())
    for (const other of inputs.slice(index + 1)) {
      const [first, second] = one.away && !other.away ? [other, one] : [one, other]
      for (const candidate of first.tried) {
        const below = (best?.rank ?? Infinity) - candidate.rank
        if (below <= 1) break
        const beside = [{ name: first.name, to: candidate.to }]
        const hit = firstHit(trial, { input: second, beside, below })
        if (!hit) continue
        const { name, from } = first
        const change = { name, from, to: candidate.to, reach: 'exactly' } as const
        const changes = one === first ? [change, hit.change] : [hit.change, change]
        best = { rank: candidate.rank + hit.rank, changes, decision: hit.decision }
      }
    }
  return best ? [best] : []
}
