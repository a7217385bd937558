import type { Blueprint } from '#core/blueprint'
import { secretsOf } from '#core/together'
import type { SecretReply } from '#core/wire'
import { createWebhookSecret } from '../channels/webhook/index.ts'
import type { Deps } from '../deps.ts'
import { wholeDesk } from '../store/desk-packs.ts'
import type { Tx } from '../store/index.ts'
import { fingerprintOf } from './master-key.ts'
import { notFound } from './problem.ts'
import { deskOf } from './run-command.ts'
import { keepingOf, openSecret, sealSecret } from './sealed-secret.ts'

/** The secrets that a desk's packs ask for, who needs them, and how their values are kept; values are never shown again. */
export function listSecrets(deps: Pick<Deps, 'store' | 'masterKey'>, tenant: string): Promise<SecretReply[]> {
  return deps.store.inTenant(tenant, async tx =>
    secretsAsked(tx, wholeDesk(await deskOf(tx))!, fingerprintOf(deps.masterKey)),
  )
}

/** The same inside a transaction, as seen with the master key of a fingerprint. */
export async function secretsAsked(
  tx: Tx,
  { actions, sources }: Blueprint,
  fingerprint: string | null,
): Promise<SecretReply[]> {
  const known = await tx.query<{ name: string; value: string }>('select name, value from action_secret')
  return secretsOf({ actions, sources }).map(name => {
    const row = known.find(each => each.name === name)
    return {
      ...{ name, isSet: row !== undefined, kept: row ? keepingOf(row.value, fingerprint) : null },
      willBe: fingerprint === null ? 'plain' : 'sealed',
      actions: namesWhere(actions, ({ secrets }) => secrets.includes(name)),
      sources: namesWhere(sources, ({ secret }) => secret === name),
    }
  })
}

/** Sets a secret's value, or makes one up and gives it out this once. Throws Problem when no pack asks for it. */
export function putSecret(
  deps: Pick<Deps, 'store' | 'masterKey'>,
  { tenant, name, value }: { tenant: string; name: string; value?: string | undefined },
): Promise<{ value: string | null }> {
  return deps.store.inTenant(tenant, async tx => {
    if (!secretsOf(wholeDesk(await deskOf(tx))!).includes(name)) throw notFound()
    const made = value === undefined ? createWebhookSecret() : null
    const kept = sealSecret(deps.masterKey, { tenant, name }, value ?? made!)
    await tx.query(
      `insert into action_secret (tenant, name, value) values ($1, $2, $3)
       on conflict (tenant, name) do update set value = excluded.value`,
      [tenant, name, kept],
    )
    return { value: made }
  })
}

/** Takes a secret's value away. Throws Problem when it has none. */
export function removeSecret(
  deps: Pick<Deps, 'store'>,
  { tenant, name }: { tenant: string; name: string },
): Promise<void> {
  return deps.store.inTenant(tenant, async tx => {
    const rows = await tx.query('delete from action_secret where name = $1 returning name', [name])
    if (rows.length === 0) throw notFound()
  })
}

/** The values of those secrets that are set and can be read here, by name. */
export async function secretValues(
  { masterKey }: Pick<Deps, 'masterKey'>,
  tx: Tx,
  { tenant, names }: { readonly tenant: string; readonly names: readonly string[] },
): Promise<Readonly<Record<string, string>>> {
  const rows = await tx.query<{ name: string; value: string }>(
    'select name, value from action_secret where name = any($1)',
    [[...names]],
  )
  return Object.fromEntries(
    rows.flatMap(({ name, value }) => {
      const text = openSecret(masterKey, { tenant, name }, value)
      return text === undefined ? [] : [[name, text]]
    }),
  )
}

const namesWhere = <Item>(items: Readonly<Record<string, Item>>, is: (item: Item) => boolean): string[] =>
  Object.keys(items).filter(name => is(items[name]!))
