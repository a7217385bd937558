import type { Blueprint } from '#core/blueprint'
import { createWebhookSecret } from '../channels/webhook/index.ts'
import type { Deps } from '../deps.ts'
import { notFound } from './problem.ts'
import { deskOf } from './run-command.ts'

/** The secrets that a desk's pack asks for, and which of them have a value; values are never shown again. */
export function listSecrets(deps: Deps, tenant: string): Promise<{ name: string; isSet: boolean }[]> {
  return deps.store.inTenant(tenant, async tx => {
    const { blueprint } = (await deskOf(tx)).newest!
    const known = await tx.query<{ name: string }>('select name from action_secret')
    return secretsOf(blueprint).map(name => ({ name, isSet: known.some(each => each.name === name) }))
  })
}

/** Sets a secret's value, or makes one up and gives it out this once. Throws Problem when the pack has no such secret. */
export function putSecret(
  deps: Deps,
  { tenant, name, value }: { tenant: string; name: string; value?: string | undefined },
): Promise<{ value: string | null }> {
  return deps.store.inTenant(tenant, async tx => {
    const { blueprint } = (await deskOf(tx)).newest!
    if (!secretsOf(blueprint).includes(name)) throw notFound()
    const made = value === undefined ? createWebhookSecret() : null
    await tx.query(
      `insert into action_secret (tenant, name, value) values ($1, $2, $3)
       on conflict (tenant, name) do update set value = excluded.value`,
      [tenant, name, value ?? made],
    )
    return { value: made }
  })
}

function secretsOf({ actions, sources }: Blueprint): string[] {
  const asked = [
    ...Object.values(actions).flatMap(action => action.secrets),
    ...Object.values(sources).map(source => source.secret),
  ]
  return [...new Set(asked)]
}
