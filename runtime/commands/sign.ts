import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { createKey, keyId, signArchive } from '../packs/index.ts'
import type { CommandOptions } from './source.ts'

/**
 * `axle sign`: signs an archive in place (or to `--out`); `--new-key` first makes the key and its public half, and
 * without an archive does only that. An existing key is never overwritten.
 */
export async function signPack(
  archive: string | undefined,
  options: CommandOptions & { readonly key: string; readonly newKey?: boolean; readonly out?: string },
): Promise<number> {
  const { key, newKey = false, out = archive } = options
  if (newKey && !(await makeKey(key))) return 2
  if (archive === undefined || out === undefined) {
    if (!newKey) console.error('Name the archive to sign.')
    return newKey ? 0 : 2
  }
  const [bytes, privateKey] = [await readFile(archive), await readFile(key, 'utf8')]
  const signed = tryToSign(bytes, privateKey)
  if (signed === 'bad-key') {
    console.error(`${key} is not an Ed25519 private key (PEM).`)
    return 2
  }
  if (!signed) {
    console.error(`${archive} is not a pack archive`)
    return 1
  }
  await writeFile(out, signed)
  console.log(options.json ? JSON.stringify({ file: out }) : out)
  return 0
}

/** Writes a new key and its public half (`.pub`); false when either is there already. */
async function makeKey(file: string): Promise<boolean> {
  const taken = [file, `${file}.pub`].find(path => existsSync(path))
  if (taken !== undefined) {
    console.error(`${taken} is there already; a key is never overwritten.`)
    return false
  }
  const { publicKey, privateKey } = createKey()
  await writeFile(file, privateKey, { mode: 0o600, flag: 'wx' })
  await writeFile(`${file}.pub`, publicKey, { flag: 'wx' })
  console.error(`key ${keyId(publicKey)}: ${file}, ${file}.pub`)
  return true
}

function tryToSign(bytes: Uint8Array, privateKey: string): Uint8Array | 'bad-key' | undefined {
  try {
    return signArchive(bytes, privateKey)
  } catch {
    // Why: signArchive throws for a key that is none; the archive is answered by value.
    return 'bad-key'
  }
}
