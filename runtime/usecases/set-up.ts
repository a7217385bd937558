import type { SetupReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import type { Tx } from '../store/index.ts'
import { insertDesk } from './create-desk.ts'
import { passwordHash } from './password.ts'
import { hashToken, invite, INVITE_TTL_MS, newToken, refuseSpent } from './sessions.ts'

/** Whether anybody may log in already: until then nothing but the set-up works. */
export async function isSetUp(deps: Pick<Deps, 'store'>): Promise<boolean> {
  const rows = await deps.store.asOwner(tx =>
    tx.query('select 1 as one from staff where password_hash is not null limit 1'),
  )
  return rows.length > 0
}

/**
 * The path of a one-time link for whoever started the server: to make the first desk, or, where one was made already, for
 * its administrator to set a password. Undefined once somebody may log in; links given before stay good until they are over.
 */
export async function offerSetup(deps: Pick<Deps, 'store' | 'now'>): Promise<string | undefined> {
  if (await isSetUp(deps)) return undefined
  return deps.store.asOwner(async tx => {
    const [desk] = await tx.query<{ tenant: string }>(
      'select tenant from desk order by created_at, tenant limit 1',
    )
    const token = desk
      ? await invite(deps, tx, { tenant: desk.tenant, staff: 'admin' })
      : await offerDesk(deps, tx)
    return `/setup?token=${token}`
  })
}

/** The token of a one-time link that makes the first desk. */
async function offerDesk({ now }: Pick<Deps, 'now'>, tx: Tx): Promise<string> {
  const token = newToken()
  await tx.query('insert into setup_link (token_hash, expires_at) values ($1, $2)', [
    hashToken(token),
    now() + INVITE_TTL_MS,
  ])
  return token
}

/** What a one-time link is for. Throws Problem: unknown, used, or over. */
export function readLink(deps: Deps, token: string): Promise<SetupReply> {
  return deps.store.asOwner(async tx => {
    const [row] = await tx.query<{
      desk: string | null
      name: string | null
      login: string | null
      used_at: number | null
      expires_at: number
    }>(
      `select null as desk, null as name, null as login, used_at, expires_at from setup_link where token_hash = $1
       union all
       select d.tenant, d.name, s.login, i.used_at, i.expires_at from invite i
         join desk d on d.tenant = i.tenant join staff s on s.tenant = i.tenant and s.id = i.staff_id
       where i.token_hash = $1`,
      [hashToken(token)],
    )
    refuseSpent(row, deps.now())
    const { desk, name, login } = row!
    return desk === null ? { for: 'desk' } : { for: 'password', desk, name: name!, login: login! }
  })
}

/** Makes the first desk with its administrator; the link is used up, all of it or nothing. Throws Problem. */
export async function setUp(
  deps: Deps,
  given: { token: string; id: string; name: string; login: string; password: string },
): Promise<{ desk: string; login: string }> {
  const { token, id, name, login } = given
  const hash = await passwordHash(given.password)
  await deps.store.asOwner(async tx => {
    const [link] = await tx.query<{ used_at: number | null; expires_at: number }>(
      'select used_at, expires_at from setup_link where token_hash = $1 for update',
      [hashToken(token)],
    )
    refuseSpent(link, deps.now())
    await insertDesk(deps, tx, { id, name, admin: login, demo: undefined })
    await tx.query(`update staff set password_hash = $2 where tenant = $1 and id = 'admin'`, [id, hash])
    // Why all links: the first desk was what they were for.
    await tx.query('update setup_link set used_at = $1 where used_at is null', [deps.now()])
  })
  return { desk: id, login }
}
