/** The sealed envelope of WeCom callbacks: signature, AES-256-CBC, receiver and time. */
import { createCipheriv, createDecipheriv, createHash, timingSafeEqual } from 'node:crypto'
import { readDocument } from './document.ts'

/** How far a callback's time may lie from ours, in milliseconds, either way. */
export const CALLBACK_SKEW_MS = 300_000
/** How long the caller remembers a nonce it has accepted, in milliseconds: the same nonce within it is a replay. */
export const NONCE_TTL_MS = 7_200_000
/** The largest callback body that is looked at, in bytes. */
export const CALLBACK_MAX_BYTES = 65_536

/** What a callback is opened with: its token, its AES key of 43 characters and the receiver (the corp id). */
export type CallbackSecrets = { readonly token: string; readonly aesKey: string; readonly receiveId: string }

/** The query of a callback as it came in the URL; a missing name is refused like a wrong one. */
export type CallbackQuery = {
  readonly msg_signature?: string | undefined
  readonly timestamp?: string | undefined
  readonly nonce?: string | undefined
}

/** Opens a callback; every doubt (signature, receiver, time, shape, size) is the same refusal. Throws on bad secrets only. */
export function openCallback(callback: {
  readonly query: CallbackQuery
  readonly body: string
  readonly secrets: CallbackSecrets
  readonly now: number
}): { readonly ok: true; readonly xml: string } | { readonly ok: false } {
  const { query, body, secrets, now } = callback
  if (Buffer.byteLength(body) > CALLBACK_MAX_BYTES) return refused
  const sealed = readDocument(body)?.['Encrypt']
  if (sealed === undefined) return refused
  const xml = open({ query, sealed, secrets, now })
  return xml === undefined || hasDoctype(xml) ? refused : { ok: true, xml }
}

/** Opens the echo of the GET that verifies a callback URL: the text to answer with, or the one refusal. */
export function openEcho(verification: {
  readonly query: CallbackQuery & { readonly echostr?: string | undefined }
  readonly secrets: CallbackSecrets
  readonly now: number
}): { readonly ok: true; readonly echo: string } | { readonly ok: false } {
  const { query, secrets, now } = verification
  const sealed = query.echostr ?? ''
  if (sealed.length > CALLBACK_MAX_BYTES) return refused
  const echo = open({ query, sealed, secrets, now })
  return echo === undefined ? refused : { ok: true, echo }
}

/** Seals an XML text as WeCom does, for POST; `random` is at least 16 fresh bytes, `now` in milliseconds. */
export function sealCallback(xml: string, secrets: CallbackSecrets, now: number, random: Uint8Array) {
  const { query, sealed } = seal(xml, secrets, now, random)
  const to = `<ToUserName><![CDATA[${secrets.receiveId}]]></ToUserName>`
  return { query, body: `<xml>${to}<Encrypt><![CDATA[${sealed}]]></Encrypt><AgentID></AgentID></xml>` }
}

/** Seals an echo as WeCom does for the GET that verifies a callback URL; the arguments as of sealCallback. */
export function sealEcho(echo: string, secrets: CallbackSecrets, now: number, random: Uint8Array) {
  const { query, sealed } = seal(echo, secrets, now, random)
  return { query: { ...query, echostr: sealed } }
}

const refused = { ok: false } as const
const BLOCK = 32
const HEAD = 20

/** The text inside, or undefined when anything is not exactly as WeCom makes it. */
function open(envelope: {
  query: CallbackQuery
  sealed: string
  secrets: CallbackSecrets
  now: number
}): string | undefined {
  const { query, sealed, secrets, now } = envelope
  const key = keyOf(secrets)
  const { msg_signature: signature = '', timestamp = '', nonce = '' } = query
  if (!/^\d{1,12}$/.test(timestamp) || nonce === '' || nonce.length > 128) return undefined
  if (!equal(signature, sign(secrets.token, timestamp, nonce, sealed))) return undefined
  if (Math.abs(now - Number(timestamp) * 1000) > CALLBACK_SKEW_MS) return undefined
  const plain = decrypt(key, sealed)
  if (plain === undefined || plain.length < HEAD) return undefined
  const end = HEAD + plain.readUInt32BE(16)
  if (end > plain.length) return undefined
  if (!equal(plain.subarray(end), secrets.receiveId)) return undefined
  return utf8(plain.subarray(HEAD, end))
}

function seal(text: string, secrets: CallbackSecrets, now: number, random: Uint8Array) {
  if (random.length < 16) throw new RangeError('sealing needs at least 16 random bytes')
  const key = keyOf(secrets)
  const message = Buffer.from(text)
  const length = Buffer.alloc(4)
  length.writeUInt32BE(message.length)
  const plain = Buffer.concat([random.subarray(0, 16), length, message, Buffer.from(secrets.receiveId)])
  const padding = BLOCK - (plain.length % BLOCK)
  const cipher = createCipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const sealed = Buffer.concat([
    cipher.update(Buffer.concat([plain, Buffer.alloc(padding, padding)])),
    cipher.final(),
  ]).toString('base64')
  const timestamp = String(Math.floor(now / 1000))
  const nonce = createHash('sha256').update(random).digest('hex').slice(0, 16)
  return { query: { msg_signature: sign(secrets.token, timestamp, nonce, sealed), timestamp, nonce }, sealed }
}

function decrypt(key: Buffer, sealed: string): Buffer | undefined {
  if (sealed.length % 4 !== 0 || !/^[A-Za-z0-9+/]+={0,2}$/.test(sealed)) return undefined
  const bytes = Buffer.from(sealed, 'base64')
  if (bytes.length % BLOCK !== 0 || bytes.toString('base64') !== sealed) return undefined
  const decipher = createDecipheriv('aes-256-cbc', key, key.subarray(0, 16)).setAutoPadding(false)
  const plain = Buffer.concat([decipher.update(bytes), decipher.final()])
  const padding = plain.at(-1) ?? 0
  if (padding < 1 || padding > BLOCK) return undefined
  const whole = plain.length - padding
  return plain.subarray(whole).every(byte => byte === padding) ? plain.subarray(0, whole) : undefined
}

function sign(...parts: readonly string[]): string {
  return createHash('sha1')
    .update([...parts].sort().join(''))
    .digest('hex')
}

// Why: hashing first makes the lengths equal, so the comparison takes the same time whatever differs.
function equal(left: string | Uint8Array, right: string | Uint8Array): boolean {
  const digest = (value: string | Uint8Array) => createHash('sha256').update(value).digest()
  return timingSafeEqual(digest(left), digest(right))
}

function keyOf({ aesKey }: CallbackSecrets): Buffer {
  if (!/^[A-Za-z0-9+/]{43}$/.test(aesKey)) throw new RangeError('the AES key of a callback has 43 characters')
  return Buffer.from(`${aesKey}=`, 'base64')
}

function utf8(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  } catch {
    return undefined
  }
}

function hasDoctype(xml: string): boolean {
  return /<!DOCTYPE/i.test(xml)
}
