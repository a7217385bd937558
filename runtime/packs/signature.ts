import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto'
import { sign, verify, type KeyObject } from 'node:crypto'
import { openArchive, packArchive, SIGNATURE_FILE, type PackFiles } from './archive.ts'
import { MANIFEST_FILE, type Manifest } from './release.ts'

/** Public keys (PEM) by their id. */
export type TrustedKeys = Readonly<Record<string, string>>

/** What is known about an archive's origin. */
export type Verification =
  | { readonly state: 'verified'; readonly keyId: string; readonly hash: string }
  | { readonly state: 'unsigned' | 'unknown-key' | 'altered'; readonly hash: string }
  | { readonly state: 'unreadable'; readonly reason: string }

interface Signature {
  readonly algorithm: 'Ed25519'
  readonly keyId: string
  readonly hash: string
  readonly signature: string
}

/** A new Ed25519 key pair as PEM. */
export function createKey(): { publicKey: string; privateKey: string } {
  const { publicKey, privateKey } = generateKeyPairSync('ed25519')
  return {
    publicKey: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
  }
}

/** The id of a public key: the first 16 hex digits of the SHA-256 of its 32 bytes. Throws when the PEM is not an Ed25519 key. */
export function keyId(publicKeyPem: string): string {
  const { x } = ed25519(createPublicKey(publicKeyPem)).export({ format: 'jwk' })
  return createHash('sha256').update(Buffer.from(x!, 'base64url')).digest('hex').slice(0, 16)
}

/** A public key as PEM: as it is, or with the armour round it where only the base64 of an Ed25519 key's SPKI form was given. */
export function armoured(key: string): string {
  const bare = key.replace(/\s/g, '')
  return /^[A-Za-z0-9+/]{59}=$/.test(bare)
    ? `-----BEGIN PUBLIC KEY-----\n${bare}\n-----END PUBLIC KEY-----\n`
    : key
}

/** Whether a text is an Ed25519 public key in PEM: `keyId` has an answer, and no private half is kept by mistake. */
export function isPublicKey(pem: string): boolean {
  try {
    return pem.trimStart().startsWith('-----BEGIN PUBLIC KEY-----') && keyId(pem).length > 0
  } catch {
    // Why: whoever names a file that is no key gets told so, not a stack.
    return false
  }
}

/**
 * The archive with a signature over its content's hash and its manifest's name and version; undefined when it is not a
 * pack archive. Throws when the PEM is not an Ed25519 key.
 */
export function signArchive(bytes: Uint8Array, privateKeyPem: string): Uint8Array | undefined {
  const opened = openArchive(bytes)
  const signed = opened.ok ? signedText(opened.hash, opened.files) : undefined
  if (!opened.ok || !signed) return undefined
  const key = ed25519(createPrivateKey(privateKeyPem))
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString()
  const signature: Signature = {
    algorithm: 'Ed25519',
    keyId: keyId(publicKey),
    hash: opened.hash,
    signature: sign(null, signed, key).toString('base64'),
  }
  const entry = new TextEncoder().encode(printSignature(signature))
  return packArchive({ ...opened.files, [SIGNATURE_FILE]: entry })
}

/** Whether an archive is unchanged since somebody trusted signed it. */
export function verifyArchive(bytes: Uint8Array, trusted: TrustedKeys): Verification {
  const opened = openArchive(bytes)
  if (!opened.ok) return { state: 'unreadable', reason: opened.reason }
  const { hash, files } = opened
  const entry = files[SIGNATURE_FILE]
  if (!entry) return { state: 'unsigned', hash }
  const signature = readSignature(entry)
  if (!signature || signature.hash !== hash) return { state: 'altered', hash }
  if (!Object.hasOwn(trusted, signature.keyId)) return { state: 'unknown-key', hash }
  const signed = signedText(hash, files)
  const publicKey = createPublicKey(trusted[signature.keyId]!)
  const genuine = signed && verify(null, signed, publicKey, Buffer.from(signature.signature, 'base64'))
  return genuine ? { state: 'verified', keyId: signature.keyId, hash } : { state: 'altered', hash }
}

function ed25519(key: KeyObject): KeyObject {
  if (key.asymmetricKeyType !== 'ed25519') throw new Error('not an Ed25519 key')
  return key
}

/** Bound to its purpose, so that no other signed text passes for a pack; undefined without a manifest. */
function signedText(hash: string, files: PackFiles): Buffer | undefined {
  try {
    const manifest = JSON.parse(new TextDecoder().decode(files[MANIFEST_FILE])) as Partial<Manifest>
    const { name, version } = manifest
    if (typeof name !== 'string' || typeof version !== 'number') return undefined
    return Buffer.from(`axle pack 1\n${JSON.stringify([hash, name, version])}\n`)
  } catch {
    // Why: an archive whose manifest is missing or not JSON is not a pack's.
    return undefined
  }
}

function printSignature({ algorithm, keyId: id, hash, signature }: Signature): string {
  return `${JSON.stringify({ algorithm, keyId: id, hash, signature }, null, 2)}\n`
}

/** Read in the one form it is written in: another writing of the same, base64 too, was made by somebody else. */
function readSignature(entry: Uint8Array): Signature | undefined {
  try {
    const text = new TextDecoder().decode(entry)
    const value = JSON.parse(text) as Signature
    const { keyId: id, hash, signature, algorithm } = value
    const isWhole = [id, hash, signature].every(part => typeof part === 'string') && algorithm === 'Ed25519'
    const asWritten = isWhole && { ...value, signature: Buffer.from(signature, 'base64').toString('base64') }
    return asWritten && printSignature(asWritten) === text ? value : undefined
  } catch {
    // Why: a signature that is not JSON is a signature that does not hold.
    return undefined
  }
}
