import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import {
  createNet,
  createSandbox,
  guardedConnector,
  isPublicAddress,
  NetRefused,
  type Capabilities,
  type Connector,
} from '../../runtime/sandbox/index.ts'

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

describe('the way out', () => {
  const caller = `import { action } from '#pack'
export default action('call', async ({ url }: { url: string }, { net, key }) => {
  const reply = await net.post(url, { key }, { bearer: { secret: 'TOKEN' } })
  return { status: reply.status, id: reply.json.id }
})`

  test('reaches a real server through a connector that permits it, with the secret put in outside', async () => {
    const seen: string[] = []
    const server = createServer((request, response) => {
      seen.push(String(request.headers.authorization))
      response.writeHead(201, { 'content-type': 'application/json' }).end('{"id":"x-1"}')
    })
    await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
    const { port } = server.address() as AddressInfo
    const local: Connector = { ...guardedConnector, permits: () => true, protocols: ['http:'] }
    const net = createNet({ hosts: ['localhost'], secrets: { TOKEN: 's3cret' }, connector: local })
    const url = `http://localhost:${port}/coupons`
    expect(await run(caller, { input: { url }, capabilities: { ...capabilities, net } })).toMatchObject({
      value: { status: 201, id: 'x-1' },
    })
    expect(seen).toEqual(['Bearer s3cret'])

    // The guard of a real service refuses the same address before anything leaves.
    const guarded = createNet({
      hosts: ['localhost'],
      secrets: { TOKEN: 's3cret' },
      connector: { ...guardedConnector, protocols: ['http:'] },
    })
    const refused = await run(caller, { input: { url }, capabilities: { ...capabilities, net: guarded } })
    expect(refused.fault).toMatchObject({ code: 'thrown' })
    expect(refused.fault?.detail).toContain('not allowed')
    expect(seen).toHaveLength(1)
    server.close()
  })

  test('opens for nobody who was not granted it, and for no other host', async () => {
    expect((await run(caller, { input: { url: 'https://x.example/' } })).fault?.detail).toContain(
      "reading 'post'",
    )
    const net = createNet({ hosts: ['erp.example.com'], secrets: {} })
    const ask = (url: string) => net({ method: 'GET', url })
    for (const url of [
      'https://other.example/',
      'http://erp.example.com/',
      'https://user@erp.example.com/',
      'https://erp.example.com.evil.example/',
      'ftp://erp.example.com/',
      'nonsense',
    ])
      await expect(ask(url), url).rejects.toThrow(NetRefused)
    const withSecret = net({
      method: 'GET',
      url: 'https://erp.example.com/',
      options: { bearer: { secret: 'NONE' } },
    })
    await expect(withSecret).rejects.toThrow()
  })

  test('does not wait for an answer that breaks off', async () => {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{')
      setTimeout(() => response.socket?.destroy(), 20)
    })
    await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
    const { port } = server.address() as AddressInfo
    const local: Connector = { ...guardedConnector, permits: () => true, protocols: ['http:'] }
    const net = createNet({ hosts: ['localhost'], secrets: {}, connector: local })
    const asked = net({ method: 'GET', url: `http://localhost:${port}/` })
    await expect(asked).rejects.toThrow(/broke off/)
    server.close()
  }, 5_000)

  test('answers a redirect as it is and never follows it', async () => {
    let asked = 0
    const server = createServer((_, response) => {
      asked++
      response.writeHead(302, { location: 'http://169.254.169.254/latest' }).end()
    })
    await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
    const { port } = server.address() as AddressInfo
    const local: Connector = { ...guardedConnector, permits: () => true, protocols: ['http:'] }
    const net = createNet({ hosts: ['localhost'], secrets: {}, connector: local })
    expect(await net({ method: 'GET', url: `http://localhost:${port}/` })).toMatchObject({ status: 302 })
    expect(asked).toBe(1)
    server.close()
  })

  const inside = [
    ...[
      '127.0.0.1',
      '127.1.2.3',
      '10.0.0.1',
      '172.16.0.1',
      '192.168.1.1',
      '169.254.169.254',
      '0.0.0.0',
      '100.64.0.1',
    ],
    ...[
      '224.0.0.1',
      '255.255.255.255',
      '::1',
      '::',
      'fe80::1',
      'fc00::1',
      '::ffff:127.0.0.1',
      '::ffff:10.0.0.1',
      '::7f00:1',
      '4000::1',
      '64:ff9b:1::7f00:1',
    ],
    ...[
      '64:ff9b::7f00:1',
      '64:ff9b::a9fe:a9fe',
      '2002:7f00:1::',
      '2002:a9fe:a9fe::',
      'ff02::1',
      '192.0.2.1',
      'x',
    ],
  ]
  test.each(inside)('%s is not an address of the public internet', address => {
    expect(isPublicAddress(address)).toBe(false)
  })
  test.each(['1.1.1.1', '2606:4700:4700::1111', '64:ff9b::101:101'])('%s is', address => {
    expect(isPublicAddress(address)).toBe(true)
  })

  test('refuses a host of which one address is inside, and every spelling of loopback', async () => {
    const mixed: Connector = {
      ...guardedConnector,
      resolve: async () => [
        { address: '1.1.1.1', family: 4 },
        { address: '127.0.0.1', family: 4 },
      ],
    }
    const net = createNet({ hosts: ['mixed.example'], secrets: {}, connector: mixed })
    await expect(net({ method: 'GET', url: 'https://mixed.example/' })).rejects.toThrow(/not allowed/)
    for (const spelling of [
      '2130706433',
      '0x7f.1',
      '017700000001',
      '127.1',
      '[::1]',
      '[::ffff:7f00:1]',
      '１２７.0.0.1',
    ]) {
      const host = new URL(`https://${spelling}/`).hostname.replace(/^\[|\]$/g, '')
      const literal = createNet({ hosts: [host], secrets: {} })
      await expect(literal({ method: 'GET', url: `https://${spelling}/` }), spelling).rejects.toThrow(
        /not allowed/,
      )
    }
  })
})
