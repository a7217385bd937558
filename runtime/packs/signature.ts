import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, sign, verify } from 'node:crypto'
import { openArchive, packArchive, SIGNATURE_FILE } from './archive.ts'

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

/** The id of a public key: the first 16 hex digits of its SHA-256. Throws when the PEM is not a key. */
export function keyId(publicKeyPem: string): string {
  const der = createPublicKey(publicKeyPem).export({ type: 'spki', format: 'der' })
  return createHash('sha256').update(der).digest('hex').slice(0, 16)
}

/** The archive with a signature over its content's hash; undefined when it is not an archive. Throws on a bad key. */
export function signArchive(bytes: Uint8Array, privateKeyPem: string): Uint8Array | undefined {
  const opened = openArchive(bytes)
  if (!opened.ok) return undefined
  const key = createPrivateKey(privateKeyPem)
  const publicKey = createPublicKey(key).export({ type: 'spki', format: 'pem' }).toString()
  const signature: Signature = {
    algorithm: 'Ed25519',
    keyId: keyId(publicKey),
    hash: opened.hash,
    signature: sign(null, signedText(opened.hash), key).toString('base64'),
  }
  const entry = new TextEncoder().encode(`${JSON.stringify(signature, null, 2)}\n`)
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
  const publicKey = trusted[signature.keyId]
  if (publicKey === undefined) return { state: 'unknown-key', hash }
  const proof = Buffer.from(signature.signature, 'base64')
  const genuine = verify(null, signedText(hash), createPublicKey(publicKey), proof)
  return genuine ? { state: 'verified', keyId: signature.keyId, hash } : { state: 'altered', hash }
}

/** Bound to its purpose, so that no other signed text passes for a pack. */
function signedText(hash: string): Buffer {
  return Buffer.from(`axle pack 1\n${hash}\n`)
}

function readSignature(entry: Uint8Array): Signature | undefined {
  try {
    const value = JSON.parse(new TextDecoder().decode(entry)) as Partial<Signature>
    const { keyId, hash, signature } = value
    const isWhole = [keyId, hash, signature].every(part => typeof part === 'string')
    return value.algorithm === 'Ed25519' && isWhole ? (value as Signature) : undefined
  } catch {
    // Why: a signature that is not JSON is a signature that does not hold.
    return undefined
  }
}
