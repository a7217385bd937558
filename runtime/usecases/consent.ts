import type { Blueprint } from '#core/blueprint'
import type { Tx } from '../store/index.ts'
import { Problem } from './problem.ts'

/** What each action asks for, as a consent lists it. */
export function actionPermissions(blueprint: Blueprint): string[] {
  return Object.entries(blueprint.actions).flatMap(([name, action]) => {
    const { net, secrets, reads, writes = [], sends = false, keeps = false } = action
    const asked = [
      ...net.map(host => `net ${host}`),
      ...secrets.map(secret => `secret ${secret}`),
      ...reads.map(path => `read ${path}`),
      ...writes.map(path => `write ${path}`),
      ...(sends ? ['send'] : []),
      ...(keeps ? ['kv'] : []),
    ]
    return asked.map(what => `action:${name} ${what}`)
  })
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
