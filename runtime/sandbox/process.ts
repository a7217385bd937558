import { fork, type ChildProcess } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { FromRunner, RunRequest } from './protocol.ts'

/** Beyond this resident size a runner is killed. */
export const MAX_RSS_BYTES = 256 * 1024 * 1024
/** How long past its timeout a run is waited for before its process is killed. */
export const GRACE_MS = 200
const WATCH_MS = 25
const PAGE_BYTES = 4096

/** Answers a call of the guest: JSON in, JSON out. */
export type Answer = (name: string, args: string) => Promise<string>

/** How a run ended: the guest's JSON text, or why there is none. `reusable` is false when the process had to be killed. */
export interface RunEnd {
  readonly result?: string
  readonly fault?: { readonly code: string; readonly detail: string }
  readonly maxRssBytes: number
}

/** One runner process, for one run at a time. */
export interface Runner {
  readonly run: (request: RunRequest, options: { timeoutMs: number; answer: Answer }) => Promise<RunEnd>
  readonly isAlive: () => boolean
  readonly pid: number
  readonly kill: () => void
}

const root = fileURLToPath(new URL('../..', import.meta.url))
const file = (path: string) => `${root}${path}`

/** Starts a runner with nothing in its environment and, as a second fence, Node's permission model. */
export async function startRunner(): Promise<Runner> {
  const child = fork(file('runtime/sandbox/runner.ts'), [], {
    cwd: root,
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'json',
    execArgv: [
      ...['--permission', '--allow-addons', '--no-warnings', '--max-old-space-size=64'],
      ...['runtime/', 'node_modules/', 'package.json'].map(path => `--allow-fs-read=${file(path)}`),
      '--allow-fs-read=/etc/alpine-release',
    ],
  })
  await ready(child)
  return {
    pid: child.pid ?? 0,
    isAlive: () => child.exitCode === null && child.signalCode === null && child.connected,
    kill: () => void child.kill('SIGKILL'),
    run: (request, options) => runOn(child, request, options),
  }
}

function ready(child: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  child.once('message', () => resolve())
  child.once('exit', code => reject(new Error(`the runner ended with ${code} before it was ready`)))
  child.once('error', reject)
  return promise
}

function runOn(
  child: ChildProcess,
  request: RunRequest,
  { timeoutMs, answer }: { timeoutMs: number; answer: Answer },
): Promise<RunEnd> {
  const { promise, resolve } = Promise.withResolvers<RunEnd>()
  let maxRssBytes = 0
  let killed: { code: string; detail: string } | undefined
  const kill = (code: string, detail: string) => {
    killed ??= { code, detail }
    child.kill('SIGKILL')
  }
  const deadline = setTimeout(() => kill('deadline', `${timeoutMs} ms`), timeoutMs + GRACE_MS)
  const watch = setInterval(() => {
    const rss = residentBytes(child.pid ?? 0)
    maxRssBytes = Math.max(maxRssBytes, rss)
    if (rss > MAX_RSS_BYTES) kill('memory', `${Math.round(rss / 1024 / 1024)} MB`)
  }, WATCH_MS)
  const end = (ended: Omit<RunEnd, 'maxRssBytes'>) => {
    clearTimeout(deadline)
    clearInterval(watch)
    child.off('message', onMessage)
    child.off('exit', onExit)
    resolve({ ...ended, maxRssBytes })
  }
  const onExit = () => end({ fault: killed ?? { code: 'memory', detail: 'the runner aborted' } })
  const onMessage = (message: FromRunner) => {
    if (message.kind === 'done') end({ result: message.result })
    else if (message.kind === 'fault') end({ fault: { code: message.code, detail: message.detail } })
    else if (message.kind === 'call') void reply(child, message, answer)
  }
  child.on('message', onMessage)
  child.on('exit', onExit)
  child.send({ kind: 'run', run: request })
  return promise
}

async function reply(
  child: ChildProcess,
  { call, name, args }: FromRunner & { kind: 'call' },
  answer: Answer,
): Promise<void> {
  const text = await answer(name, args)
  if (child.connected) child.send({ kind: 'answer', call, answer: text })
}

/** Resident memory of a process as Linux tells it; 0 elsewhere, where only the heap limit holds. */
function residentBytes(pid: number): number {
  try {
    return Number(readFileSync(`/proc/${pid}/statm`, 'utf8').split(' ')[1]) * PAGE_BYTES
  } catch {
    // Why: the process is gone, or this is not Linux.
    return 0
  }
}
