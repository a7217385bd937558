import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import type { Context, Hono } from 'hono'

const dist = fileURLToPath(new URL('../../studio/dist/', import.meta.url))

/** Address of a page to the built file that shows it. */
const pages: Readonly<Record<string, string>> = {
  '/login': 'login',
  '/setup': 'setup',
  '/desk': 'desk',
  '/desk/:ticket': 'desk',
  '/admin/connect': 'connect',
  '/admin/check': 'check',
  '/admin/packs': 'admin',
  '/admin/packs/:pack': 'admin',
  '/admin/sources': 'sources',
  '/admin/actions': 'actions',
  '/admin/reach': 'reach',
  '/admin/statements': 'statements',
  '/admin/people': 'people',
  '/admin/records': 'records',
  '/admin/records/:entity': 'records',
  '/author': 'author',
  '/emulator': 'emulator',
  '/sidebar': 'sidebar',
  '/c/:token': 'customer',
}

/** Nothing from elsewhere, nothing inline; frames only of and by ourselves. */
export const PAGE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "frame-src 'self'",
  "frame-ancestors 'self'",
  "base-uri 'none'",
  "form-action 'self'",
].join('; ')

/** Why: the text editor writes the places of its lines into the page; scripts stay as strict as everywhere. */
export const EDITOR_POLICY = PAGE_POLICY.replace("style-src 'self'", "style-src 'self' 'unsafe-inline'")

const kinds: Readonly<Record<string, string>> = {
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  ttf: 'font/ttf',
  woff2: 'font/woff2',
}

/** The built pages: each at its address, never kept; what carries a hash in its name, kept for good. */
export function servePages(app: Hono): void {
  app.get('/', context => context.redirect('/desk'))
  for (const [path, name] of Object.entries(pages)) app.get(path, context => page(context, name))
  app.get('/assets/:file', asset)
}

async function page(context: Context, name: string): Promise<Response> {
  const html = await read(`${name}/index.html`)
  if (!html) return context.text('The pages are not built: run `node runtime/build-studio.mjs`.', 503)
  context.header('content-security-policy', name === 'author' ? EDITOR_POLICY : PAGE_POLICY)
  context.header('referrer-policy', 'no-referrer')
  context.header('x-content-type-options', 'nosniff')
  context.header('cache-control', 'no-cache')
  return context.html(html.toString())
}

async function asset(context: Context): Promise<Response> {
  const file = context.req.param('file') ?? ''
  const kind = kinds[file.split('.').at(-1) ?? '']
  const bytes = /^[\w.-]+$/.test(file) && kind ? await read(`assets/${file}`) : undefined
  if (!bytes) return context.notFound() as Response
  return context.body(new Uint8Array(bytes), 200, {
    'content-type': kind!,
    'cache-control': 'public, max-age=31536000, immutable',
    'x-content-type-options': 'nosniff',
  })
}

async function read(path: string): Promise<Buffer | undefined> {
  return readFile(dist + path).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined
    throw error
  })
}
