import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto'

/** How far a message's clock may be from ours; what is older could be a recording. */
export const WEBHOOK_TOLERANCE_MS = 5 * 60_000

/** A message of another system as it came: the headers and the bytes of Standard Webhooks 1.0. */
export interface Webhook {
  readonly id: string
  /** Epoch seconds. */
  readonly timestamp: string
  /** `v1,` and Base64, several behind spaces while a secret is changed. */
  readonly signature: string
  readonly body: Uint8Array
}

/** Whether whoever knows the secret signed exactly this, just now. */
export function isGenuine({ id, timestamp, signature, body }: Webhook, secret: string, now: number): boolean {
  if (!/^[\x21-\x7e]{1,200}$/.test(id) || !/^\d{1,12}$/.test(timestamp)) return false
  if (Math.abs(now - Number(timestamp) * 1000) > WEBHOOK_TOLERANCE_MS) return false
  const expected = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body).digest()
  return signature.split(' ').some(each => {
    const given = each.startsWith('v1,') ? Buffer.from(each.slice(3), 'base64') : Buffer.alloc(0)
    return given.length === expected.length && timingSafeEqual(given, expected)
  })
}

/** The signature of a message, as its sender writes it. */
export function signWebhook({ id, timestamp, body }: Omit<Webhook, 'signature'>, secret: string): string {
  const hmac = createHmac('sha256', keyOf(secret)).update(`${id}.${timestamp}.`).update(body)
  return `v1,${hmac.digest('base64')}`
}

const PREFIX = 'whsec_'

/** A secret as senders take it. */
export function createWebhookSecret(): string {
  return PREFIX + randomBytes(24).toString('base64')
}

function keyOf(secret: string): Buffer {
  return secret.startsWith(PREFIX) ? Buffer.from(secret.slice(PREFIX.length), 'base64') : Buffer.from(secret)
}
