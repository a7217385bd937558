import type { Blueprint } from '#core/blueprint'
import {
  compilePack,
  createKey,
  filesOf,
  packArchive,
  signArchive,
  type PackTexts,
} from '../../runtime/packs/index.ts'

/** Somebody who makes packs: a key pair, and what is signed with it. */
export interface PackMaker {
  readonly publicKey: string
  readonly privateKey: string
  readonly sign: (texts: PackTexts) => Uint8Array
}

export function packMaker(): PackMaker {
  const { publicKey, privateKey } = createKey()
  const sign = (texts: PackTexts) => signArchive(packArchive(filesOf(texts, blueprintOf(texts))), privateKey)!
  return { publicKey, privateKey, sign }
}

export const blueprintOf = (texts: PackTexts): Blueprint => compilePack(texts).checked.blueprint
