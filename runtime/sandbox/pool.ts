import { startRunner, type Runner } from './process.ts'

/** Runner processes lent for one run each: first come first served per tenant, tenants in turn. */
export interface Pool {
  /** A runner of one's own, to be given back; rejects when none can be started or the pool is closed. */
  readonly borrow: (tenant: string) => Promise<Runner>
  readonly giveBack: (runner: Runner) => void
  readonly close: () => void
}

type Waiter = PromiseWithResolvers<Runner>

/**
 * Keeps at most `size` runners. One that died is replaced at once, so that the next run need not wait for it.
 * INVARIANT: a free runner goes straight to whoever's turn it is; nobody who comes later takes it on the way.
 */
export function createPool(size: number, start: () => Promise<Runner> = startRunner): Pool {
  const idle: Runner[] = []
  const waiting = new Map<string, Waiter[]>()
  let slots = 0
  let closed = false
  const offer = (runner: Runner) => {
    if (closed) runner.kill()
    else {
      const waiter = nextOf(waiting)
      if (waiter) waiter.resolve(runner)
      else idle.push(runner)
    }
  }
  const grow = () => {
    slots++
    start().then(offer, (error: unknown) => {
      slots--
      nextOf(waiting)?.reject(error)
      if (waiting.size > 0) grow()
    })
  }
  return {
    borrow: async tenant => {
      if (closed) throw new Error('the sandbox is closed')
      for (let runner = idle.pop(); runner; runner = idle.pop())
        if (runner.isAlive()) return runner
        else slots--
      const waiter = Promise.withResolvers<Runner>()
      waiting.set(tenant, [...(waiting.get(tenant) ?? []), waiter])
      if (slots < size) grow()
      return waiter.promise
    },
    giveBack: runner => {
      if (closed || runner.isAlive()) return offer(runner)
      slots--
      grow()
    },
    close: () => {
      closed = true
      for (const runner of idle.splice(0)) runner.kill()
      for (const waiter of [...waiting.values()].flat()) waiter.reject(new Error('the sandbox is closed'))
      waiting.clear()
    },
  }
}

/** The first of the tenant whose turn it is; the tenant then goes to the end of the line. */
function nextOf(waiting: Map<string, Waiter[]>): Waiter | undefined {
  const [first] = waiting
  if (!first) return undefined
  const [tenant, [waiter, ...rest]] = first
  waiting.delete(tenant)
  if (rest.length > 0) waiting.set(tenant, rest)
  return waiter
}
