// Builds the pages when they are stale: a hash over what they are made of differs from the stamp of the last build.
// Plain JavaScript, as it runs before anything else does.
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = `${root}studio/dist/`
const stampFile = `${dist}stamp`
const sources = ['core', 'dsl', 'studio', 'package-lock.json']

const stamp = hashOf(sources.flatMap(filesBelow))
if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) await build()

async function build() {
  const begun = Date.now()
  process.stderr.write('正在构建页面 … Building the pages …\n')
  const { build: bundle } = await import('vite')
  try {
    await bundle({ configFile: `${root}studio/vite.config.ts` })
  } catch (error) {
    process.stderr.write(`页面构建失败。 The pages could not be built.\n${error?.message ?? error}\n`)
    process.exit(1)
  }
  writeFileSync(stampFile, stamp)
  process.stderr.write(`  ${((Date.now() - begun) / 1000).toFixed(1)} s\n`)
}

function filesBelow(path) {
  const full = `${root}${path}`
  if (!existsSync(full)) return []
  if (!statSync(full).isDirectory()) return [path]
  return readdirSync(full)
    .filter(name => name !== 'dist' && name !== 'node_modules')
    .sort()
    .flatMap(name => filesBelow(`${path}/${name}`))
}

function hashOf(files) {
  const hash = createHash('sha256')
  for (const file of files) hash.update(`${file}\n`).update(readFileSync(`${root}${file}`))
  return hash.digest('hex')
}
