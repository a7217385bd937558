import { startRunner, type Runner } from './process.ts'

/** Runner processes lent for one run each: first come first served per tenant, tenants in turn. */
export interface Pool {
  /** A runner of one's own, to be given back; rejects when none can be started or the pool is closed. */
  readonly borrow: (tenant: string) => Promise<Runner>
  /** `broke` says that the run went beyond its limits. */
  readonly giveBack: (runner: Runner, end: { readonly tenant: string; readonly broke: boolean }) => void
  readonly close: () => void
}

export interface PoolOptions {
  readonly start?: () => Promise<Runner>
  /** Monotonic ms. */
  readonly now?: () => number
}

type Waiter = PromiseWithResolvers<Runner>

/** So long a tenant whose run broke a limit shares what is left to such tenants. */
export const SUSPECT_MS = 60_000
/** Runs of one tenant that may wait. */
export const MAX_WAITING = 10_000

/**
 * Keeps at most `size` runners. One that died is replaced at once, so that the next run need not wait for it. Tenants whose
 * runs broke a limit lately never hold the last free runner together, so that honest ones do not wait for their deadlines.
 * INVARIANT: a free runner goes straight to whoever's turn it is; nobody who comes later takes it on the way.
 */
export function createPool(
  size: number,
  { start = startRunner, now = () => performance.now() }: PoolOptions = {},
): Pool {
  const idle: Runner[] = []
  const waiting = new Map<string, Waiter[]>()
  const suspectUntil = new Map<string, number>()
  const served = new WeakMap<Runner, string>()
  const lentToSuspects = new Set<Runner>()
  let slots = 0
  let closed = false
  const isSuspect = (tenant: string) => (suspectUntil.get(tenant) ?? 0) > now()
  const mayHold = (tenant: string) => !isSuspect(tenant) || size === 1 || lentToSuspects.size < size - 1
  const lend = (runner: Runner, tenant: string) => {
    served.set(runner, tenant)
    if (isSuspect(tenant)) {
      lentToSuspects.add(runner)
      runner.yieldToOthers(true)
    }
    return runner
  }
  const offer = (runner: Runner) => {
    if (closed) return runner.kill()
    const next = nextOf(waiting, mayHold)
    if (next) next.waiter.resolve(lend(runner, next.tenant))
    else idle.push(runner)
  }
  const grow = () => {
    slots++
    start().then(offer, (error: unknown) => {
      slots--
      nextOf(waiting, mayHold)?.waiter.reject(error)
      if (waiting.size > 0) grow()
    })
  }
  const takeIdle = (tenant: string) => {
    for (const runner of idle.splice(0))
      if (runner.isAlive()) idle.push(runner)
      else slots--
    // Why the same one: it still has the tenant's isolate.
    const known = idle.findIndex(runner => served.get(runner) === tenant)
    return idle.splice(known < 0 ? idle.length - 1 : known, 1)[0]
  }
  return {
    borrow: async tenant => {
      if (closed) throw new Error('the sandbox is closed')
      const runner = mayHold(tenant) ? takeIdle(tenant) : undefined
      if (runner) return lend(runner, tenant)
      const before = waiting.get(tenant) ?? []
      if (before.length >= MAX_WAITING) throw new Error('too many runs of this desk are waiting')
      const waiter = Promise.withResolvers<Runner>()
      before.push(waiter)
      waiting.set(tenant, before)
      if (slots < size) grow()
      return waiter.promise
    },
    giveBack: (runner, { tenant, broke }) => {
      if (lentToSuspects.delete(runner) && !runner.yieldToOthers(false)) runner.kill()
      for (const [known, until] of suspectUntil) if (until <= now()) suspectUntil.delete(known)
      if (broke) suspectUntil.set(tenant, now() + SUSPECT_MS)
      if (closed || runner.isAlive()) offer(runner)
      else {
        slots--
        grow()
      }
      // A suspect that waited for the last place of its kind may have it now, from what lies idle.
      while (idle.length > 0) {
        const next = nextOf(waiting, mayHold)
        if (!next) break
        next.waiter.resolve(lend(idle.pop()!, next.tenant))
      }
    },
    close: () => {
      closed = true
      for (const runner of idle.splice(0)) runner.kill()
      for (const waiter of [...waiting.values()].flat()) waiter.reject(new Error('the sandbox is closed'))
      waiting.clear()
    },
  }
}

/** The first of the tenant whose turn it is and who may; the tenant then goes to the end of the line. */
function nextOf(
  waiting: Map<string, Waiter[]>,
  may: (tenant: string) => boolean,
): { readonly tenant: string; readonly waiter: Waiter } | undefined {
  for (const [tenant, line] of waiting) {
    if (!may(tenant)) continue
    const waiter = line.shift()!
    waiting.delete(tenant)
    if (line.length > 0) waiting.set(tenant, line)
    return { tenant, waiter }
  }
  return undefined
}
