import { lookup as resolve } from 'node:dns/promises'
import { request as httpRequest, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import type { LookupFunction } from 'node:net'
import { Type, type Static } from 'typebox'
import { isPublicAddress } from './address.ts'
import { capability, Refused } from './capability.ts'
import { secretValue, type Secrets } from './secret.ts'

const NetRequest = Type.Object({
  method: Type.Union([
    Type.Literal('GET'),
    Type.Literal('POST'),
    Type.Literal('PUT'),
    Type.Literal('DELETE'),
  ]),
  url: Type.String({ maxLength: 4_096 }),
  body: Type.Optional(Type.Unknown()),
  /** A secret by its name, as `{ secret: 'ERP_TOKEN' }`. */
  options: Type.Optional(
    Type.Object({ bearer: Type.Optional(Type.Object({ secret: Type.String({ maxLength: 200 }) })) }),
  ),
})
export type NetRequest = Static<typeof NetRequest>

/** The text as it came: JSON is read inside the sandbox, a redirect's `location` is told and not followed. */
export interface NetReply {
  readonly status: number
  readonly text: string
  readonly location?: string
}

/** `net.get(url)`, `net.post(url, body, { bearer: secret.NAME })`. */
export const net = capability(NetRequest, ({ net }, request) => net && { value: net(request) })

/** How calls go out; tests and operators may pass another way for a host of their own. */
export interface Connector {
  /** The addresses of a host. */
  readonly resolve: (
    host: string,
  ) => Promise<readonly { readonly address: string; readonly family: number }[]>
  readonly permits: (address: string) => boolean
  readonly protocols: readonly string[]
  /** Who answers instead of a host that was granted, by an operator's word and hence wherever it is; undefined for all others. */
  readonly route?: (url: URL) => URL | undefined
}

/** The way out of a real service: https, and only to public addresses. */
export const guardedConnector: Connector = {
  resolve: host => resolve(host, { all: true }),
  permits: isPublicAddress,
  protocols: ['https:'],
}

/** The guarded way out, but for the hosts that an operator says who answers for: `erp.example.com` to `http://127.0.0.1:4900`. */
export function connectorWith(standIns: Readonly<Record<string, string>>): Connector {
  return {
    ...guardedConnector,
    route: url => {
      if (!Object.hasOwn(standIns, url.hostname)) return undefined
      // INVARIANT: the host is the operator's word alone; a path such as //other/ does not change it.
      const instead = new URL(standIns[url.hostname]!)
      instead.pathname = url.pathname
      instead.search = url.search
      return instead
    },
  }
}

const MAX_BODY_BYTES = 128 * 1024
const MAX_REPLY_BYTES = 128 * 1024
const TIMEOUT_MS = 10_000

/** A call was refused before anything left; the message says why and names no address. */
export class NetRefused extends Refused {}

/** A call left and came to nothing; the message names no address. */
export class NetFailed extends Refused {}

/**
 * Calls an HTTP host for an action: only the hosts its declaration names, every address checked, and the connection made
 * to the address that was checked. Redirects are answers, not followed. Throws NetRefused, or NetFailed when the call came to nothing.
 */
export function createNet(options: {
  readonly hosts: readonly string[]
  /** Values by the names that were granted; undefined where nobody has set one. */
  readonly secrets: Secrets
  readonly connector?: Connector
  /** For finding the host and for the call, each. */
  readonly timeoutMs?: number
}): (request: NetRequest) => Promise<NetReply> {
  const { hosts, secrets, connector = guardedConnector, timeoutMs = TIMEOUT_MS } = options
  return async request => {
    const { url, host, body } = callOf(request, { hosts, protocols: connector.protocols })
    const instead = connector.route?.(url)
    const addresses = await inTime(connector.resolve(hostOf(instead ?? url)), timeoutMs)
    const isPermitted = instead !== undefined || addresses.every(({ address }) => connector.permits(address))
    if (addresses.length === 0 || !isPermitted)
      throw new NetRefused(`the host ${host} has an address that is not allowed`)
    const pinned: LookupFunction = (_, lookupOptions, done) => {
      const [first] = addresses
      if (lookupOptions.all) done(null, [...addresses])
      else done(null, first!.address, first!.family)
    }
    return exchange(
      instead ?? url,
      // Why no agent: a kept connection was opened for another call, perhaps under other rules.
      {
        method: request.method,
        lookup: pinned,
        agent: false,
        timeout: timeoutMs,
        headers: headersOf(request, secrets),
      },
      body,
    )
  }
}

/** A call that may leave, as far as its address and body say. Throws NetRefused. */
export function callOf(
  request: Pick<NetRequest, 'url' | 'body'>,
  { hosts, protocols }: { readonly hosts: readonly string[]; readonly protocols: readonly string[] },
): { readonly url: URL; readonly host: string; readonly body: string | undefined } {
  const url = parseUrl(request.url)
  if (!protocols.includes(url.protocol)) throw new NetRefused('only https is allowed')
  if (url.username !== '' || url.password !== '') throw new NetRefused('no user names in addresses')
  const host = hostOf(url)
  if (!hosts.includes(host)) throw new NetRefused(`the host ${host} was not granted`)
  const body = request.body === undefined ? undefined : JSON.stringify(request.body)
  if (body !== undefined && Buffer.byteLength(body) > MAX_BODY_BYTES)
    throw new NetRefused('the body is too big')
  return { url, host, body }
}

const hostOf = (url: URL) => url.hostname.replace(/^\[|\]$/g, '')

function parseUrl(text: unknown): URL {
  if (typeof text !== 'string' || !URL.canParse(text)) throw new NetRefused('not an address')
  return new URL(text)
}

function headersOf({ options }: NetRequest, secrets: Secrets): Record<string, string> {
  // Why identity: a compressed body could grow without end; one that comes all the same is left as it is.
  const headers = {
    ...{ 'content-type': 'application/json', accept: 'application/json', 'accept-encoding': 'identity' },
  }
  const name = options?.bearer
  return name ? { ...headers, authorization: `Bearer ${secretValue(name, secrets)}` } : headers
}

/** The addresses of a host, or NetFailed when nobody says them in time. */
async function inTime<Found>(asked: Promise<Found>, timeoutMs: number): Promise<Found> {
  const { promise, reject } = Promise.withResolvers<never>()
  const deadline = setTimeout(() => reject(new NetFailed('the host was not found')), timeoutMs)
  try {
    return await Promise.race([asked, promise])
  } catch {
    // Why no word of the cause: it may name servers of the operator's.
    throw new NetFailed('the host was not found')
  } finally {
    clearTimeout(deadline)
  }
}

function exchange(url: URL, options: RequestOptions, body: string | undefined): Promise<NetReply> {
  const { promise, resolve, reject } = Promise.withResolvers<NetReply>()
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest
  const outgoing = send(url, options, response => {
    const chunks: Buffer[] = []
    let size = 0
    response.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > MAX_REPLY_BYTES) outgoing.destroy(new NetFailed('the answer is too big'))
      else chunks.push(chunk)
    })
    // Why on close: an answer that breaks off says neither end nor error.
    response.on('close', () => {
      if (!response.complete) reject(new NetFailed('the answer broke off'))
    })
    response.on('end', () => {
      const { location } = response.headers
      const text = Buffer.concat(chunks).toString('utf8')
      resolve({ status: response.statusCode ?? 0, text, ...(location !== undefined && { location }) })
    })
  })
  const deadline = setTimeout(
    () => outgoing.destroy(new NetFailed('the call took too long')),
    options.timeout,
  )
  outgoing.on('error', error =>
    reject(error instanceof NetFailed ? error : new NetFailed('the host could not be reached')),
  )
  outgoing.on('close', () => clearTimeout(deadline))
  outgoing.end(body)
  return promise
}
