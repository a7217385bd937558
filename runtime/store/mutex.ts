/** Runs given pieces of work one after the other, in the order they arrived. */
export type Mutex = <T>(work: () => Promise<T>) => Promise<T>

/** A first-in-first-out lock; a failing piece of work does not stop the next. */
export function createMutex(): Mutex {
  let last: Promise<unknown> = Promise.resolve()
  return work => {
    const turn = last.then(work)
    last = turn.catch(() => {})
    return turn
  }
}
