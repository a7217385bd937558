// Makes `dist`, or the folder that is named: what the npm package holds, the sources as JavaScript, the pages, the packs. Node
// strips types from no package, so they are stripped here; nothing else is changed, and lines keep their places. Run by `npm pack`.
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { stripTypeScriptTypes } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const dist = process.argv[2] ?? `${root}dist/`
/** A path of our own to a TypeScript source, as an import or a file beside it says it. */
const ownSource = /(['"])(\.{1,2}\/[^'"\n]*|#[^'"\n]*)\.ts\1/g

rmSync(dist, { recursive: true, force: true })
for (const folder of ['core', 'dsl', 'runtime']) for (const path of filesBelow(folder)) carry(path)
for (const folder of ['plugins', 'studio/dist'])
  cpSync(`${root}${folder}`, join(dist, folder), { recursive: true })
writeFileSync(join(dist, 'package.json'), `${JSON.stringify(packageHere(), null, 2)}\n`)

function carry(path) {
  const to = join(dist, path)
  mkdirSync(dirname(to), { recursive: true })
  // What is a template stays as it is: it is written for the reader.
  if (!path.endsWith('.ts') || path.includes('/templates/')) return cpSync(`${root}${path}`, to)
  const source = readFileSync(`${root}${path}`, 'utf8')
  const code = stripTypeScriptTypes(source).replace(ownSource, '$1$2.js$1')
  writeFileSync(to.replace(/\.ts$/, '.js'), code)
}

/** What `#core/table` means among the files here. */
function packageHere() {
  const { name, version, type, imports } = JSON.parse(readFileSync(`${root}package.json`, 'utf8'))
  const asCode = Object.entries(imports).map(([key, path]) => [key, path.replace(/\.ts$/, '.js')])
  return { name, version, type, imports: Object.fromEntries(asCode) }
}

function filesBelow(folder) {
  // Why not all of that name: what `axle init` writes has one too.
  const isOwnProject = path => path.endsWith('/tsconfig.json') && !path.includes('/templates/')
  return readdirSync(`${root}${folder}`, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => `${entry.parentPath}/${entry.name}`.slice(root.length))
    .filter(path => !isOwnProject(path))
}
