// An exclusive lock on a data directory: a file with the holder's process id and start time.
import {
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { DataInUseError } from './errors.ts'

/** How long an opener watches a lock it cannot judge otherwise for a sign of life. */
const WATCH_MS = 1_700
const BEAT_MS = 400
const GUARD_STALE_MS = 1_000

type Holder = { readonly pid: number; readonly started: string; readonly host: string; readonly id: string }

/** Takes the lock or throws DataInUseError within 2 s; a dead holder's lock is taken over. The result releases it. */
export async function lockDataDir(dataDir: string): Promise<() => void> {
  mkdirSync(dataDir, { recursive: true })
  const path = join(dataDir, 'lock')
  const mine: Holder = {
    pid: process.pid,
    started: startOf(process.pid),
    host: hostname(),
    id: crypto.randomUUID(),
  }
  const text = JSON.stringify(mine)
  if (!createExclusively(path, text)) {
    const holder = await livingHolder(path)
    if (holder !== undefined || !(await takeOver(path, text))) {
      throw new DataInUseError(dataDir, holder ?? 'a process that just started')
    }
  }
  const beat = setInterval(() => touch(path), BEAT_MS)
  beat.unref()
  return () => {
    clearInterval(beat)
    if (read(path)?.id === mine.id) rmSync(path, { force: true })
  }
}

function createExclusively(path: string, text: string): boolean {
  try {
    writeFileSync(path, text, { flag: 'wx' })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

/** Names the living holder; undefined when the lock is stale. */
async function livingHolder(path: string): Promise<string | undefined> {
  const holder = read(path)
  if (holder?.host === hostname()) {
    if (!isAlive(holder.pid)) return undefined
    const started = startOf(holder.pid)
    if (started !== '' && holder.started !== '') {
      return started === holder.started ? `process ${holder.pid}` : undefined
    }
  }
  // Why: a lock still being written, of another machine or container, or of a process whose start time cannot be
  // read, is judged by its heartbeat alone.
  const before = beatOf(path)
  for (let waited = 0; waited < WATCH_MS; waited += 100) {
    await pause(100)
    if (beatOf(path) !== before) return holder ? `process ${holder.pid} on ${holder.host}` : 'another process'
  }
  return undefined
}

/** Replaces a stale lock; false when another process was faster. */
async function takeOver(path: string, text: string): Promise<boolean> {
  const guard = `${path}.takeover`
  if (!enterGuard(guard)) return false
  try {
    // INVARIANT: only inside the guard is an existing lock replaced, and only after it was found stale again.
    if ((await livingHolder(path)) !== undefined) return false
    writeFileSync(`${path}.new`, text)
    renameSync(`${path}.new`, path)
    return true
  } finally {
    rmSync(guard, { recursive: true, force: true })
  }
}

function enterGuard(guard: string): boolean {
  const since = existsSync(guard) ? statSync(guard).mtimeMs : undefined
  if (since !== undefined && Date.now() - since > GUARD_STALE_MS)
    rmSync(guard, { recursive: true, force: true })
  try {
    mkdirSync(guard)
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function read(path: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as Holder
  } catch {
    return undefined
  }
}

function beatOf(path: string): number {
  try {
    return statSync(path).mtimeMs
  } catch {
    return 0
  }
}

function touch(path: string): void {
  try {
    const now = new Date()
    utimesSync(path, now, now)
  } catch {
    // The directory was removed beneath a running process; there is nothing left to guard.
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** When a process started, as this boot's id and clock ticks; empty where the system does not say. */
function startOf(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return `${boot}:${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
  } catch {
    return ''
  }
}
