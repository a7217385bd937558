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
