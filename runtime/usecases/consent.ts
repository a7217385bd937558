import type { Blueprint } from '#core/blueprint'
import type { FieldValues } from '#core/form'
import type { Tx } from '../store/index.ts'
import { actionPermissions } from './permissions.ts'
import { Problem } from './problem.ts'

/** What was agreed to, by whom and when; with what held for the release before, which a rollback brings back. */
export interface KeptConsent {
  readonly by: string
  readonly at: number
  readonly permissions: readonly string[]
  readonly before?: InstallChoices
}

/** What a desk decided about a release. */
export interface InstallChoices {
  readonly hash: string
  readonly consent: Omit<KeptConsent, 'before'>
  readonly settings: FieldValues
  readonly roles: Readonly<Record<string, readonly string[]>>
  readonly departments: Readonly<Record<string, readonly string[]>>
}

/** What actions reach was agreed to for the release; a text of the desk's own may narrow it, never widen it. */
export async function refuseBeyondConsent(tx: Tx, pack: string, blueprint: Blueprint): Promise<void> {
  const [install] = await tx.query<{ consent: KeptConsent }>(
    'select consent from desk_install where pack = $1',
    [pack],
  )
  const agreed = install?.consent.permissions ?? []
  const beyond = actionPermissions(blueprint).filter(permission => !agreed.includes(permission))
  if (beyond.length > 0) throw new Problem('beyond-consent', 409, { params: { beyond: beyond.join('、') } })
}

/**
 * A desk runs one pack at a time: another one's name, or null. It is in the way while it runs, or while tickets it opened
 * are in flight, whose people and limits are those of the desk's newest version.
 */
export async function packInTheWay(tx: Tx, name: string): Promise<string | null> {
  const [row] = await tx.query<{ pack: string }>(
    `select pack from desk_install where pack <> $1 and state in ('trial', 'live')
     union all
     select * from (select b.json->'pack'->>'name' as pack from ticket t join blueprint b on b.hash = t.blueprint_hash
       where t.status = 'open' and b.json->'pack'->>'name' <> $1 limit 1) in_flight
     limit 1`,
    [name],
  )
  return row?.pack ?? null
}

/** Throws Problem when another pack is in the way; nothing is written before. */
export async function refuseSecondPack(tx: Tx, name: string): Promise<void> {
  const other = await packInTheWay(tx, name)
  if (other !== null) throw new Problem('desk-has-pack', 409, { params: { name, other } })
}
