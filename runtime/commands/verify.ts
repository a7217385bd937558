import { readFile } from 'node:fs/promises'
import { isPublicKey, keyId, verifyArchive } from '../packs/index.ts'
import type { CommandOptions } from './source.ts'

/** `axle verify`: whether an archive is unchanged since a trusted key signed it; exits 0 only then. */
export async function verifyPack(
  archive: string,
  options: CommandOptions & { readonly trust: readonly string[] },
): Promise<number> {
  const trusted: Record<string, string> = {}
  for (const file of options.trust) {
    const key = await readFile(file, 'utf8')
    if (!isPublicKey(key)) {
      console.error(`${file} is not an Ed25519 public key (PEM).`)
      return 2
    }
    trusted[keyId(key)] = key
  }
  const verification = verifyArchive(await readFile(archive), trusted)
  const { state } = verification
  const detail = 'hash' in verification ? verification.hash : verification.reason
  console.log(options.json ? JSON.stringify(verification, null, 2) : `${state} ${detail}`)
  return state === 'verified' ? 0 : 1
}
