import { readFile } from 'node:fs/promises'
import type { Deps } from '../deps.ts'
import { isPublicKey } from '../packs/index.ts'
import { audited } from '../usecases/audit.ts'
import { trustForDesk, trustPublicKey } from '../usecases/trust-key.ts'
import type { CommandOptions } from './source.ts'
import { withDesks, withNewStore } from './with-store.ts'

/** `axle trust`: from now on archives signed with this key are taken, by one desk or by every one; 2 when it is no key. */
export async function trustKey(
  file: string,
  options: CommandOptions & { readonly name: string; readonly tenant?: string },
): Promise<number> {
  const pem = await readFile(file, 'utf8')
  if (!isPublicKey(pem)) {
    console.error(`${file} is not an Ed25519 public key (PEM).`)
    return 2
  }
  const { name, tenant } = options
  const trusting = async (deps: Deps) => {
    const id =
      tenant === undefined
        ? await trustPublicKey(deps, { pem, name })
        : await audited(deps, { tenant, actor: 'cli', action: 'trust', target: name }, () =>
            trustForDesk(deps, { tenant, pem, name, by: 'cli' }),
          ).then(made => made.id)
    console.log(options.json ? JSON.stringify({ id }) : id)
    return 0
  }
  return tenant === undefined ? withNewStore(options, trusting) : withDesks(options, [tenant], trusting)
}
