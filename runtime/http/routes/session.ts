import { AcceptInvite, LogIn, ReadLink, SetUp, type SessionReply, type SetupReply } from '#core/wire'
import { acceptInvite, logIn, logOut, SESSION_TTL_MS } from '../../usecases/sessions.ts'
import { readLink, setUp } from '../../usecases/set-up.ts'
import { ok, type Call, type Route } from '../route.ts'

/** `__Host-` binds the cookie to this host over a secure connection; browsers count loopback as one. */
export const SESSION_COOKIE = '__Host-axle'
const cookie = (token: string, maxAgeS: number) =>
  `${SESSION_COOKIE}=${token}; Path=/; Secure; HttpOnly; SameSite=Lax; Max-Age=${maxAgeS}`

export const sessionRoutes: readonly Route[] = [
  {
    ...{ method: 'post', path: '/api/session', access: 'public', body: LogIn },
    summary: 'Logs in; the token is also set as a cookie',
    handle: async ({ deps, body }: Call<LogIn>) => {
      const { desk, password } = body
      const name = 'login' in body ? body.login : body.name
      const { token, session } = await logIn(deps, { desk, name, password })
      const headers = { 'set-cookie': cookie(token, SESSION_TTL_MS / 1000) }
      return { status: 201, body: { token, desk: session.tenant, staff: session.staff }, headers }
    },
  },
  {
    ...{ method: 'get', path: '/api/session', access: 'staff' },
    summary: 'Who is logged in',
    handle: async ({ session }) => ok({ desk: session.tenant, staff: session.staff } satisfies SessionReply),
  },
  {
    ...{ method: 'delete', path: '/api/session', access: 'staff' },
    summary: 'Logs out',
    handle: async ({ deps, token }) => {
      if (token !== undefined) await logOut(deps, token)
      return { status: 204, headers: { 'set-cookie': cookie('', 0) } }
    },
  },
  {
    ...{ method: 'post', path: '/api/invite', access: 'public', body: AcceptInvite },
    summary: 'Sets a password through a one-time link',
    handle: async ({ deps, body }: Call<AcceptInvite>) => ok(await acceptInvite(deps, body)),
  },
  {
    ...{ method: 'post', path: '/api/setup/link', access: 'public', body: ReadLink },
    summary: 'What a one-time link is for',
    handle: async ({ deps, body }: Call<ReadLink>) =>
      ok((await readLink(deps, body.token)) satisfies SetupReply),
  },
  {
    ...{ method: 'post', path: '/api/setup', access: 'public', body: SetUp },
    summary: 'Makes the first desk of an empty server with its administrator',
    handle: async ({ deps, body }: Call<SetUp>) => ({ status: 201, body: await setUp(deps, body) }),
  },
]
