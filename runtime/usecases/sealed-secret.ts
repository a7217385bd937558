import { createCipheriv, createDecipheriv, hkdfSync, randomBytes } from 'node:crypto'
import type { SecretReply } from '#core/wire'
import { fingerprintOf } from './master-key.ts'

/** Whose secret it is: a value sealed for one name of one desk opens under no other. */
interface Owner {
  readonly tenant: string
  readonly name: string
}

// INVARIANT: what is typed holds no control characters (`PutSecret`), so no value that lies open looks sealed.
const MARK = '\u0001sealed:'
const IV_BYTES = 12
const TAG_BYTES = 16

/** A value as it is kept: sealed with a key of the desk's own (AES-256-GCM), without a master key as it is. */
export function sealSecret(masterKey: Buffer | undefined, owner: Owner, value: string): string {
  if (masterKey === undefined) return value
  const iv = randomBytes(IV_BYTES)
  const cipher = createCipheriv('aes-256-gcm', keyOf(masterKey, owner), iv).setAAD(boundTo(owner))
  const sealed = Buffer.concat([iv, cipher.update(value, 'utf8'), cipher.final(), cipher.getAuthTag()])
  return `${MARK}${fingerprintOf(masterKey)}:${sealed.toString('base64')}`
}

/** The value again; undefined where it was sealed with another master key, or altered. */
export function openSecret(masterKey: Buffer | undefined, owner: Owner, kept: string): string | undefined {
  if (!kept.startsWith(MARK)) return kept
  if (masterKey === undefined || keepingOf(kept, fingerprintOf(masterKey)) === 'unreadable') return undefined
  const sealed = Buffer.from(kept.slice(kept.lastIndexOf(':') + 1), 'base64')
  const iv = sealed.subarray(0, IV_BYTES)
  const decipher = createDecipheriv('aes-256-gcm', keyOf(masterKey, owner), iv)
    .setAAD(boundTo(owner))
    .setAuthTag(sealed.subarray(-TAG_BYTES))
  try {
    const text = sealed.subarray(IV_BYTES, -TAG_BYTES)
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8')
  } catch {
    // Why: its tag does not fit, so somebody altered it; it counts as a value that is not there.
    return undefined
  }
}

/** How a value is kept, as seen with the master key of this fingerprint. */
export function keepingOf(kept: string, fingerprint: string | null): NonNullable<SecretReply['kept']> {
  if (!kept.startsWith(MARK)) return 'plain'
  return fingerprint !== null && kept.startsWith(`${MARK}${fingerprint}:`) ? 'sealed' : 'unreadable'
}

const keyOf = (masterKey: Buffer, { tenant }: Owner) =>
  Buffer.from(hkdfSync('sha256', masterKey, tenant, 'axle secret', 32))

const boundTo = ({ tenant, name }: Owner) => Buffer.from(JSON.stringify([tenant, name]))
