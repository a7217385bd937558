import { fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { createSandbox, MAX_BATCH, type Capabilities, type Sandbox } from '../../runtime/sandbox/index.ts'
import type { Figure } from './measure.ts'

const honest = `import { action } from '#pack'
export default action('sum', ({ a, b }) => ({ sum: a + b }))`
const bombs = [
  `export default { run() { for (;;); } }`,
  `export default { run() { const kept = []; for (;;) kept.push('x'.repeat(1e6) + kept.length) } }`,
  `export default { async run() { for (;;) await null } }`,
  `export default { run: () => new Promise(() => {}) }`,
]
const capabilities: Capabilities = { time: () => 0, random: () => '' }
const PAUSE_MS = 5

/**
 * A small action through the runner beside the bare round trip of a child process, one call at a time with a pause between (as
 * tickets come) and without one; a run over a hundred tickets; honest runs while a hundred bombs run; the runner's memory.
 */
export async function action(): Promise<Figure[]> {
  const echo = await startEcho()
  const sandbox = createSandbox({ runners: 2 })
  const call = () => run(sandbox, 'honest', honest)
  for (let warm = 0; warm < 300; warm++) {
    await echo.call()
    await call()
  }
  const [bareMs, callMs] = await alternating([echo.call, call])
  const busyMs = median(await timed(call, 300))
  const batchMs = median(await timed(() => many(sandbox), 60))
  const restMs = Math.max(0, batchMs! - bareMs!) / MAX_BATCH
  const { maxRssBytes } = await call()
  const alone = await timed(call, 300, PAUSE_MS)
  const hundred = bombs.flatMap((source, kind) =>
    Array.from({ length: 25 }, () => run(sandbox, `bomber ${kind}`, source)),
  )
  let isOver = false
  void Promise.all(hundred).then(() => (isOver = true))
  const beside: number[] = []
  while (!isOver) beside.push(...(await timed(call, 1, PAUSE_MS)))
  echo.close()
  sandbox.close()
  const perSecond = (ms: number) => 1000 / ms
  const asMs = (name: string, ms: number, ratio: number): Figure => ({
    name,
    perSecond: ms,
    unit: 'ms',
    ratio,
  })
  return [
    { name: 'bare round trip of a child process', perSecond: perSecond(bareMs!), ratio: 1 },
    { name: 'action, a pause between calls', perSecond: perSecond(callMs!), ratio: callMs! / bareMs! },
    { name: 'action, call upon call', perSecond: perSecond(busyMs!), ratio: busyMs! / bareMs! },
    asMs('batch of 100, each beyond the round trip', restMs, restMs / 0.005),
    asMs('honest p95 alone', p95(alone), 1),
    asMs(`honest p95 while 100 bombs run (${beside.length} calls)`, p95(beside), p95(beside) / p95(alone)),
    {
      name: `runner memory ${Math.round(maxRssBytes / 1024 / 1024)} MB`,
      perSecond: maxRssBytes / 1024 / 1024,
      ratio: 1,
    },
  ]
}

async function run(sandbox: Sandbox, tenant: string, source: string): Promise<{ maxRssBytes: number }> {
  const input = { a: 1, b: 2 }
  const end = await sandbox.run({ tenant, source, input, key: 'k', timeoutMs: 1_000, capabilities })
  if (tenant === 'honest' && end.fault) throw new Error(`an honest run ended with ${end.fault.code}`)
  return end.meters
}

async function many(sandbox: Sandbox): Promise<void> {
  const items = Array.from({ length: MAX_BATCH }, (_, a) => ({ input: { a, b: 1 }, key: 'k', capabilities }))
  const ends = await sandbox.runBatch({ tenant: 'honest', source: honest, timeoutMs: 1_000, items })
  if (ends.some(({ fault }) => fault)) throw new Error('an honest run failed')
}

/** Medians of works done in turn, so that the machine treats them alike. */
async function alternating(works: readonly (() => Promise<unknown>)[]): Promise<number[]> {
  const samples = works.map((): number[] => [])
  for (let round = 0; round < 300; round++)
    for (const [at, work] of works.entries()) samples[at]!.push(...(await timed(work, 1, PAUSE_MS)))
  return samples.map(median)
}

async function timed(work: () => Promise<unknown>, times: number, pauseMs = 0): Promise<number[]> {
  const took: number[] = []
  for (let time = 0; time < times; time++) {
    if (pauseMs > 0) await new Promise(resolve => setTimeout(resolve, pauseMs))
    const start = performance.now()
    await work()
    took.push(performance.now() - start)
  }
  return took
}

async function startEcho(): Promise<{ call: () => Promise<void>; close: () => void }> {
  const child = fork(fileURLToPath(new URL('action-echo.ts', import.meta.url)), { serialization: 'json' })
  await new Promise(resolve => child.once('message', resolve))
  return {
    call: () =>
      new Promise(resolve => {
        child.once('message', () => resolve())
        child.send({ source: honest, input: '{"a":1,"b":2}', key: 'k' })
      }),
    close: () => void child.kill(),
  }
}

const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!
const p95 = (values: readonly number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)]!
