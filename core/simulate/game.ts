import type { World } from '#core/play'
import type { Shelves } from './stock.ts'
import type { Tally } from './tally.ts'
import type { WholeTraffic } from './traffic.ts'
import type { Waiting } from './waiting.ts'
import type { Worker } from './worker.ts'

/** A simulation on its way. */
export interface Game {
  readonly world: World
  readonly traffic: WholeTraffic
  readonly seed: number
  /** First and last instant (epoch ms), the end exclusive. */
  readonly from: number
  readonly to: number
  readonly tally: Tally
  readonly workers: Map<string, Worker>
  readonly waiting: Waiting
  readonly shelves: Shelves
  /** Who and what is there from the start, by entity: customers, staff, records. */
  readonly keys: (entity: string) => readonly string[]
  readonly dayBegan?: () => void
}

/** What falls due at one instant comes in this order, after what the desk itself waits for. */
export const RANK = {
  shift: 10,
  delivery: 11,
  outcome: 12,
  work: 13,
  reply: 14,
  event: 15,
  arrival: 16,
  day: 17,
}
