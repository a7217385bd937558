import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vite'

const pages = [
  ...['login', 'setup', 'desk', 'admin', 'connect', 'check'],
  ...['emulator', 'customer', 'sidebar', 'author', 'statements', 'records', 'people'],
  ...['sources', 'actions', 'reach'],
]
const page = (name: string) => fileURLToPath(new URL(`${name}/index.html`, import.meta.url))

/** One entry per page, so that nobody loads what is another's. */
export default defineConfig({
  root: fileURLToPath(new URL('.', import.meta.url)),
  base: '/',
  publicDir: false,
  logLevel: 'warn',
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    // Why: the policy of the pages allows no inline data and no script of unknown origin.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: 'es2022',
    // Why: the text editor is one large chunk that only the author's page loads, after its first paint.
    chunkSizeWarningLimit: 4_000,
    rollupOptions: { input: Object.fromEntries(pages.map(name => [name, page(name)])) },
  },
})
