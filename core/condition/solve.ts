import type { Blueprint, Code } from '#core/blueprint'
import type { Value } from '#core/values'
import type { Formula } from './formula.ts'
import { momentsOf, type Moment } from './moments.ts'
import { readAtoms, type AboutTerm, type Choice, type Readings } from './terms.ts'

/** A world in which a formula holds: an instant and the values of the terms it takes; whatever else there is does not matter. */
export interface World {
  readonly at: number
  readonly values: readonly { readonly term: Code; readonly value: Value }[]
}

/** Whether a formula can hold. `never` is certain; `undecided` where that hangs on how values are worked out. */
export type Solution =
  { readonly can: 'hold'; readonly world: World } | { readonly can: 'never' } | { readonly can: 'undecided' }

/** Looks at a formula that one instant may take; a proof is given up beyond. */
const MAX_STEPS = 20_000

/**
 * Looks for a world in which a formula holds. Every term falls into samples between which no atom changes its mind, so a
 * search over them, cut off as soon as the formula is decided (Kleene), is complete. What cannot be read, such as a sum of
 * fields against a bound, is a choice by itself: more worlds than there are, hence `never` stays certain.
 */
export function solve(blueprint: Blueprint, formula: Formula, about: AboutTerm): Solution {
  const plain = decided(formula, unread, new Map())
  if (plain === false) return { can: 'never' }
  let isOpen = false
  for (const moment of momentsOf(blueprint, formula)) {
    const found = searchAt(blueprint, formula, { moment, about })
    if (found === 'undecided') isOpen = true
    else if (found !== 'never') return { can: 'hold', world: found }
  }
  return { can: isOpen ? 'undecided' : 'never' }
}

/** Nothing read yet: what is decided so holds in every world, or in none. */
const unread: Readings = { choices: [], readingOf: () => ({ choice: 0, holdsAt: [] }) }

function searchAt(
  blueprint: Blueprint,
  formula: Formula,
  { moment, about }: { moment: Moment; about: AboutTerm },
): World | 'never' | 'undecided' {
  const readings = readAtoms(blueprint, formula, { moment, about })
  const order = readings.choices.map((_, index) => index)
  order.sort((a, b) => Number(readings.choices[b]!.isFree) - Number(readings.choices[a]!.isFree))
  const search: Search = { readings, formula, order, steps: MAX_STEPS, isOpen: false }
  const chosen = descend(search, new Map(), 0)
  if (chosen) return worldOf(readings, chosen, moment.at)
  return search.isOpen || search.steps <= 0 ? 'undecided' : 'never'
}

interface Search {
  readonly readings: Readings
  readonly formula: Formula
  /** The choices, free ones first. */
  readonly order: readonly number[]
  steps: number
  /** Holds in a world that hangs on values which are worked out. */
  isOpen: boolean
}

type Chosen = ReadonlyMap<number, number>

/** Yields the first choice by free terms alone on which the formula holds. */
function descend(search: Search, chosen: Chosen, depth: number): Chosen | undefined {
  if (search.steps-- <= 0) return undefined
  const known = decided(search.formula, search.readings, chosen)
  if (known === false) return undefined
  const at = search.order[depth]
  const choice = at === undefined ? undefined : search.readings.choices[at]!
  if (known === true) {
    if ([...chosen].every(([index, sample]) => isSure(search.readings.choices[index]!, sample))) return chosen
    search.isOpen = true
    return undefined
  }
  if (at === undefined || !choice) return undefined
  if (!choice.isFree && search.isOpen) return undefined
  for (const sample of choice.samples.keys()) {
    const found = descend(search, new Map(chosen).set(at, sample), depth + 1)
    if (found) return found
  }
  return undefined
}

/** Whether some world has this sample whatever else is chosen. */
function isSure({ isFree, isAbsenceDoubtful, samples }: Choice, sample: number): boolean {
  return isFree && !(isAbsenceDoubtful && samples[sample] === null)
}

/** Kleene's logic: undefined while what is chosen leaves it open. */
function decided(formula: Formula, readings: Readings, chosen: Chosen): boolean | undefined {
  if ('atom' in formula) {
    const reading = readings.readingOf(formula.atom)
    if ('always' in reading) return reading.always
    const sample = chosen.get(reading.choice)
    return sample === undefined ? undefined : reading.holdsAt[sample]!
  }
  if ('not' in formula) {
    const inner = decided(formula.not, readings, chosen)
    return inner === undefined ? undefined : !inner
  }
  const parts = ('all' in formula ? formula.all : formula.any).map(part => decided(part, readings, chosen))
  const ends = !('all' in formula)
  if (parts.includes(ends)) return ends
  return parts.includes(undefined) ? undefined : !ends
}

function worldOf({ choices }: Readings, chosen: Chosen, at: number): World {
  const values = [...chosen].map(([index, sample]) => {
    const { term, samples } = choices[index]!
    return { term, value: samples[sample]! }
  })
  return { at, values }
}
