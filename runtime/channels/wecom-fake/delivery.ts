import { sealCallback, sealEcho, type CallbackSecrets } from '../wecom/index.ts'
import type { Dice } from './dice.ts'
import type { Faults, Wait } from './faults.ts'

/** How long a callback may take to be answered, in milliseconds. */
export const CALLBACK_TIMEOUT_MS = 5_000
/** How often a callback is repeated when it is not answered with 200. */
export const CALLBACK_RETRIES = 3

const OVERTAKE_MS = 2_000

/** Where the callbacks of an account go, and what they are sealed with. */
export type CallbackTarget = {
  readonly url: string
  readonly token: string
  readonly aesKey: string
  readonly openKfId: string
}

/** One attempt to deliver: its HTTP status, 0 when there was no answer; `at` in epoch milliseconds. */
export type Attempt = { readonly openKfId: string; readonly status: number; readonly at: number }

/** The sending of callbacks. */
export type Delivery = {
  readonly attempts: Attempt[]
  /** Throws on a bad URL or key. */
  readonly configure: (target: CallbackTarget) => void
  /** The check WeCom makes when a URL is saved: true when it answers the echo. */
  readonly verify: (openKfId: string) => Promise<boolean>
  /** Sends the callback about an account with this token, in the background. */
  readonly announce: (openKfId: string, token: string) => void
  /** Resolves when no callback is on its way. */
  readonly settled: () => Promise<void>
}

/** Delivery for one corp. */
export function createDelivery(parts: {
  readonly corpId: string
  readonly fetch: typeof fetch
  readonly now: () => number
  readonly wait: Wait
  readonly dice: Dice
  readonly faults: Faults
  readonly timeoutMs?: number | undefined
}): Delivery {
  const { corpId, now, wait, dice, faults } = parts
  const targets = new Map<string, CallbackTarget>()
  const attempts: Attempt[] = []
  const underway = new Set<Promise<void>>()
  const courier = createCourier(parts)
  let overtaken: (() => void)[] = []

  const attempt = async (target: CallbackTarget, sealed: Sealed) => {
    const status = await courier.post(withQuery(target.url, sealed.query), sealed.body)
    attempts.push({ openKfId: target.openKfId, status, at: now() })
    return status === 200
  }
  const echoFor = (target: CallbackTarget, echo: string) =>
    withQuery(target.url, sealEcho(echo, secretsOf(corpId, target), now(), dice.bytes(16)).query)
  const deliver = async (target: CallbackTarget, seal: () => Sealed) => {
    await wait(dice.below(faults.delayCallbacksMs + 1))
    if (dice.chance(faults.reorderCallbacks)) {
      await Promise.race([new Promise<void>(go => overtaken.push(go)), wait(OVERTAKE_MS)])
    }
    const sealed = seal()
    for (let tries = 0; tries <= CALLBACK_RETRIES; tries++) if (await attempt(target, sealed)) break
    const next = overtaken.reverse()
    overtaken = []
    for (const go of next) go()
  }
  const track = (work: Promise<void>) => {
    const tracked = work.finally(() => underway.delete(tracked))
    underway.add(tracked)
  }

  return {
    attempts,
    configure: target => {
      // Why: a bad URL or key is known here, not when the first callback is due.
      echoFor(target, 'probe')
      targets.set(target.openKfId, target)
    },
    announce: (openKfId, token) => {
      const target = targets.get(openKfId)
      if (!target) return
      const xml = writeCallback({ corpId, openKfId, token, createTime: Math.floor(now() / 1000) })
      const seal = () => sealCallback(xml, secretsOf(corpId, target), now(), dice.bytes(16))
      let first: Sealed | undefined
      const once = () => (first ??= seal())
      track(deliver(target, once))
      if (dice.chance(faults.duplicateCallbacks)) track(deliver(target, dice.chance(0.5) ? once : seal))
    },
    verify: async openKfId => {
      const target = targets.get(openKfId)
      if (!target) return false
      const echo = String(dice.below(2 ** 40))
      return (await courier.get(echoFor(target, echo))) === echo
    },
    settled: async () => {
      while (underway.size > 0) await Promise.all(underway)
    },
  }
}

type Sealed = ReturnType<typeof sealCallback>

/** The HTTP side: the status of a POST, 0 without an answer; the text of a GET answered with 200. */
function createCourier(parts: { fetch: typeof fetch; timeoutMs?: number | undefined }) {
  const request = async (url: string, init: RequestInit) => {
    const signal = AbortSignal.timeout(parts.timeoutMs ?? CALLBACK_TIMEOUT_MS)
    const late = new Promise<never>((_, reject) =>
      signal.addEventListener('abort', () => reject(signal.reason)),
    )
    const ask = async () => {
      const response = await parts.fetch(url, { ...init, signal, redirect: 'manual' })
      return { status: response.status, text: await response.text() }
    }
    return Promise.race([ask(), late]).catch(() => ({ status: 0, text: '' }))
  }
  return {
    post: async (url: string, body: string) =>
      (await request(url, { method: 'POST', headers: { 'content-type': 'text/xml' }, body })).status,
    get: async (url: string) => {
      const { status, text } = await request(url, { method: 'GET' })
      return status === 200 ? text : undefined
    },
  }
}

function secretsOf(corpId: string, { token, aesKey }: CallbackTarget): CallbackSecrets {
  return { token, aesKey, receiveId: corpId }
}

function withQuery(url: string, query: Readonly<Record<string, string>>): string {
  const full = new URL(url)
  for (const [name, value] of Object.entries(query)) full.searchParams.set(name, value)
  return full.href
}

function writeCallback(fields: {
  corpId: string
  openKfId: string
  token: string
  createTime: number
}): string {
  return [
    '<xml>',
    `<ToUserName><![CDATA[${fields.corpId}]]></ToUserName>`,
    `<CreateTime>${fields.createTime}</CreateTime>`,
    '<MsgType><![CDATA[event]]></MsgType>',
    '<Event><![CDATA[kf_msg_or_event]]></Event>',
    `<Token><![CDATA[${fields.token}]]></Token>`,
    `<OpenKfId><![CDATA[${fields.openKfId}]]></OpenKfId>`,
    '</xml>',
  ].join('\n')
}
