import type { MiddlewareHandler } from 'hono'
import type { Deps } from '../deps.ts'
import { Problem } from '../usecases/problem.ts'
import { isSetUp } from '../usecases/set-up.ts'

/** What answers on a server nobody may log in to yet. */
const OPEN = /^\/(health$|setup$|assets\/|api\/(setup(\/link)?|invite|openapi\.json)$)/
const MACHINES = /^\/(api|channels|metrics)/

/** Until the first administrator has a password nothing else works: pages lead to the set-up, the rest is refused. */
export function setUpFirst(deps: Deps): MiddlewareHandler {
  let done = false
  return async (context, next) => {
    const { path } = context.req
    if (done || OPEN.test(path)) return next()
    done = await isSetUp(deps)
    if (done) return next()
    if (MACHINES.test(path)) throw new Problem('set-up-first', 503)
    return context.redirect('/setup')
  }
}
