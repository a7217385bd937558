import { lookup as resolve } from 'node:dns/promises'
import { request as httpRequest, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { isPublicAddress } from './address.ts'
import type { NetReply, NetRequest } from './sandbox.ts'

/** How calls go out; tests and operators may pass another way for a host of their own. */
export interface Connector {
  /** The addresses of a host. */
  readonly resolve: (
    host: string,
  ) => Promise<readonly { readonly address: string; readonly family: number }[]>
  readonly permits: (address: string) => boolean
  readonly protocols: readonly string[]
  /** Another address for a host that was granted, such as a gateway inside; default: the host itself. */
  readonly route?: (url: URL) => URL
}

/** The way out of a real service: https, and only to public addresses. */
export const guardedConnector: Connector = {
  resolve: host => resolve(host, { all: true }),
  permits: isPublicAddress,
  protocols: ['https:'],
}

const MAX_BODY_BYTES = 128 * 1024
const MAX_REPLY_BYTES = 128 * 1024
const TIMEOUT_MS = 10_000

/** A call was refused before anything left; the message says why and names no address. */
export class NetRefused extends Error {}

/**
 * Calls an HTTP host for an action: only the hosts its declaration names, every address checked, and the connection made
 * to the address that was checked. Redirects are answers, not followed. Throws NetRefused, or an Error when the call failed.
 */
export function createNet(options: {
  readonly hosts: readonly string[]
  readonly secrets: Readonly<Record<string, string>>
  readonly connector?: Connector
}): (request: NetRequest) => Promise<NetReply> {
  const { hosts, secrets, connector = guardedConnector } = options
  return async request => {
    const url = parseUrl(request.url)
    if (!connector.protocols.includes(url.protocol)) throw new NetRefused('only https is allowed')
    if (url.username !== '' || url.password !== '') throw new NetRefused('no user names in addresses')
    const host = url.hostname.replace(/^\[|\]$/g, '')
    if (!hosts.includes(host)) throw new NetRefused(`the host ${host} was not granted`)
    const addresses = await connector.resolve(host)
    if (addresses.length === 0 || !addresses.every(({ address }) => connector.permits(address)))
      throw new NetRefused(`the host ${host} has an address that is not allowed`)
    const body = request.body === undefined ? undefined : JSON.stringify(request.body)
    if (body !== undefined && Buffer.byteLength(body) > MAX_BODY_BYTES)
      throw new NetRefused('the body is too big')
    const pinned: LookupFunction = (_, lookupOptions, done) => {
      const [first] = addresses
      if (lookupOptions.all) done(null, [...addresses])
      else done(null, first!.address, first!.family)
    }
    return exchange(
      connector.route?.(url) ?? url,
      { method: request.method, lookup: pinned, headers: headersOf(request, secrets) },
      body,
    )
  }
}

function parseUrl(text: unknown): URL {
  if (typeof text !== 'string' || !URL.canParse(text)) throw new NetRefused('not an address')
  return new URL(text)
}

function headersOf(
  { options }: NetRequest,
  secrets: Readonly<Record<string, string>>,
): Record<string, string> {
  const headers = { 'content-type': 'application/json', accept: 'application/json' }
  const name = options?.bearer?.secret
  if (name === undefined) return headers
  if (!Object.hasOwn(secrets, name)) throw new NetRefused(`the secret ${name} was not granted`)
  return { ...headers, authorization: `Bearer ${secrets[name]}` }
}

function exchange(url: URL, options: RequestOptions, body: string | undefined): Promise<NetReply> {
  const { promise, resolve, reject } = Promise.withResolvers<NetReply>()
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest
  const outgoing = send(url, { ...options, timeout: TIMEOUT_MS }, response => {
    const chunks: Buffer[] = []
    let size = 0
    response.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > MAX_REPLY_BYTES) outgoing.destroy(new Error('the answer is too big'))
      else chunks.push(chunk)
    })
    response.on('end', () =>
      resolve(replyOf(response.statusCode ?? 0, Buffer.concat(chunks).toString('utf8'))),
    )
  })
  const deadline = setTimeout(() => outgoing.destroy(new Error('the call took too long')), TIMEOUT_MS)
  outgoing.on('error', reject)
  outgoing.on('close', () => clearTimeout(deadline))
  outgoing.end(body)
  return promise
}

function replyOf(status: number, text: string): NetReply {
  try {
    return { status, text, json: JSON.parse(text) as unknown }
  } catch {
    // Why: not every answer is JSON; the text is there all the same.
    return { status, text }
  }
}
