import type { Context, Hono } from 'hono'
import { CALLBACK_MAX_BYTES } from '../channels/wecom/index.ts'
import type { Deps } from '../deps.ts'
import { answerEcho, receiveCallback } from '../usecases/receive-callback.ts'

const PATH = '/channels/wecom/:tenant/callback'

/** WeCom's way in: the signature proves the tenant; whatever does not hold gets one and the same answer. */
export function wecomCallbacks(app: Hono, deps: Deps): void {
  app.get(PATH, async context => {
    const query = { ...queryOf(context), echostr: context.req.query('echostr') ?? '' }
    const echo = await answerEcho(deps, { tenant: context.req.param('tenant'), query })
    return echo === undefined ? refuse(context) : context.text(echo)
  })
  app.post(PATH, async context => {
    if (Number(context.req.header('content-length') ?? 0) > CALLBACK_MAX_BYTES) return refuse(context)
    const body = await context.req.text()
    const tenant = context.req.param('tenant')
    const taken = await receiveCallback(deps, { tenant, query: queryOf(context), body })
    return taken ? context.text('success') : refuse(context)
  })
}

function refuse(context: Context): Response {
  return context.text('', 403)
}

function queryOf(context: Context) {
  const { msg_signature = '', timestamp = '', nonce = '' } = context.req.query()
  return { msg_signature, timestamp, nonce }
}
