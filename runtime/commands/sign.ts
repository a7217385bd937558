import { readFile, writeFile } from 'node:fs/promises'
import { createKey, keyId, signArchive } from '../packs/index.ts'
import type { CommandOptions } from './source.ts'

/** `axle sign`: signs an archive in place (or to `--out`); `--new-key` first makes the key and its public half. */
export async function signPack(
  archive: string,
  options: CommandOptions & { readonly key: string; readonly newKey?: boolean; readonly out?: string },
): Promise<number> {
  if (options.newKey) {
    const { publicKey, privateKey } = createKey()
    await writeFile(options.key, privateKey, { mode: 0o600, flag: 'wx' })
    await writeFile(`${options.key}.pub`, publicKey)
    console.error(`key ${keyId(publicKey)}: ${options.key}, ${options.key}.pub`)
  }
  const signed = signArchive(await readFile(archive), await readFile(options.key, 'utf8'))
  if (!signed) {
    console.error(`${archive} is not a pack archive`)
    return 1
  }
  const out = options.out ?? archive
  await writeFile(out, signed)
  console.log(options.json ? JSON.stringify({ file: out }) : out)
  return 0
}
