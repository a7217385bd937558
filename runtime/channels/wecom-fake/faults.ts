import type { MiddlewareHandler } from 'hono'
import type { Dice } from './dice.ts'

/** What goes wrong and how often; every field may be changed at any time, all are 0 at first. */
export type Faults = {
  /** Probability that a callback is delivered twice: half of the copies byte-equal, half sealed anew. */
  duplicateCallbacks: number
  /** Probability that a callback waits until a later one has overtaken it (at most two seconds). */
  reorderCallbacks: number
  /** The longest random delay of a callback, in milliseconds. */
  delayCallbacksMs: number
  /** Probability that sync_msg gives fewer messages than asked for although more wait. */
  shortPages: number
  /** Probability that a call answers 502 and does nothing. */
  failBefore: number
  /** Probability that a call answers 502 although it took effect. */
  failAfter: number
  /** Probability that a call hangs and does nothing. */
  hangBefore: number
  /** Probability that a call hangs although it took effect. */
  hangAfter: number
  /** How long a hanging call hangs before it answers 504, in milliseconds. */
  hangMs: number
}

/** One way a call goes wrong. */
export type CallFault = 'fail_before' | 'fail_after' | 'hang_before' | 'hang_after'

/** Waits that many milliseconds of the fake's time, or until the signal fires. */
export type Wait = (ms: number, signal?: AbortSignal) => Promise<void>

/** No faults. */
export function noFaults(): Faults {
  return {
    ...{ duplicateCallbacks: 0, reorderCallbacks: 0, delayCallbacksMs: 0, shortPages: 0 },
    ...{ failBefore: 0, failAfter: 0, hangBefore: 0, hangAfter: 0, hangMs: 6_000 },
  }
}

/** Middleware that makes calls go wrong: first as planned for their path, else by chance. */
export function createCallFaults(parts: {
  readonly faults: Faults
  readonly dice: Dice
  readonly wait: Wait
}) {
  const { faults, dice, wait } = parts
  const planned: { path: string; fault: CallFault }[] = []
  const pick = (path: string): CallFault | undefined => {
    const index = planned.findIndex(plan => plan.path === path)
    if (index >= 0) return planned.splice(index, 1)[0]?.fault
    if (dice.chance(faults.failBefore)) return 'fail_before'
    if (dice.chance(faults.failAfter)) return 'fail_after'
    if (dice.chance(faults.hangBefore)) return 'hang_before'
    return dice.chance(faults.hangAfter) ? 'hang_after' : undefined
  }
  const middleware: MiddlewareHandler = async (context, next) => {
    const fault = pick(context.req.path)
    if (fault === undefined) return next()
    if (fault.endsWith('_after')) await next()
    const hangs = fault.startsWith('hang')
    if (hangs) await wait(faults.hangMs, context.req.raw.signal)
    context.res = undefined
    context.res = new Response(hangs ? 'gateway timeout' : 'bad gateway', { status: hangs ? 504 : 502 })
    return undefined
  }
  const failNext = (path: string, fault: CallFault) => void planned.push({ path, fault })
  return { middleware, failNext }
}
