import { HTTP_FAULT, NO_ANSWER, STALE_TOKEN, UNREADABLE, WecomError } from './error.ts'
import { asNumber, asRecord, asText } from './message.ts'
import { createMemoryCache, createTokenSource, type AccessToken, type TokenCache } from './token.ts'

/** How long a call may take, in milliseconds. */
export const CALL_TIMEOUT_MS = 5_000

/** What a client is made of; `agentId` names the application that writes to members. */
export type WecomClientOptions = {
  readonly baseUrl: string
  readonly corpId: string
  readonly secret: string
  readonly agentId: number
  readonly fetch: typeof fetch
  /** Epoch milliseconds. */
  readonly now: () => number
  /** Default: in memory. */
  readonly tokens?: TokenCache
  /** Told how far WeCom’s clock is ahead of ours at each answer that says its time, milliseconds to the second. */
  readonly onSkew?: (ms: number) => void
  /** Default: CALL_TIMEOUT_MS. */
  readonly timeoutMs?: number
}

export type Answer = Readonly<Record<string, unknown>>
/** A call of the API; without a body it is a GET. Throws WecomError. */
export type Call = (
  path: string,
  body: object | undefined,
  query?: Readonly<Record<string, string>>,
) => Promise<Answer>

const JSON_TYPE = { 'content-type': 'application/json' }

/** One call with the token in force, a POST with its body or a GET with its query; a stale token is renewed and the call repeated, once. */
export function createCall(options: WecomClientOptions): Call {
  const { corpId, secret, now } = options
  const fetchToken = async (): Promise<AccessToken> => {
    const query = new URLSearchParams({ corpid: corpId, corpsecret: secret })
    const answer = await exchange(options, `/cgi-bin/gettoken?${query}`, { method: 'GET' })
    const value = asText(answer['access_token'])
    const seconds = asNumber(answer['expires_in'])
    if (!value || seconds === undefined) throw new WecomError(UNREADABLE, 'gettoken gave no token')
    return { value, expiresAt: now() + seconds * 1000 }
  }
  const token = createTokenSource({ cache: options.tokens ?? createMemoryCache(), fetchToken, now })
  return async (path, body, query = {}) => {
    const post = (access: string) =>
      exchange(
        options,
        `${path}?${new URLSearchParams({ access_token: access, ...query })}`,
        body === undefined
          ? { method: 'GET' }
          : { method: 'POST', headers: JSON_TYPE, body: JSON.stringify(body) },
      )
    const first = await token()
    try {
      return await post(first)
    } catch (error) {
      if (!(error instanceof WecomError) || !STALE_TOKEN.has(error.code)) throw error
      return await post(await token(first))
    }
  }
}

/** One request and its answer as an object with errcode 0. */
async function exchange(options: WecomClientOptions, target: string, init: RequestInit): Promise<Answer> {
  // Why: the query holds secrets, so no error names more than the path, and none carries fetch's own error.
  const path = target.slice(0, target.indexOf('?'))
  const timeout = AbortSignal.timeout(options.timeoutMs ?? CALL_TIMEOUT_MS)
  let response: Response
  let text: string
  try {
    response = await options.fetch(options.baseUrl + target, { ...init, signal: timeout, redirect: 'error' })
    text = await response.text()
  } catch (error) {
    const why = reasonOf(error)
    throw new WecomError(NO_ANSWER, `${path} did not answer: ${why}`, why)
  }
  const date = Date.parse(response.headers.get('date') ?? '')
  if (!Number.isNaN(date)) options.onSkew?.(date - options.now())
  if (!response.ok)
    throw new WecomError(HTTP_FAULT, `${path} answered ${response.status}`, String(response.status))
  const answer = asRecord(parse(text))
  const code = asNumber(answer?.['errcode'])
  if (!answer || code === undefined) throw new WecomError(UNREADABLE, `${path} gave no errcode`)
  if (code !== 0) throw new WecomError(code, `${path}: ${(asText(answer['errmsg']) ?? '').slice(0, 200)}`)
  return answer
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return 'unknown'
  return asText(asRecord(error.cause)?.['code']) ?? error.name
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
