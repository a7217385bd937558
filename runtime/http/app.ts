import { createHash } from 'node:crypto'
import { Ajv, type ValidateFunction } from 'ajv'
import { Hono, type Context } from 'hono'
import { getCookie } from 'hono/cookie'
import type { SaidReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { audited } from '../usecases/audit.ts'
import { sessionOf, type Session } from '../usecases/sessions.ts'
import { Problem } from '../usecases/problem.ts'
import { liveUpdates } from './events.ts'
import { noPage } from './no-page.ts'
import { openapi } from './openapi.ts'
import { servePages } from './pages.ts'
import { languageOf, problemReply } from './problem.ts'
import type { Call, Reply, Route } from './route.ts'
import { routes } from './routes.ts'
import { schemaWords } from './schema-words.ts'
import { SESSION_COOKIE } from './routes/session.ts'
import { setUpFirst } from './set-up-first.ts'
import { wecomCallbacks } from './wecom.ts'

export const MAX_BODY_BYTES = 25 * 1024 * 1024
export const MAX_JSON_BYTES = 4 * 1024 * 1024

/** The server's whole surface, in order. */
export function createApp(deps: Deps): Hono {
  const app = new Hono()
  const ajv = new Ajv({ strict: true, allErrors: false })
  app.onError(problemReply)
  app.notFound(noPage)
  app.use(setUpFirst(deps))
  app.get('/health', context => context.json({ state: 'ready' }))
  app.get('/metrics', context => context.text(deps.sandbox.metrics.text()))
  app.get('/api/openapi.json', context => context.json(openapi(routes)))
  app.get('/api/events', context => liveUpdates(deps, context, () => sessionFrom(deps, context)))
  wecomCallbacks(app, deps)
  servePages(app)
  for (const route of routes) {
    const validate = route.body && route.body !== 'bytes' ? ajv.compile(route.body) : undefined
    const validateQuery = route.query && ajv.compile(route.query)
    const served = { route, validate, validateQuery }
    app.on(route.method.toUpperCase(), route.path, context => serve(deps, context, served))
  }
  return app
}

interface Served {
  readonly route: Route
  readonly validate: ValidateFunction | undefined
  readonly validateQuery: ValidateFunction | undefined
}

async function serve(deps: Deps, context: Context, served: Served): Promise<Response> {
  const { route } = served
  const session = route.access === 'public' ? undefined : await sessionFrom(deps, context)
  const answer = async (tell?: (told: NonNullable<Reply['told']>) => void) => {
    const reply = await answerCall(deps, context, { ...served, session })
    if (reply.told) tell?.(reply.told)
    return responseOf(context, reply)
  }
  // What administrators change, and what anybody was refused of it, leaves one row.
  if (route.access !== 'admin' || route.method === 'get') return answer()
  const { tenant, staff } = session!
  const action = `${route.method} ${route.path}`
  const target = Object.values(context.req.param()).join(' ')
  return audited(deps, { tenant, actor: staff.id, action, target }, answer)
}

async function answerCall(
  deps: Deps,
  context: Context,
  { route, validate, validateQuery, session }: Served & { readonly session: Session | undefined },
): Promise<Reply> {
  if (route.access === 'admin' && !session!.staff.roles.includes('admin'))
    throw new Problem('admin-only', 403)
  const bytes = route.body
    ? await bodyOf(context, route.limit ?? (route.body === 'bytes' ? MAX_BODY_BYTES : MAX_JSON_BYTES))
    : empty
  const given = route.mayBeEmpty && bytes.length === 0 ? emptyObject : bytes
  const body = validate ? readJson(given, validate) : undefined
  const query = context.req.query()
  if (validateQuery) mustPass(query, validateQuery)
  const call: Call = {
    ...{ deps, body, bytes, query, params: context.req.param() as Record<string, string> },
    // INVARIANT: only public handlers run without a session, and they do not read it.
    session: session as Session,
    idempotency: idempotencyOf(context, bytes),
    token: tokenOf(context),
    ifMatch: context.req.header('if-match'),
    header: name => context.req.header(name),
    language: languageOf(context),
  }
  return route.handle(call as Call<never>)
}

function responseOf(context: Context, reply: Reply): Response {
  context.header('cache-control', 'no-store')
  for (const [name, value] of Object.entries(reply.headers ?? {})) context.header(name, value)
  if (reply.bytes) return context.body(new Uint8Array(reply.bytes), reply.status as 200)
  return reply.body === undefined
    ? context.body(null, 204)
    : context.json(reply.body as object, reply.status as 200)
}

const empty = new Uint8Array()
const emptyObject = new TextEncoder().encode('{}')

const tooLarge = (limit: number) =>
  new Problem('too-large', 413, { params: { limit: `${Math.floor(limit / 1024 / 1024)} MB` } })

async function bodyOf(context: Context, limit: number): Promise<Uint8Array> {
  if (Number(context.req.header('content-length') ?? 0) > limit) throw tooLarge(limit)
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of context.req.raw.body ?? []) {
    size += chunk.length
    if (size > limit) throw tooLarge(limit)
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

function readJson(bytes: Uint8Array, validate: ValidateFunction): unknown {
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes))
  } catch {
    // Why: whatever is not JSON gets the same clear answer.
    throw badRequest(400, { zh: '不是 JSON', en: 'it is no JSON' })
  }
  mustPass(value, validate)
  return value
}

function mustPass(value: unknown, validate: ValidateFunction): void {
  // INVARIANT: what does not pass has an error.
  if (!validate(value)) throw badRequest(422, schemaWords(validate.errors![0]!))
}

const badRequest = (status: number, { zh, en }: SaidReply) =>
  new Problem('bad-request', status, { params: { zh, en } })

function idempotencyOf(context: Context, bytes: Uint8Array): Call['idempotency'] {
  const key = context.req.header('idempotency-key')
  if (key === undefined) return undefined
  if (key.length > 200)
    throw badRequest(400, {
      zh: 'Idempotency-Key 最多 200 个字符',
      en: 'Idempotency-Key has 200 characters at most',
    })
  const hash = createHash('sha256').update(`${context.req.method} ${context.req.path}\n`).update(bytes)
  return { key, requestHash: hash.digest('hex') }
}

function tokenOf(context: Context): string | undefined {
  const [, bearer] = /^Bearer (\S{1,200})$/.exec(context.req.header('authorization') ?? '') ?? []
  return bearer ?? getCookie(context, SESSION_COOKIE)
}

async function sessionFrom(deps: Deps, context: Context): Promise<Session> {
  const token = tokenOf(context)
  const session = token === undefined ? undefined : await sessionOf(deps, token)
  if (!session) throw new Problem('log-in-first', 401)
  return session
}
