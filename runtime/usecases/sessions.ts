import { createHash, randomBytes } from 'node:crypto'
import type { Deps } from '../deps.ts'
import type { Tx } from '../store/index.ts'
import { MAX_PASSWORD_LENGTH, passwordHash, verifyPassword } from './password.ts'
import { Problem } from './problem.ts'

export const SESSION_TTL_MS = 12 * 3_600_000
export const INVITE_TTL_MS = 72 * 3_600_000

/** Who a request comes from; the tenant is never taken from anywhere else. */
export interface Session {
  readonly tenant: string
  readonly staff: { readonly id: string; readonly name: string; readonly roles: readonly string[] }
}

/** Checks a password and yields a token; the same refusal whether desk, name or password is wrong. Throws Problem. */
export async function logIn(
  deps: Deps,
  { desk, name, password }: { desk: string; name: string; password: string },
): Promise<{ token: string; session: Session }> {
  const [row] =
    desk === ''
      ? []
      : await deps.store.inTenant(desk, tx =>
          tx.query<{ id: string; name: string; roles: string[]; password_hash: string | null }>(
            'select id, name, roles, password_hash from staff where login = $1 and active',
            [name],
          ),
        )
  const right = await verifyPassword(password.slice(0, MAX_PASSWORD_LENGTH), row?.password_hash ?? null)
  if (!row || !right) throw new Problem('wrong-login', 401)
  const token = newToken()
  await deps.store.inTenant(desk, tx =>
    tx.query('insert into session (tenant, token_hash, staff_id, expires_at) values ($1, $2, $3, $4)', [
      ...[desk, hashToken(token), row.id],
      deps.now() + SESSION_TTL_MS,
    ]),
  )
  return { token, session: { tenant: desk, staff: { id: row.id, name: row.name, roles: row.roles } } }
}

/** The session of a token; undefined when it is unknown or over. */
export async function sessionOf(deps: Deps, token: string): Promise<Session | undefined> {
  const [row] = await deps.store.asOwner(tx =>
    tx.query<{ tenant: string; id: string; name: string; roles: string[] }>(
      `select s.tenant, p.id, p.name, p.roles from session s
       join staff p on p.tenant = s.tenant and p.id = s.staff_id
       where s.token_hash = $1 and s.expires_at > $2 and p.active`,
      [hashToken(token), deps.now()],
    ),
  )
  return row && { tenant: row.tenant, staff: { id: row.id, name: row.name, roles: row.roles } }
}

export async function logOut(deps: Deps, token: string): Promise<void> {
  await deps.store.asOwner(tx => tx.query('delete from session where token_hash = $1', [hashToken(token)]))
}

/** Sets the password of whoever a one-time link was made for; the link is used up. Throws Problem. */
export async function acceptInvite(
  deps: Deps,
  { token, password }: { token: string; password: string },
): Promise<{ desk: string; login: string }> {
  const hash = await passwordHash(password)
  return deps.store.asOwner(async tx => {
    const [invite] = await tx.query<{
      tenant: string
      staff_id: string
      used_at: number | null
      expires_at: number
    }>('select tenant, staff_id, used_at, expires_at from invite where token_hash = $1 for update', [
      hashToken(token),
    ])
    refuseSpent(invite, deps.now())
    await tx.query('update invite set used_at = $2 where token_hash = $1', [hashToken(token), deps.now()])
    const [staff] = await tx.query<{ login: string }>(
      'update staff set password_hash = $3 where tenant = $1 and id = $2 returning login',
      [invite!.tenant, invite!.staff_id, hash],
    )
    return { desk: invite!.tenant, login: staff!.login }
  })
}

/** Throws Problem for a one-time link that is unknown, used or over. */
export function refuseSpent(
  link: { readonly used_at: number | null; readonly expires_at: number } | undefined,
  now: number,
): void {
  if (!link) throw new Problem('link-unknown', 404)
  if (link.used_at !== null) throw new Problem('link-used', 410)
  if (link.expires_at <= now) throw new Problem('link-expired', 410)
}

/** A one-time link's token with which somebody of the staff sets their password, good for `INVITE_TTL_MS`. */
export async function invite(
  { now }: Pick<Deps, 'now'>,
  tx: Tx,
  { tenant, staff }: { tenant: string; staff: string },
): Promise<string> {
  const token = newToken()
  await tx.query('insert into invite (tenant, token_hash, staff_id, expires_at) values ($1, $2, $3, $4)', [
    ...[tenant, hashToken(token), staff],
    now() + INVITE_TTL_MS,
  ])
  return token
}

export function newToken(): string {
  return randomBytes(32).toString('base64url')
}

/** Tokens are stored as hashes only. */
export function hashToken(token: string): string {
  return createHash('sha256').update(token).digest('hex')
}
