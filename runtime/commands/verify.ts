import { readFile } from 'node:fs/promises'
import { keyId, verifyArchive } from '../packs/index.ts'
import type { CommandOptions } from './source.ts'

/** `axle verify`: whether an archive is unchanged since a trusted key signed it; exits 0 only then. */
export async function verifyPack(
  archive: string,
  options: CommandOptions & { readonly trust: readonly string[] },
): Promise<number> {
  const trusted: Record<string, string> = {}
  for (const file of options.trust) {
    const key = await readFile(file, 'utf8')
    const id = idOf(key)
    if (id === undefined) {
      console.error(`${file} is not an Ed25519 public key (PEM).`)
      return 2
    }
    trusted[id] = key
  }
  const verification = verifyArchive(await readFile(archive), trusted)
  const { state } = verification
  const detail = 'hash' in verification ? verification.hash : verification.reason
  console.log(options.json ? JSON.stringify(verification, null, 2) : `${state} ${detail}`)
  return state === 'verified' ? 0 : 1
}

function idOf(publicKey: string): string | undefined {
  try {
    return keyId(publicKey)
  } catch {
    // Why: whoever names a file that is no key gets told so, not a stack.
    return undefined
  }
}
