import type { Blueprint } from '#core/blueprint'
import type { Tx } from '../store/index.ts'
import { Problem } from './problem.ts'

/** The hosts and secrets each action asks for, as a consent lists them. */
export function actionPermissions(blueprint: Blueprint): string[] {
  return Object.entries(blueprint.actions).flatMap(([name, { net, secrets }]) => [
    ...net.map(host => `action:${name} net ${host}`),
    ...secrets.map(secret => `action:${name} secret ${secret}`),
  ])
}

/** What actions reach was agreed to for the release; a text of the desk's own may narrow it, never widen it. */
export async function refuseBeyondConsent(tx: Tx, pack: string, blueprint: Blueprint): Promise<void> {
  const [install] = await tx.query<{ consent: { permissions: readonly string[] } }>(
    'select consent from desk_install where pack = $1',
    [pack],
  )
  const agreed = install?.consent.permissions ?? []
  const beyond = actionPermissions(blueprint).filter(permission => !agreed.includes(permission))
  if (beyond.length > 0) throw new Problem('beyond-consent', 409, { params: { beyond: beyond.join('、') } })
}
