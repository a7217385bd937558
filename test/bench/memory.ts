import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'

setFlagsFromString('--expose-gc')
const collect = runInNewContext('gc') as () => void

/** Bytes that what is made holds, its buffers included. */
export function bytesHeld<Made>(make: () => Made): { readonly made: Made; readonly bytes: number } {
  const before = held()
  const made = make()
  return { made, bytes: held() - before }
}

function held(): number {
  collect()
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/** So little is made that it stays below what the machine collects by itself. */
const TIMES = 50

/** Bytes that doing a piece of work once leaves behind to be collected. */
export function bytesMade(work: () => unknown): number {
  for (let warm = 0; warm < 20_000; warm++) work()
  collect()
  const before = process.memoryUsage().heapUsed
  for (let time = 0; time < TIMES; time++) work()
  return (process.memoryUsage().heapUsed - before) / TIMES
}
