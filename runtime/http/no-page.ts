import type { Context } from 'hono'
import { Problem } from '../usecases/problem.ts'
import { PAGE_POLICY } from './pages.ts'
import { problemReply } from './problem.ts'

const MACHINES = /^\/(api|channels|assets)\//

/** Why both languages: which one a reader chose is kept by the pages in the browser alone. */
const PAGE = `<!doctype html>
<html lang="zh-CN">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>没有这个页面 · No such page</title>
  </head>
  <body>
    <main>
      <h1>没有这个页面</h1>
      <p>地址可能写错了，或页面已经不在了。</p>
      <p><a href="/desk">去工单台</a> · <a href="/login">去登录</a></p>
      <section lang="en">
        <h2>There is no such page</h2>
        <p>The address may be mistyped, or the page is gone.</p>
        <p><a href="/desk">To the tickets</a> · <a href="/login">To the log-in</a></p>
      </section>
    </main>
  </body>
</html>
`

/** What stands at an address that is none: to people with a browser a page in words, to machines a problem. */
export function noPage(context: Context): Response {
  const isRead = context.req.method === 'GET' && context.req.header('accept')?.includes('text/html')
  if (!isRead || MACHINES.test(context.req.path)) return problemReply(new Problem('not-found', 404), context)
  context.header('content-security-policy', PAGE_POLICY)
  context.header('x-content-type-options', 'nosniff')
  context.header('cache-control', 'no-store')
  return context.html(PAGE, 404)
}
