import type { Blueprint, RoundingBlueprint, ShareBlueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { evaluate } from '#core/table'
import {
  compareDecimal,
  decimalOf,
  multiplyDecimal,
  negateDecimal,
  parseDecimal,
  roundTo,
  type Decimal,
} from '#core/values'

/** What a party gets, in whole units of the rounding step, with why. */
export interface PartyShare {
  readonly party: string
  readonly amount: Decimal
  /** `35%`, `rest`, `equal`, with `cap` when that was reached. */
  readonly why: string
}

/**
 * Splits an amount without losing or making a unit: shares are of the base; a block with a `rest` gives it what is
 * left; one without goes by largest remainder, ties by order, so that it adds up to what it divides. The base must be
 * a multiple of the rounding step; negative amounts split like positive ones, mirrored.
 */
export function split(
  blueprint: Blueprint,
  { shares, rounding }: { readonly shares: readonly ShareBlueprint[]; readonly rounding: RoundingBlueprint },
  { base, facts }: { readonly base: Decimal; readonly facts: Facts },
): PartyShare[] {
  const step = parseDecimal(rounding.step)!
  const negative = base.units < 0n
  const units = unitsOf(negative ? negateDecimal(base) : base, step)
  const context: Context = { blueprint, rounding, step, facts, base: units }
  return divide(context, shares, units).map(({ party, units: count, why }) => ({
    party,
    amount: decimalOf((negative ? -count : count) * step.units, step.scale),
    why,
  }))
}

interface Context {
  readonly blueprint: Blueprint
  readonly rounding: RoundingBlueprint
  readonly step: Decimal
  readonly facts: Facts
  /** The base in steps. */
  readonly base: bigint
}

interface Part {
  readonly share: ShareBlueprint
  readonly units: bigint
  /** What rounding down took away, in parts of 10^18 of a step. */
  readonly remainder: bigint
  readonly why: string
}

interface Leaf {
  readonly party: string
  readonly units: bigint
  readonly why: string
}

const PRECISION = 10n ** 18n

function divide(context: Context, shares: readonly ShareBlueprint[], total: bigint): Leaf[] {
  const active = shares.filter(
    ({ when }) => !when || evaluate(context.blueprint, when, context.facts) === true,
  )
  const fixed = active
    .filter(({ share }) => share !== 'rest' && share !== 'equal')
    .map(s => fixedPart(context, s))
  const given = fixed.reduce((sum, part) => sum + part.units, 0n)
  const takers = active.filter(({ share }) => share === 'rest' || share === 'equal')
  const left = total - given
  // Why taken back: shares that were all rounded up may come to more than there is, and no rest is negative.
  const isShort = takers.length === 0 || left < 0n
  const parts = isShort
    ? [...byLargestRemainder(fixed, left), ...takers.map(share => leftPart(share, 0n))]
    : [...fixed, ...leftParts(takers, left)]
  const ordered = active.map(share => parts.find(part => part.share === share)!)
  return ordered.flatMap(({ share, units, why }) =>
    share.shares.length > 0 ? divide(context, share.shares, units) : [{ party: share.party, units, why }],
  )
}

function fixedPart({ base, rounding, step }: Context, share: ShareBlueprint): Part {
  const percent = percentOf(share)
  const exact = multiplyDecimal(decimalOf(base * PRECISION), percent)
  const scaled = exact.units / 10n ** BigInt(exact.scale)
  const rounded = roundTo(decimalOf(scaled, 18), decimalOf(1), rounding.mode).units
  const cap = share.cap === undefined ? undefined : unitsOf(parseDecimal(share.cap)!, step)
  const capped = cap !== undefined && rounded > cap
  return {
    share,
    units: capped ? cap : rounded,
    remainder: capped ? -1n : scaled - rounded * PRECISION,
    why: capped ? `${share.share} cap` : share.share,
  }
}

const percents = new WeakMap<ShareBlueprint, Decimal>()

function percentOf(share: ShareBlueprint): Decimal {
  let percent = percents.get(share)
  if (!percent) percents.set(share, (percent = parseDecimal(share.share)!))
  return percent
}

/** What is left goes to the `rest`, or in equal parts, the first ones taking the odd units. */
function leftParts(takers: readonly ShareBlueprint[], left: bigint): Part[] {
  const count = BigInt(takers.length)
  const each = left / count
  const odd = left - each * count
  return takers.map((share, index) => leftPart(share, each + (BigInt(index) < odd ? 1n : 0n)))
}

function leftPart(share: ShareBlueprint, units: bigint): Part {
  return { share, units, remainder: 0n, why: share.share }
}

/** So many units for each share at most are handed out: rounding brings one for each block that a share stands in. */
const MOST_EACH = 16n

/**
 * Hands out the units that rounding left over (or took too many) one by one, to the largest remainder first, and around
 * again where blocks in blocks were each rounded up. Nobody owes a unit.
 */
function byLargestRemainder(parts: readonly Part[], left: bigint): Part[] {
  const sign = left < 0n ? -1n : 1n
  const order = parts
    .map((part, index) => ({ part, index }))
    .filter(({ part }) => part.remainder >= 0n || left < 0n)
    .sort((a, b) => Number((b.part.remainder - a.part.remainder) * sign) || a.index - b.index)
    .map(({ part }) => part)
  let count = left * sign
  if (count > BigInt(order.length) * MOST_EACH) return [...parts]
  const units = new Map(parts.map(part => [part, part.units]))
  for (let round = 0n; round < MOST_EACH && count > 0n; round++)
    for (const part of order) {
      const now = units.get(part)!
      if (count === 0n || (sign < 0n && now === 0n)) continue
      units.set(part, now + sign)
      count--
    }
  return parts.map(part => ({ ...part, units: units.get(part)! }))
}

function unitsOf(amount: Decimal, step: Decimal): bigint {
  const down = roundTo(amount, step, 'down')
  if (compareDecimal(down, amount) !== 0)
    throw new Error('an amount to split is a multiple of the rounding step')
  return down.units / step.units
}
