import { describe, expect, test } from 'vitest'
import { createPool, SUSPECT_MS } from '../../runtime/sandbox/pool.ts'
import type { Runner } from '../../runtime/sandbox/process.ts'
import { createSandbox } from '../../runtime/sandbox/index.ts'

let made = 0
const fakeRunner = (): Runner & { die: () => void } => {
  let alive = true
  const die = () => void (alive = false)
  return {
    pid: ++made,
    isAlive: () => alive,
    kill: die,
    die,
    yieldToOthers: () => true,
    run: () => Promise.reject(new Error('unused')),
  }
}
const fine = { tenant: 'a', broke: false }
const soon = () => new Promise(resolve => setTimeout(resolve, 5))

describe('the pool of runners', () => {
  test('lends a free runner to whoever waits, not to who comes later', async () => {
    let started = 0
    const pool = createPool(1, { start: async () => (started++, fakeRunner()) })
    const first = await pool.borrow('a')
    const order: string[] = []
    const lent = (tenant: string, name: string) =>
      pool.borrow(tenant).then(runner => {
        order.push(name)
        return runner
      })
    const waited = lent('a', 'waited')
    pool.giveBack(first, fine)
    const late = lent('b', 'late')
    pool.giveBack(await waited, fine)
    await late
    expect(order).toEqual(['waited', 'late'])
    expect(started).toBe(1)
  })

  test('serves tenants in turn, each in its own order', async () => {
    const pool = createPool(1, { start: async () => fakeRunner() })
    const first = await pool.borrow('x')
    const order: string[] = []
    const uses = ['a1', 'a2', 'a3', 'b1', 'b2'].map(name =>
      pool.borrow(name[0]!).then(runner => {
        order.push(name)
        pool.giveBack(runner, fine)
      }),
    )
    pool.giveBack(first, fine)
    await Promise.all(uses)
    expect(order).toEqual(['a1', 'b1', 'a2', 'b2', 'a3'])
  })

  test('replaces a runner that died before anybody asks, and never holds more than its size', async () => {
    let started = 0
    const pool = createPool(1, { start: async () => (started++, fakeRunner()) })
    const first = (await pool.borrow('a')) as ReturnType<typeof fakeRunner>
    first.die()
    pool.giveBack(first, fine)
    await soon()
    expect(started).toBe(2)
    expect((await pool.borrow('a')).isAlive()).toBe(true)
    expect(started).toBe(2)
  })

  test('is not used up by runners that would not start', async () => {
    let failures = 3
    const pool = createPool(1, {
      start: async () => {
        if (failures-- > 0) throw new Error('no process')
        return fakeRunner()
      },
    })
    const asked = await Promise.allSettled([pool.borrow('a'), pool.borrow('a'), pool.borrow('b')])
    expect(asked.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected'])
    expect((await pool.borrow('a')).isAlive()).toBe(true)
  })

  test('keeps a runner for the honest while tenants that broke a limit lately share the rest', async () => {
    let now = 0
    const runners = [fakeRunner(), fakeRunner()]
    const pool = createPool(2, { start: async () => runners.pop()!, now: () => now })
    for (const tenant of ['x', 'y']) pool.giveBack(await pool.borrow(tenant), { tenant, broke: true })
    const first = await pool.borrow('x')
    const order: string[] = []
    const waits = (tenant: string) =>
      pool.borrow(tenant).then(runner => {
        order.push(tenant)
        return runner
      })
    const more = [waits('x'), waits('y')]
    const honest = await waits('a')
    expect(order).toEqual(['a'])
    pool.giveBack(honest, fine)
    await soon()
    expect(order).toEqual(['a'])
    pool.giveBack(first, { tenant: 'x', broke: true })
    pool.giveBack(await more[0]!, { tenant: 'x', broke: false })
    await more[1]
    expect(order).toEqual(['a', 'x', 'y'])
    // Who keeps to the limits for a while is like all others again.
    now = SUSPECT_MS + 1
    expect((await pool.borrow('x')).isAlive()).toBe(true)
  })

  test('turns everybody away once it is closed', async () => {
    const pool = createPool(1, { start: async () => fakeRunner() })
    const first = await pool.borrow('a')
    const waiting = pool.borrow('a')
    pool.close()
    await expect(waiting).rejects.toThrow(/closed/)
    await expect(pool.borrow('a')).rejects.toThrow(/closed/)
    pool.giveBack(first, fine)
    expect(first.isAlive()).toBe(false)
  })
})

test('a runner killed in the middle of a run ends that run alone, and the next is there within 300 ms', async () => {
  const sandbox = createSandbox({ runners: 1 })
  const capabilities = { time: () => 0, random: () => '' }
  const call = (source: string, extra = {}) =>
    sandbox.run({ tenant: 't', source, input: {}, key: 'k', timeoutMs: 5_000, capabilities, ...extra })
  const { readdirSync, readFileSync } = await import('node:fs')
  const children = () =>
    readdirSync('/proc')
      .filter(name => /^\d+$/.test(name))
      .filter(pid => {
        try {
          const parent = readFileSync(`/proc/${pid}/stat`, 'utf8')
            .replace(/^.*\) \S /, '')
            .split(' ')[0]
          return (
            Number(parent) === process.pid &&
            readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes('runner.ts')
          )
        } catch {
          // Why: processes come and go while one looks.
          return false
        }
      })
  const running = call(
    `import { action } from '#pack'\nexport default action('x', async (_, { time }) => { await time.now(); await new Promise(() => {}) })`,
    { capabilities: { ...capabilities, time: () => (process.kill(Number(children()[0]), 'SIGKILL'), 0) } },
  )
  expect((await running).fault).toEqual({ code: 'killed', detail: 'SIGKILL' })
  const honest = `import { action } from '#pack'\nexport default action('x', () => ({ ok: 1 }))`
  await new Promise(resolve => setTimeout(resolve, 300))
  const started = performance.now()
  expect((await call(honest)).value).toEqual({ ok: 1 })
  expect(performance.now() - started).toBeLessThan(300)
  sandbox.close()
})
