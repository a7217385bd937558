import { done, fault, type Answer } from './answer.ts'
import type { Dice } from './dice.ts'
import { createRate } from './rate.ts'

/** How long an access token works, in seconds. */
export const ACCESS_TOKEN_S = 7_200
/** How often one API may be called per minute and per hour. */
export const CALLS_PER_MINUTE = 10_000
export const CALLS_PER_HOUR = 150_000

/** Who may call what, and how often. */
export type Access = {
  /** Answers gettoken: the token in force, or a new one when that has run out. */
  readonly grant: (corpId: string | undefined, secret: string | undefined) => Answer
  /** The refusal of a call to an API with this token, or undefined when it may go ahead. */
  readonly refusal: (api: string, token: string | undefined) => Answer | undefined
  /** Makes every token given so far invalid at once. */
  readonly revoke: () => void
}

/** Access for one corp and secret. */
export function createAccess(parts: {
  readonly corpId: string
  readonly secret: string
  readonly now: () => number
  readonly dice: Dice
}): Access {
  const { now, dice } = parts
  const expiries = new Map<string, number>()
  const perMinute = createRate(CALLS_PER_MINUTE, 60_000)
  const perHour = createRate(CALLS_PER_HOUR, 3_600_000)
  let current = ''
  return {
    grant: (corpId, secret) => {
      if (corpId !== parts.corpId) return fault(40013)
      if (secret !== parts.secret) return fault(40001)
      if ((expiries.get(current) ?? 0) <= now()) {
        current = dice.id(64)
        expiries.set(current, now() + ACCESS_TOKEN_S * 1000)
      }
      const left = Math.floor(((expiries.get(current) ?? 0) - now()) / 1000)
      return done({ access_token: current, expires_in: left })
    },
    refusal: (api, token) => {
      if (token === undefined || token === '') return fault(41001)
      const expiry = expiries.get(token)
      if (expiry === undefined) return fault(40014)
      if (expiry <= now()) return fault(42001)
      return perMinute(api, now()) && perHour(api, now()) ? undefined : fault(45009)
    },
    revoke: () => expiries.clear(),
  }
}
