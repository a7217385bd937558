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

/** Whether a release asks for more than was agreed to for the one that runs; what was agreed for one that waits is not its. */
export function asksMoreThan(
  { consent, hash }: { readonly consent: KeptConsent; readonly hash: string },
  permissions: readonly string[],
): boolean {
  const { before } = consent
  const agreed = before?.hash === hash ? before.consent.permissions : consent.permissions
  return permissions.some(permission => !agreed.includes(permission))
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
