import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, readdirSync, readFileSync, realpathSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Puts the npm package into a folder as npm would, without a clone; its dependencies are those of the clone. Yields the path of
 * the `axle` command. Throws when the package cannot be made.
 */
export function installedPackage(folder: string): { readonly bin: string } {
  const installed = join(folder, 'node_modules', 'axle')
  mkdirSync(installed, { recursive: true })
  const make = ['--no-warnings', 'runtime/build-package.mjs', join(installed, 'dist')]
  const built = spawnSync(process.execPath, make, { encoding: 'utf8' })
  if (built.status !== 0) throw new Error(built.stderr)
  const { files } = JSON.parse(readFileSync('package.json', 'utf8')) as { files: string[] }
  for (const file of [...files.filter(each => each !== 'dist'), 'package.json'])
    cpSync(file, join(installed, file), { recursive: true })
  // Why the real path: the sandbox may read where packages lie, not a link on the way there.
  const packages = realpathSync('node_modules')
  for (const name of readdirSync(packages))
    if (!name.startsWith('.')) symlinkSync(join(packages, name), join(folder, 'node_modules', name))
  return { bin: join(installed, 'runtime/bin.mjs') }
}
