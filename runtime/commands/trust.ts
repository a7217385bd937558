import { readFile } from 'node:fs/promises'
import { keyId } from '../packs/index.ts'
import type { CommandOptions } from './source.ts'
import { withStore } from './with-store.ts'

/** `axle trust`: from now on archives signed with this key are taken into the catalogue. */
export async function trustKey(
  file: string,
  options: CommandOptions & { readonly name: string },
): Promise<number> {
  const pem = await readFile(file, 'utf8')
  const id = keyId(pem)
  return withStore(options, async deps => {
    await deps.store.asOwner(tx =>
      tx.query(
        'insert into trusted_key (id, public_key, name) values ($1, $2, $3) on conflict (id) do nothing',
        [...[id, pem, options.name]],
      ),
    )
    console.log(options.json ? JSON.stringify({ id }) : id)
    return 0
  })
}
