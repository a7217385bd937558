import type { Value } from '#core/values'
import { climb } from './climb.ts'
import { nearer } from './distance.ts'
import { firstTurn } from './doubling.ts'

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
  /** How much stands in the way of a wanted decision, where that can be told; then more than two inputs may be changed. */
  readonly short?: (changes: readonly Changed<Name>[]) => number
  /** How often the decision may be run; 2,000 times unless it is cheap. */
  readonly trials?: number
}

const TRIALS = 2_000

/**
 * What would have decided otherwise: for each input that can do it alone its nearest value that does, those first that
 * pass the fewest bounds; when none can alone, several that are each needed, or the nearest pair. Every change was tried on
 * the decision itself. Pure.
 */
export function nearest<Name>(search: Search<Name>): Found<Name>[] {
  const { inputs, decide, short, trials = TRIALS } = search
  const now = decide([])
  const wanted = search.wanted ?? (decision => decision !== now)
  if (wanted(now)) return []
  const share = Math.ceil(trials / Math.max(1, inputs.length))
  const alone = inputs.flatMap(input => {
    const trial: Trial<Name> = { decide, wanted, left: { count: share } }
    const hit = firstHit(trial, { input, beside: [], below: Infinity })
    return hit ? [{ rank: hit.rank, changes: [hit.change], decision: hit.decision }] : []
  })
  if (alone.length > 0) return alone.sort((a, b) => a.rank - b.rank).map(withoutRank)
  const together = short && climb({ inputs, decide, wanted, short })
  const pair = together ?? nearestPair({ decide, wanted, left: { count: trials } }, inputs)
  return pair ? [withoutRank(pair)] : []
}

function withoutRank<Name>({ changes, decision }: Found<Name>): Found<Name> {
  return { changes, decision }
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
  const between = input.away && below > FAR_RANK ? byDoubling(trial, attempt, input.away) : undefined
  const atBound = firstAtBound(trial, attempt, between?.change.to)
  return atBound ?? between
}

/** The first bound that decides otherwise, as long as it is nearer than what was found between them. */
function firstAtBound<Name>(
  trial: Trial<Name>,
  attempt: Attempt<Name>,
  between: Value | undefined,
): Hit<Name> | undefined {
  const { input, below } = attempt
  for (const candidate of input.tried) {
    if (between !== undefined && nearer(input.from, between, candidate.to) <= 0) return undefined
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
  let near: { readonly to: Value; readonly decision: string; readonly steps: number } | undefined
  for (const direction of [1, -1] as const) {
    const decide = (steps: number) => {
      const to = away(direction * steps)
      const decision = to === undefined ? undefined : tryOut(trial, attempt, to)
      return decision !== undefined && trial.wanted(decision) ? { to: to!, decision } : undefined
    }
    const exists = (steps: number) =>
      steps < (near?.steps ?? Infinity) && away(direction * steps) !== undefined
    const steps = exists(1) ? firstTurn(steps => decide(steps) !== undefined, exists) : undefined
    const turn = steps === undefined ? undefined : decide(steps)
    if (turn) near = { ...turn, steps: steps! }
  }
  if (!near) return undefined
  const { name, from } = attempt.input
  return {
    rank: FAR_RANK,
    change: { name, from, to: near.to, reach: 'exactly' },
    decision: near.decision,
  }
}

/** Two inputs together: each candidate of one beside whatever the other can do then. */
function nearestPair<Name>(trial: Trial<Name>, inputs: readonly Input<Name>[]): Found<Name> | undefined {
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
  return best
}
