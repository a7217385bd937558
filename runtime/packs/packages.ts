import { readFile, realpath } from 'node:fs/promises'
import { isBuiltin } from 'node:module'
import { dirname, join, relative, sep } from 'node:path'
import type { Plugin } from 'rolldown'

/** What the code of an action is taken from, and what stands in the way. */
export interface Reach {
  readonly plugin: Plugin
  /** A sentence for each import that cannot be brought, in order. */
  readonly refused: () => string[]
  /** A file's path as it would be if every package lay in the pack's own `node_modules`. */
  readonly pathOf: (file: string) => string
}

/**
 * Takes code from a pack's folder, and of packages that are found by their name wherever npm or a workspace put them: above the
 * folder or linked into it. A path that leads outside is refused, as it would bring whatever lies there.
 * @param root real path of the pack's folder
 * @param own names that are there without being brought
 */
export function reachOf(root: string, own: readonly string[]): Reach {
  const packages = new Map<string, string>()
  const refused = new Map<string, string>()
  const packageOf = (file: string) =>
    [...packages].find(([folder]) => file.startsWith(folder + sep) && !file.startsWith(root + sep))
  const pathOf = (file: string) => {
    const [folder, name] = packageOf(file) ?? [root]
    const inside = relative(folder, file).split(sep)
    return (name === undefined ? inside : ['node_modules', name, ...inside]).join('/')
  }
  const plugin: Plugin = {
    name: 'what-a-pack-brings',
    async resolveId(source, importer, options) {
      if (importer === undefined || !isBare(source) || own.includes(source)) return null
      const found = isBuiltin(source)
        ? null
        : await this.resolve(source, importer, { ...options, skipSelf: true })
      if (!found || found.external) {
        refused.set(source, `${source} (in ${pathOf(importer)}): ${whyNot(source)}`)
        return { id: source, external: true }
      }
      const folder = await packageFolder(await realpath(found.id), nameOf(source))
      if (folder !== undefined) packages.set(folder, nameOf(source))
      return found
    },
    async load(id) {
      if (id.startsWith('\0')) return
      const real = await realpath(id)
      if (real.endsWith('.node')) refused.set(real, `${pathOf(real)} is machine code, which no sandbox runs`)
      else if (!real.startsWith(root + sep) && !packageOf(real))
        refused.set(
          real,
          `${pathOf(real)} lies outside the pack’s folder: copy it in, or install it as a package`,
        )
    },
  }
  return { plugin, pathOf, refused: () => [...refused.values()] }
}

/** A package by its name, not a path. */
const isBare = (source: string) => !/^(\.|\/|#|\0|[a-z]:[\\/])/i.test(source)

/** `@scope/name/part` is of `@scope/name`. */
const nameOf = (source: string) =>
  source
    .split('/')
    .slice(0, source.startsWith('@') ? 2 : 1)
    .join('/')

/** The folder of the package of a name that a file belongs to. */
async function packageFolder(file: string, name: string): Promise<string | undefined> {
  for (let folder = dirname(file); dirname(folder) !== folder; folder = dirname(folder)) {
    const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => undefined)
    if (text !== undefined && nameIn(text) === name) return folder
  }
  return undefined
}

function nameIn(text: string): unknown {
  try {
    return (JSON.parse(text) as { name?: unknown }).name
  } catch {
    // Why: what is no JSON names no package.
    return undefined
  }
}

const instead: Readonly<Record<string, string>> = {
  ...{ http: 'call out with `net`', https: 'call out with `net`', net: 'call out with `net`' },
  ...{ crypto: 'there is `random.uuid()`', process: 'take an input or a `secret`' },
}

function whyNot(source: string): string {
  if (!isBuiltin(source)) return `it is not installed; npm install ${nameOf(source)} in the pack’s folder`
  const use = instead[source.replace(/^node:/, '')] ?? 'use a library that needs none of Node’s modules'
  return `it is a module of Node’s, which the sandbox does not have; ${use}`
}
