import type { Context } from 'hono'
import { Problem } from '../usecases/problem.ts'
import { PAGE_POLICY } from './pages.ts'
import { languageOf, problemReply } from './problem.ts'

const MACHINES = /^\/(api|channels|assets)\//

const words = {
  zh: {
    lang: 'zh-CN',
    title: '没有这个页面',
    text: '地址可能写错了，或页面已经不在了。',
    desk: '去工单台',
    login: '去登录',
  },
  en: {
    lang: 'en',
    title: 'There is no such page',
    text: 'The address may be mistyped, or the page is gone.',
    desk: 'To the tickets',
    login: 'To the log-in',
  },
}

/** What stands at an address that is none: to people with a browser a page in words, to machines a problem. */
export function noPage(context: Context): Response {
  const isRead = context.req.method === 'GET' && context.req.header('accept')?.includes('text/html')
  if (!isRead || MACHINES.test(context.req.path)) return problemReply(new Problem('not-found', 404), context)
  const { lang, title, text, desk, login } = words[languageOf(context)]
  context.header('content-security-policy', PAGE_POLICY)
  context.header('x-content-type-options', 'nosniff')
  context.header('cache-control', 'no-store')
  return context.body(
    `<!doctype html>
<html lang="${lang}">
  <head>
    <meta charset="utf-8" />
    <meta name="viewport" content="width=device-width, initial-scale=1" />
    <title>${title}</title>
  </head>
  <body>
    <main>
      <h1>${title}</h1>
      <p>${text}</p>
      <p><a href="/desk">${desk}</a> · <a href="/login">${login}</a></p>
    </main>
  </body>
</html>
`,
    404,
    { 'content-type': 'text/html; charset=utf-8' },
  )
}
