import { realpath } from 'node:fs/promises'
import { join } from 'node:path'
import { reachOf } from './packages.ts'

/** An action cannot be brought into one text; the message says what stands in the way. */
export class BundleError extends Error {}

/** What an action may import without being bundled. */
const PACK_MODULE = '#pack'

/**
 * One text of JavaScript for an action that imports files or npm packages of its pack, its source map at its end with paths
 * from the pack's folder; undefined for an action that runs as it is written. Throws BundleError.
 */
export async function bundleAction(
  folder: string,
  { path, text }: { readonly path: string; readonly text: string },
): Promise<string | undefined> {
  if (!importsMore(text)) return undefined
  return bundle(await realpath(folder), path)
}

/** A name that only looks like an import costs a bundle, no more. */
function importsMore(text: string): boolean {
  const named = [...text.matchAll(/\b(?:from|import|require)\s*\(?\s*(['"])([^'"]*)\1/g)]
  return named.some(([, , specifier]) => specifier !== PACK_MODULE)
}

async function bundle(root: string, path: string): Promise<string> {
  // Why here: only a pack whose actions import something needs it.
  const { rolldown } = await import('rolldown')
  const reach = reachOf(root, [PACK_MODULE])
  try {
    const made = await rolldown({
      ...{
        input: join(root, path),
        cwd: root,
        platform: 'neutral',
        external: [PACK_MODULE],
        logLevel: 'silent',
      },
      resolve: { mainFields: ['module', 'main'], conditionNames: ['import', 'default'] },
      transform: { define: { 'process.env.NODE_ENV': '"production"' } },
      plugins: [reach.plugin],
      // Why none: it would say where packages lie on this machine.
      experimental: { attachDebugInfo: 'none' },
    })
    const { output } = await made.generate({ format: 'esm', sourcemap: true, codeSplitting: false })
    await made.close()
    const [chunk] = output
    const refused = reach.refused()
    if (refused.length > 0) throw new BundleError(refused.map(one => `${path} imports ${one}`).join('\n'))
    const folder = join(root, path, '..')
    return `${withoutComment(chunk.code)}\n${mapComment(chunk.map!, source => reach.pathOf(join(folder, source)))}\n`
  } catch (error) {
    if (error instanceof BundleError) throw error
    const [refused] = reach.refused()
    if (refused !== undefined) throw new BundleError(`${path} imports ${refused}`)
    throw new BundleError(`${path} cannot be bundled: ${error instanceof Error ? error.message : ''}`)
  }
}

function withoutComment(code: string): string {
  return code.replace(/\n\/\/# sourceMappingURL=.*\s*$/, '').trimEnd()
}

/** The map without the sources themselves: they are in the pack or on npm, and would double the text. */
function mapComment(
  map: {
    readonly sources: readonly (string | null)[]
    readonly names: readonly string[]
    readonly mappings: string
  },
  pathOf: (source: string) => string,
): string {
  const { names, mappings } = map
  const sources = map.sources.map(source => (source === null ? null : pathOf(source)))
  const json = JSON.stringify({ version: 3, sources, names, mappings })
  return `//# sourceMappingURL=data:application/json;base64,${Buffer.from(json).toString('base64')}`
}
