import type { Context } from 'hono'
import { streamSSE } from 'hono/streaming'
import type { Change, Deps } from '../deps.ts'
import type { Session } from '../usecases/sessions.ts'

/** A line at least so often, so that proxies keep the connection and we notice when it is gone. */
const HEARTBEAT_MS = 20_000
/** A listener that falls so far behind is told to fetch everything again. */
const MAX_WAITING = 500

/** Live updates as server-sent events: ids only, the listener fetches with their own rights. */
export async function liveUpdates(
  deps: Deps,
  context: Context,
  login: () => Promise<Session>,
): Promise<Response> {
  const { tenant } = await login()
  return streamSSE(context, async stream => {
    const waiting: Change[] = []
    let wake = Promise.withResolvers<void>()
    const stop = deps.bus.listen(tenant, change => {
      if (waiting.length < MAX_WAITING) waiting.push(change)
      wake.resolve()
    })
    stream.onAbort(() => {
      stop()
      wake.resolve()
    })
    await stream.writeSSE({ event: 'ready', data: '{}' })
    while (!stream.aborted) {
      for (let change = waiting.shift(); change; change = waiting.shift())
        await stream.writeSSE({ event: change.kind, data: JSON.stringify(change) })
      const heartbeat = setTimeout(() => wake.resolve(), HEARTBEAT_MS)
      await wake.promise
      clearTimeout(heartbeat)
      wake = Promise.withResolvers()
      if (waiting.length === 0 && !stream.aborted) await stream.writeSSE({ event: 'alive', data: '{}' })
    }
  })
}
