import { readFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import type { AddressInfo } from 'node:net'
import { gzipSync } from 'node:zlib'
import { afterAll, describe, expect, test } from 'vitest'
import { ConfigError, standInsOf } from '../../runtime/config.ts'
import {
  connectorWith,
  createNet,
  createSandbox,
  guardedConnector,
  isPublicAddress,
  NetRefused,
  type Capabilities,
  type Connector,
} from '../../runtime/sandbox/index.ts'

/** Addresses and spellings that must not be reached, even where the host was granted; names resolve as said. */
const addresses = JSON.parse(readFileSync(new URL('addresses.json', import.meta.url), 'utf8')) as {
  readonly inside: readonly string[]
  readonly public: readonly string[]
  readonly urls: readonly string[]
  readonly tricks: readonly string[]
  readonly names: Readonly<Record<string, readonly string[]>>
}

const sandbox = createSandbox({ runners: 1 })
afterAll(() => sandbox.close())
const capabilities: Capabilities = { time: () => 7, random: () => 'r' }
const withToken: Capabilities = { ...capabilities, secrets: ['TOKEN'] }
const run = (source: string, given: Partial<{ input: unknown; capabilities: Capabilities }> = {}) =>
  sandbox.run({ tenant: 't', source, input: {}, key: 'k', timeoutMs: 1_500, capabilities, ...given })

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
    const net = createNet({ hosts: ['localhost'], secrets: { TOKEN: 's3cret' }, connector: local })
    const url = `http://localhost:${port}/coupons`
    expect(await run(caller, { input: { url }, capabilities: { ...withToken, net } })).toMatchObject({
      value: { status: 201, id: 'x-1' },
    })
    expect(seen).toEqual(['Bearer s3cret'])

    // The guard of a real service refuses the same address before anything leaves.
    const guarded = createNet({
      hosts: ['localhost'],
      secrets: { TOKEN: 's3cret' },
      connector: { ...guardedConnector, protocols: ['http:'] },
    })
    const refused = await run(caller, { input: { url }, capabilities: { ...withToken, net: guarded } })
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

  test('goes to who answers for a host by an operator’s word, and for that host alone', async () => {
    const seen: string[] = []
    const { port, close } = await listen(({ url, headers }, response) => {
      seen.push(`${headers.host} ${url} ${headers.authorization}`)
      response.end('{}')
    })
    const inside = `127.0.0.1:${port}`
    const net = createNet({
      hosts: ['erp.example.com', 'localhost', '127.0.0.1'],
      secrets: { TOKEN: 's3cret' },
      connector: connectorWith({ 'erp.example.com': `http://${inside}` }),
    })
    const bearer = { secret: 'TOKEN' }
    const ask = (url: string) => net({ method: 'GET', url, options: { bearer } })
    expect((await ask('https://erp.example.com/a?b=1')).status).toBe(200)
    // A path is no way to another host.
    for (const path of [`//localhost:${port}/x`, '/\\\\evil.example/x', '/%2f%2fevil.example'])
      await ask(`https://erp.example.com${path}`)
    expect(seen[0]).toBe(`${inside} /a?b=1 Bearer s3cret`)
    expect(new Set(seen.map(each => each.split(' ')[0]))).toEqual(new Set([inside]))
    expect(seen).toHaveLength(4)
    for (const url of [`https://localhost:${port}/`, `https://127.0.0.1:${port}/`])
      await expect(ask(url), url).rejects.toThrow(/address that is not allowed/)
    for (const url of ['http://erp.example.com/', 'https://other.example.com/'])
      await expect(ask(url), url).rejects.toThrow(NetRefused)
    expect(seen).toHaveLength(4)
    close()
  })

  test('reads such words as a host and an address, and says what is none', () => {
    expect(standInsOf(['ERP.example.com=http://10.0.0.5:80/?a=b', 'b.example=https://[::1]:9'])).toEqual({
      ...{ 'erp.example.com': 'http://10.0.0.5:80/?a=b', 'b.example': 'https://[::1]:9' },
    })
    for (const wrong of ['a.example', 'a.example=', '=http://b', 'a=ftp://b', 'a=http://b/path', 'a=b:80'])
      expect(() => standInsOf([wrong]), wrong).toThrow(ConfigError)
  })

  test('does not wait for an answer that breaks off', async () => {
    const server = createServer((_, response) => {
      response.writeHead(200, { 'content-length': '100' }).write('{')
      setTimeout(() => response.socket?.destroy(), 20)
    })
    await new Promise<void>(ready => server.listen(0, '127.0.0.1', ready))
    const { port } = server.address() as AddressInfo
    const net = createNet({ hosts: ['localhost'], secrets: {}, connector: local })
    const asked = net({ method: 'GET', url: `http://localhost:${port}/` })
    await expect(asked).rejects.toThrow(/broke off/)
    server.close()
  }, 5_000)

  test.each(addresses.inside)('%s is not an address of the public internet', address => {
    expect(isPublicAddress(address)).toBe(false)
  })
  test.each(addresses.public)('%s is', address => {
    expect(isPublicAddress(address)).toBe(true)
  })

  const named: Connector = {
    ...guardedConnector,
    resolve: async host => {
      const known = addresses.names[host.toLowerCase()]
      return (known ?? [host]).map(address => ({ address, family: address.includes(':') ? 6 : 4 }))
    },
  }

  test.each(addresses.urls)('%s is not reached, even if its host was granted', async url => {
    const host = URL.canParse(url) ? new URL(url).hostname.replace(/^\[|\]$/g, '') : url
    const net = createNet({ hosts: [host, host.replace(/\.$/, '')], secrets: {}, connector: named })
    await expect(net({ method: 'GET', url })).rejects.toThrow(NetRefused)
  })

  test.each(addresses.tricks)('%j does not pass for the host that was granted', async url => {
    const net = createNet({ hosts: ['erp.example.com'], secrets: {}, connector: named })
    await expect(net({ method: 'GET', url })).rejects.toThrow(NetRefused)
  })

  test('answers a redirect as it is, wherever it leads, and never follows it', async () => {
    const places = [...addresses.urls, ...addresses.tricks].filter(url => /^[\x21-\x7e]+$/.test(url))
    let asked = 0
    const { port, close } = await listen((_, response) => {
      response.writeHead(302, { location: places[asked++] }).end()
    })
    const net = createNet({ hosts: ['localhost'], secrets: {}, connector: local })
    for (const location of places)
      expect(await net({ method: 'GET', url: `http://localhost:${port}/` })).toEqual({
        ...{ status: 302, text: '', location },
      })
    expect(asked).toBe(places.length)
    close()
  })

  test('asks for a host’s address once and goes where it was told, whatever is said later', async () => {
    let inside = 0
    const public_ = await listen((_, response) => response.end('ok'), '127.0.0.2')
    const private_ = await listen(
      (_, response) => (inside++, response.end('secret')),
      '127.0.0.1',
      public_.port,
    )
    const said: string[] = []
    const changing: Connector = {
      ...local,
      permits: address => address === '127.0.0.2',
      resolve: async () => {
        said.push(said.length === 0 ? '127.0.0.2' : '127.0.0.1')
        return [{ address: said.at(-1)!, family: 4 }]
      },
    }
    const net = createNet({ hosts: ['erp.example.com'], secrets: {}, connector: changing })
    const url = `http://erp.example.com:${public_.port}/`
    expect(await net({ method: 'GET', url })).toMatchObject({ text: 'ok' })
    expect(said).toEqual(['127.0.0.2'])
    await expect(net({ method: 'GET', url })).rejects.toThrow(NetRefused)
    expect(inside).toBe(0)
    for (const server of [public_, private_]) server.close()
  })

  test('ends an answer that does not end, by its size or by its time', async () => {
    const { port, close } = await listen((request, response) => {
      const chunk = request.url === '/slow' ? 'x' : 'x'.repeat(64 * 1024)
      const timer = setInterval(() => response.write(chunk), 5)
      response.on('close', () => clearInterval(timer))
    })
    const net = createNet({ hosts: ['localhost'], secrets: {}, connector: local, timeoutMs: 300 })
    const ask = (path: string) => net({ method: 'GET', url: `http://localhost:${port}${path}` })
    await expect(ask('/fast')).rejects.toThrow(/too big/)
    await expect(ask('/slow')).rejects.toThrow(/took too long/)
    close()
  })

  test('asks for no compression and never unpacks: a body counts as it comes', async () => {
    const seen: unknown[] = []
    const bomb = gzipSync(Buffer.alloc(20 * 1024 * 1024))
    const { port, close } = await listen((request, response) => {
      seen.push(request.headers['accept-encoding'])
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb)
    })
    const net = createNet({ hosts: ['localhost'], secrets: {}, connector: local })
    const { text } = await net({ method: 'GET', url: `http://localhost:${port}/` })
    expect(text.length).toBeLessThan(bomb.length + 1)
    expect(seen).toEqual(['identity'])
    close()
  })

  test('tells an action nothing of the operator’s network or of a secret', async () => {
    const gone = await listen(() => {})
    gone.close()
    const net = createNet({ hosts: ['localhost'], secrets: { BAD: 's3cret\n' }, connector: local })
    const url = `http://localhost:${gone.port}/`
    const failed = net({ method: 'GET', url }).then(String, (error: Error) => error.message)
    expect(await failed).toBe('the host could not be reached')
    const split = net({ method: 'GET', url, options: { bearer: { secret: 'BAD' } } })
    await expect(split).rejects.not.toThrow(/s3cret/)
  })
})

const local: Connector = { ...guardedConnector, permits: () => true, protocols: ['http:'] }

async function listen(answer: RequestListener, host = '127.0.0.1', at = 0) {
  const server = createServer(answer)
  await new Promise<void>(ready => server.listen(at, host, ready))
  const close = () => {
    server.closeAllConnections()
    server.close()
  }
  return { port: (server.address() as AddressInfo).port, close }
}
