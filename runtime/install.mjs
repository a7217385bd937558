// Brings the dependencies when they are missing or the lock file changed; of another folder when it is named. Plain JavaScript without imports
// from npm, because it runs before anything is installed and on whatever Node is there.
import { createHash } from 'node:crypto'
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL(`../${process.argv[2] ?? ''}`, import.meta.url)).replace(/\/?$/, '/')
const stampFile = `${root}node_modules/.axle-stamp`
const stamp = createHash('sha256')
  .update(readFileSync(`${root}package-lock.json`))
  .update(`${process.platform} ${process.arch}`)
  .digest('hex')

if (!existsSync(stampFile) || readFileSync(stampFile, 'utf8') !== stamp) install()

function install() {
  process.stderr.write('Axle: installing dependencies from the lock file …\n')
  const args = ['ci', '--include=dev', '--no-audit', '--no-fund', '--loglevel=error']
  const npm = process.env.npm_execpath
  const run = npm
    ? spawnSync(process.execPath, [npm, ...args], { cwd: root, stdio: ['ignore', 2, 2] })
    : spawnSync('npm', args, { cwd: root, stdio: ['ignore', 2, 2], shell: process.platform === 'win32' })
  if (run.status !== 0) {
    process.stderr.write('Axle: the installation failed. Check the network and run the command again.\n')
    process.exit(run.status ?? 1)
  }
  writeFileSync(stampFile, stamp)
}
