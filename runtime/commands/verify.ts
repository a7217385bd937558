import { readFile } from 'node:fs/promises'
import type { SaidReply } from '#core/wire'
import { sayProblem } from '../http/problem-words.ts'
import { isPublicKey, keyId, verifyArchive, type Verification } from '../packs/index.ts'
import type { CommandOptions } from './source.ts'

export type VerifyOptions = CommandOptions & { readonly trust: readonly string[] }

/** `axle verify`: whether an archive is unchanged since a trusted key signed it; exits 0 only then. */
export async function verifyPack(archive: string, options: VerifyOptions): Promise<number> {
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
  console.log(options.json ? JSON.stringify(verification, null, 2) : wordsOf(verification, options))
  return state === 'verified' ? 0 : 1
}

/** What a desk says of such an archive, where it would not take it. */
function wordsOf(verification: Verification, { trust, lang }: VerifyOptions): string {
  if (verification.state === 'verified') return `verified ${verification.hash}`
  const isNobodyTrusted = verification.state === 'unknown-key' && trust.length === 0
  if (isNobodyTrusted) return nobodyTrusted[lang]
  const state = verification.state === 'unreadable' ? verification.reason : verification.state
  return sayProblem('pack-unverified', { state })![lang]
}

const nobodyTrusted: SaidReply = {
  zh: '没有说信任谁：用 --trust 给出制作方的公钥。',
  en: 'Nobody is trusted: name the maker’s public key with --trust.',
}
