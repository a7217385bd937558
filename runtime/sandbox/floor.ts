import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'

/** Below it there is an escape (GHSA-864f-rcv7-6rh4). */
const FLOOR = [7, 0, 1] as const

/** Whether a version of isolated-vm may run strangers' code. */
export function isSafeVersion(version: string): boolean {
  const parts = version.split('.').map(Number)
  for (const [at, least] of FLOOR.entries()) {
    const part = parts[at] ?? 0
    // Why not `!==` alone: a pre-release such as 7.0.1-rc.1 reads as NaN and is none.
    if (!(part >= 0)) return false
    if (part !== least) return part > least
  }
  return true
}

/** Throws when the isolated-vm that is installed has a known escape. */
export function refuseUnsafe(): void {
  const entry = createRequire(import.meta.url).resolve('isolated-vm')
  const { version } = JSON.parse(readFileSync(join(dirname(entry), 'package.json'), 'utf8')) as {
    version: string
  }
  if (!isSafeVersion(version))
    throw new Error(`isolated-vm ${version} has a known escape; ${FLOOR.join('.')} or later is needed`)
}
