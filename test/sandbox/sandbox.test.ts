import { readFileSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import { isSafeVersion } from '../../runtime/sandbox/floor.ts'
import { createSandbox, MAX_BATCH, type Capabilities } from '../../runtime/sandbox/index.ts'

const sandbox = createSandbox({ runners: 1 })
afterAll(() => sandbox.close())
const capabilities: Capabilities = { time: () => 7, random: () => 'r' }
const TIMEOUT_MS = 1_500
const run = (source: string, given: Partial<{ input: unknown; capabilities: Capabilities }> = {}) =>
  sandbox.run({ tenant: 't', source, input: {}, key: 'k', timeoutMs: TIMEOUT_MS, capabilities, ...given })
const honest = `import { action } from '#pack'
export default action('sum', ({ a, b }: { a: number; b: number }) => ({ sum: a + b }))`

describe('a stranger’s action', () => {
  test('that left a call unanswered does not disturb the next one', async () => {
    const late = async () => {
      await new Promise(resolve => setTimeout(resolve, 100))
      return { status: 200, text: 'late' }
    }
    await run(
      `import { action } from '#pack'
      export default action('x', (_, { net }) => { void net.get('https://a.example/'); return {} })`,
      { capabilities: { ...capabilities, net: late } },
    )
    const { value } = await run(`import { action } from '#pack'
      export default action('x', async (_, { time }) => {
        let now = 0
        for (let i = 0; i < 60; i++) now = await time.now()
        return { now }
      })`)
    expect(value).toEqual({ now: 7 })
    await new Promise(resolve => setTimeout(resolve, 150))
    expect(await run(honest, { input: { a: 1, b: 1 } })).toMatchObject({ value: { sum: 2 } })
  })

  test('is served run upon run for as long as one likes, whatever garbage the runs leave', async () => {
    const source = `import { action } from '#pack'
      export default action('x', async (_, { time }) => {
        const kept = Array.from({ length: 20_000 }, (_, n) => ({ n }))
        const now = await time.now()
        return { now, kept: kept.length }
      })`
    const codes = new Set<string | undefined>()
    for (let n = 0; n < 300; n++) codes.add((await run(source)).fault?.code)
    expect([...codes]).toEqual([undefined])
  })

  test('does not find what another run left behind', async () => {
    await run(`import { action } from '#pack'
      globalThis.left = 'secret'
      export default action('x', () => ({}))`)
    const { value } = await run(`import { action } from '#pack'
      export default action('x', () => ({ left: typeof globalThis.left }))`)
    expect(value).toEqual({ left: 'undefined' })
  })

  test('waits its turn: tenants are served one after the other, each in its own order', async () => {
    const order: string[] = []
    const wait = (tenant: string, name: string) =>
      sandbox
        .run({ tenant, source: honest, input: { a: 1, b: 1 }, key: 'k', timeoutMs: TIMEOUT_MS, capabilities })
        .then(() => order.push(name))
    await Promise.all([wait('a', 'a1'), wait('a', 'a2'), wait('a', 'a3'), wait('b', 'b1')])
    expect(order.indexOf('b1')).toBeLessThan(order.indexOf('a3'))
  })
})

describe('a run over many tickets', () => {
  const many = (source: string, inputs: readonly unknown[], over: Partial<Capabilities> = {}) =>
    sandbox.runBatch({
      ...{ tenant: 't', source, timeoutMs: TIMEOUT_MS },
      items: inputs.map((input, at) => ({
        input,
        key: `k${at}`,
        capabilities: { ...capabilities, ...over },
      })),
    })

  test('answers each in order, and one that throws harms no other', async () => {
    const source = `import { action } from '#pack'
      export default action('x', ({ n }, { key }) => { if (n === 3) throw new Error('three'); return { n, key } })`
    const inputs = Array.from({ length: MAX_BATCH }, (_, n) => ({ n }))
    const ends = await many(source, inputs)
    expect(ends[7]!.value).toEqual({ n: 7, key: 'k7' })
    expect(ends[99]!.value).toEqual({ n: 99, key: 'k99' })
    expect(ends[3]!.fault).toMatchObject({ code: 'thrown', detail: 'three' })
    expect(ends.filter(({ fault }) => fault)).toHaveLength(1)
  })

  test('answers the calls of each with what that one was granted, and counts them for each', async () => {
    const source = `import { action } from '#pack'
      export default action('x', async (_, { time, log }) => {
        log.info('n')
        let now = 0
        for (let i = 0; i < 60; i++) now = await time.now()
        return { now }
      })`
    const items = [1, 2, 3].map(n => ({
      input: {},
      key: 'k',
      capabilities: { ...capabilities, time: () => n },
    }))
    const ends = await sandbox.runBatch({ tenant: 't', source, timeoutMs: TIMEOUT_MS, items })
    expect(ends.map(({ value }) => value)).toEqual([{ now: 1 }, { now: 2 }, { now: 3 }])
    expect(ends.map(({ log }) => log.length)).toEqual([1, 1, 1])
  })

  test('lets nothing that one ticket left running speak for another', async () => {
    const source = `import { action } from '#pack'
      export default action('x', async ({ n }, { time, write }) => {
        if (n === 0) void time.now().then(() => write('f', 'of the first'))
        else for (let i = 0; i < 20; i++) await time.now()
        return { n }
      })`
    const written: string[] = []
    const items = [0, 1].map(n => ({
      ...{ input: { n }, key: 'k' },
      capabilities: { ...capabilities, write: async () => void written.push(`for ${n}`) },
    }))
    await sandbox.runBatch({ tenant: 't', source, timeoutMs: TIMEOUT_MS, items })
    expect(written).toEqual(['for 0'])
  })

  test('has a limit for all that goes in and comes out', async () => {
    const big = await many(honest, [{ a: 'x'.repeat(300_000) }])
    expect(big[0]!.fault).toMatchObject({ code: 'input' })
    const echo = `import { action } from '#pack'
      export default action('x', () => ({ text: 'x'.repeat(200_000) }))`
    const all = await many(echo, Array.from({ length: 30 }))
    expect(new Set(all.map(({ fault }) => fault?.code))).toEqual(new Set(['result']))
    await expect(many(honest, Array.from({ length: MAX_BATCH + 1 }))).rejects.toThrow(RangeError)
  })
})

describe('a developer', () => {
  test('reads the line of the TypeScript that threw', async () => {
    const { fault } = await run(`import { action } from '#pack'
interface Order {
  id: string
}

export default action('x', (input: Order): unknown => {
  const order = input as Order & { lines: string[] }
  return order.lines.map((line: string) => line)
})`)
    expect(fault).toMatchObject({ code: 'thrown' })
    expect(fault!.stack).toBe('at Object.run (action.ts:8:22)')
  })

  test('is told at the line of the call that `bearer` is none of the action’s secrets', async () => {
    const asked: unknown[] = []
    const given: Capabilities = {
      ...{ ...capabilities, secrets: ['ERP_TOKEN', 'SMS_TOKEN'] },
      net: async request => (asked.push(request), { status: 200, text: '{}' }),
    }
    const call = (args: string) =>
      run(
        `import { action } from '#pack'
export default action('x', async (_, { net, secret }) => {
  const url = 'https://erp.example.com/'
  await net.${args}
  return {}
})`,
        { capabilities: given },
      )
    for (const args of [
      'post(url, {}, { bearer: secret.ERP_TOKN })',
      'get(url, { bearer: undefined })',
      'put(url, {}, { bearer: "ERP_TOKEN" })',
      'delete(url, {}, { bearer: { secret: "OTHER" } })',
    ]) {
      const { fault } = await call(args)
      expect(fault?.detail, args).toBe('bearer is no secret of this action; it has: ERP_TOKEN, SMS_TOKEN')
      expect(fault?.stack, args).toMatch(/action\.ts:4:\d+/)
    }
    const misplaced = [
      ['get(url, { barer: secret.ERP_TOKEN })', 'a call has no option barer; it has: bearer'],
      ['get(url, secret.ERP_TOKEN)', 'a call has no option secret; it has: bearer'],
      ['post(url, {}, "ERP_TOKEN")', 'the options of a call are an object'],
      ['post(url, { bearer: secret.ERP_TOKEN })', 'bearer stands in the body; the options come after it'],
      ['post(url, { bearer: secret.ERP_TOKN })', 'bearer stands in the body; the options come after it'],
    ] as const
    for (const [args, said] of misplaced) expect((await call(args)).fault?.detail, args).toBe(said)
    expect(asked).toEqual([])
    await call('post(url, { bearer: "bonds" }, { bearer: secret.SMS_TOKEN })')
    expect(asked).toMatchObject([{ body: { bearer: 'bonds' }, options: { bearer: { secret: 'SMS_TOKEN' } } }])
  })

  test.each([
    ['await fetch("https://a.example")', 'fetch is not defined: an action calls out with `net`'],
    ['console.log(1)', 'console is not defined: an action notes things with `log`'],
    ['mine()', 'mine is not defined'],
  ])('who writes %s is told what there is instead', async (body, detail) => {
    expect((await run(`export default { run: async () => { ${body} } }`)).fault?.detail).toBe(detail)
  })

  test('is told which limit a run went beyond', async () => {
    const endless = async (body: string, timeoutMs = 15_000) =>
      (
        await sandbox.run({
          ...{ tenant: 't', source: `export default { run: async () => { ${body} } }`, input: {}, key: 'k' },
          ...{ timeoutMs, capabilities },
        })
      ).fault
    const full = { code: 'memory', detail: 'more than 32 MB' }
    const grows = 'for (const all = [];;) all.push(new Array(1e6).fill(1))'
    // On a machine that has no time, another limit may come first: what grows without end is stopped all the same.
    for (const body of [grows, `await 0; ${grows}`]) {
      let fault = await endless(body)
      for (let again = 0; again < 4 && fault?.code !== 'memory'; again++) {
        expect(['deadline', 'killed']).toContain(fault?.code)
        fault = await endless(body)
      }
      expect(fault, body).toEqual(full)
    }
    const spent = { code: 'deadline', detail: 'more than 1000 ms of CPU' }
    expect(await endless('for (;;);')).toEqual(spent)
    expect(await endless('await 0; for (;;);')).toEqual(spent)
    const late = { code: 'deadline', detail: 'no answer within 300 ms' }
    expect(await endless('await new Promise(() => {})', 300)).toEqual(late)
  }, 60_000)

  test('reads the place where the text is no TypeScript', async () => {
    const { fault } = await run(`export default {\n  run(): number { return ) }\n}`)
    expect(fault).toEqual({ code: 'source', detail: 'Expression expected [action.ts:2:26]' })
  })
})

test('runs are counted, with their faults by code', async () => {
  const counted = createSandbox({ runners: 1 })
  const one = { tenant: 't', input: { a: 1, b: 1 }, key: 'k', timeoutMs: TIMEOUT_MS, capabilities }
  await counted.run({ ...one, source: honest })
  await counted.run({ ...one, source: `export default { run() { throw 1 } }` })
  const text = counted.metrics.text()
  expect(text).toContain('axle_action_runs_total 2')
  expect(text).toContain('axle_action_faults_total{code="thrown"} 1')
  expect(text).toMatch(/axle_action_p95_ms [0-9.]+/)
  expect(text).toMatch(/axle_action_runner_rss_max_bytes [1-9]/)
  counted.close()
})

test('isolated-vm is one without the known escape (GHSA-864f-rcv7-6rh4), as the lock file has it', () => {
  const lock = JSON.parse(readFileSync('package-lock.json', 'utf8')) as {
    packages: Record<string, { version: string }>
  }
  const versions = Object.entries(lock.packages).filter(([path]) => path.endsWith('node_modules/isolated-vm'))
  expect(versions).toHaveLength(1)
  expect(isSafeVersion(versions[0]![1].version)).toBe(true)
  for (const version of ['7.0.0', '6.9.9', '7.0.1-rc.1', '0.0.0', 'x'])
    expect(isSafeVersion(version), version).toBe(false)
  for (const version of ['7.0.1', '7.0.2', '7.1.0', '8.0.0', '10.0.0'])
    expect(isSafeVersion(version), version).toBe(true)
})
