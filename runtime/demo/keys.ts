import { createHash, randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../config.ts'
import { createKey } from '../packs/index.ts'

/** The key that links to customers are signed with: the operator's, in demo mode one made for this data; else none. */
export async function masterKeyOf({ masterKey, demo, dataDir }: Config): Promise<Buffer | undefined> {
  if (masterKey !== undefined) return createHash('sha256').update(masterKey).digest()
  if (!demo) return undefined
  const file = join(await keyFolder(dataDir), 'master.key')
  if (!existsSync(file)) await writeFile(file, randomBytes(32), { mode: 0o600, flag: 'wx' })
  return readFile(file)
}

/** The key the demo's packs are signed with, made at the first start; PEM. */
export async function signingKeyOf(
  dataDir: string,
): Promise<{ readonly privateKey: string; readonly publicKey: string }> {
  const file = join(await keyFolder(dataDir), 'demo.pem')
  if (!existsSync(file)) {
    const { privateKey, publicKey } = createKey()
    await writeFile(`${file}.pub`, publicKey)
    await writeFile(file, privateKey, { mode: 0o600, flag: 'wx' })
  }
  return { privateKey: await readFile(file, 'utf8'), publicKey: await readFile(`${file}.pub`, 'utf8') }
}

async function keyFolder(dataDir: string): Promise<string> {
  const folder = join(dataDir, 'keys')
  await mkdir(folder, { recursive: true, mode: 0o700 })
  return folder
}
