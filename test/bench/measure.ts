/** One way of doing a piece of work; `run` does it `times` times and returns something that depends on it all. */
export interface Candidate {
  readonly name: string
  readonly run: (times: number) => unknown
}

export interface Figure {
  readonly name: string
  /** Median over the rounds. */
  readonly perSecond: number
  /** What `perSecond` is when it is something else: milliseconds. */
  readonly unit?: 'ms'
  /** How many times slower than the first candidate, the limit. */
  readonly ratio: number
}

const ROUNDS = 9
const ROUND_MS = 60

/** Measures candidates interleaved in rounds, CPU time of this process; the first one is the limit. */
export function measure(candidates: readonly Candidate[]): Figure[] {
  const times = candidates.map(candidate => calibrate(candidate))
  const samples = candidates.map((): number[] => [])
  for (let round = 0; round < ROUNDS; round++)
    candidates.forEach((candidate, index) =>
      samples[index]!.push(timeOf(candidate, times[index]!) / times[index]!),
    )
  const costs = samples.map(median)
  return candidates.map(({ name }, index) => ({
    name,
    perSecond: 1000 / costs[index]!,
    ratio: costs[index]! / costs[0]!,
  }))
}

/** The same for work that waits: wall time, each candidate awaited in turn. */
export async function measureWaiting(
  candidates: readonly { readonly name: string; readonly run: () => Promise<unknown> }[],
  rounds = 60,
): Promise<Figure[]> {
  const samples = candidates.map((): number[] => [])
  for (const { run } of candidates) for (let warm = 0; warm < 5; warm++) await run()
  for (let round = 0; round < rounds; round++)
    for (const [index, { run }] of candidates.entries()) {
      const start = performance.now()
      await run()
      samples[index]!.push(performance.now() - start)
    }
  const costs = samples.map(median)
  return candidates.map(({ name }, index) => ({
    name,
    perSecond: 1000 / costs[index]!,
    ratio: costs[index]! / costs[0]!,
  }))
}

function calibrate(candidate: Candidate): number {
  let times = 1
  while (timeOf(candidate, times) < ROUND_MS && times < 1e8) times *= 2
  return times
}

let sink: unknown

function timeOf({ run }: Candidate, times: number): number {
  const start = process.cpuUsage()
  sink = run(times)
  const { user, system } = process.cpuUsage(start)
  if (sink === Symbol.for('never')) console.log(sink)
  return (user + system) / 1000
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b)
  return sorted[Math.floor(sorted.length / 2)]!
}
