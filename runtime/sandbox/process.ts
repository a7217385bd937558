import { fork, type ChildProcess } from 'node:child_process'
import { existsSync, readFileSync, realpathSync } from 'node:fs'
import { createRequire } from 'node:module'
import { constants, setPriority } from 'node:os'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { HEAP_MB, MAX_CALLS, type FromRunner, type RunRequest } from './protocol.ts'

/** What a runner may have in memory. */
export const MAX_RSS_BYTES = 256 * 1024 * 1024
/** Beyond this it is killed: what comes in until the next look must still fit. */
const KILL_RSS_BYTES = 176 * 1024 * 1024
/** How long past its timeout a run is waited for before its process is killed. */
export const GRACE_MS = 200
const WATCH_MS = 10
const PAGE_BYTES = 4096

/** Answers a call of the guest for one of the run's tickets: JSON in, JSON out; never rejects. */
export type Answer = (item: number, name: string, args: string) => Promise<string>

/** How a run ended: the guest's JSON text, or why there is none. */
export interface RunEnd {
  readonly result?: string
  readonly fault?: { readonly code: string; readonly detail: string }
  readonly maxRssBytes: number
  readonly calls: number
}

/** One runner process, for one run at a time. */
export interface Runner {
  readonly run: (request: RunRequest, options: { timeoutMs: number; answer: Answer }) => Promise<RunEnd>
  readonly isAlive: () => boolean
  readonly pid: number
  readonly kill: () => void
  /** Lets everybody else go first, or takes part like them again; false when the system does not let it. */
  readonly yieldToOthers: (yields: boolean) => boolean
}

const own = (path: string) => fileURLToPath(new URL(path, import.meta.url))
const root = own('../..')
// Why the real path too: the permission model looks at where a linked package really lies.
const packages = [
  ...foldersOfPackages(),
  dirname(dirname(realpathSync(createRequire(import.meta.url).resolve('isolated-vm')))),
]

/** Where packages are looked for from here: beside the clone's sources, or beside this package where it is installed. */
function foldersOfPackages(): string[] {
  const around: string[] = []
  for (let folder = own('.'); dirname(folder) !== folder; folder = dirname(folder))
    around.push(join(folder, 'node_modules'))
  return around.filter(folder => existsSync(join(folder, 'isolated-vm')))
}

/** Starts a runner with nothing in its environment and, as a second fence, Node's permission model. */
export async function startRunner(): Promise<Runner> {
  const child = fork(own('./runner.ts'), [], {
    cwd: root,
    env: {},
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    serialization: 'json',
    execArgv: [
      ...['--permission', '--allow-addons', '--no-warnings', '--max-old-space-size=64'],
      ...['runtime/', 'package.json'].map(path => `--allow-fs-read=${root}${path}`),
      ...packages.map(folder => `--allow-fs-read=${folder}/`),
      '--allow-fs-read=/etc/alpine-release',
    ],
  })
  // Why no word: a message to a runner that is just dying fails here too; its exit says all there is to say.
  child.on('error', () => {})
  await ready(child)
  lastRss.set(child, residentBytes(child.pid ?? 0))
  return {
    pid: child.pid ?? 0,
    // Why also killed: it takes a moment until a process that was told to end is gone.
    isAlive: () => !child.killed && child.exitCode === null && child.signalCode === null && child.connected,
    kill: () => void child.kill('SIGKILL'),
    yieldToOthers: yields => prioritise(child, yields),
    run: (request, options) => runOn(child, request, options),
  }
}

function prioritise(child: ChildProcess, yields: boolean): boolean {
  const { PRIORITY_BELOW_NORMAL, PRIORITY_NORMAL } = constants.priority
  try {
    setPriority(child.pid ?? -1, yields ? PRIORITY_BELOW_NORMAL : PRIORITY_NORMAL)
    return true
  } catch {
    // Why: the process is gone, or only an administrator may raise what was lowered.
    return false
  }
}

const START_MS = 10_000

function ready(child: ChildProcess): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  const deadline = setTimeout(() => child.kill('SIGKILL'), START_MS)
  child.once('exit', () => clearTimeout(deadline))
  child.once('message', () => {
    clearTimeout(deadline)
    resolve()
  })
  child.once('exit', code => reject(new Error(`the runner ended with ${code} before it was ready`)))
  child.once('error', reject)
  return promise
}

/** What a runner had in memory when it was last looked at between runs. */
const lastRss = new WeakMap<ChildProcess, number>()

/** After these a runner is not trusted with another run; its process is replaced. */
const last = new Set(['deadline', 'memory', 'parser'])

function runOn(
  child: ChildProcess,
  request: RunRequest,
  { timeoutMs, answer }: { timeoutMs: number; answer: Answer },
): Promise<RunEnd> {
  const { promise, resolve } = Promise.withResolvers<RunEnd>()
  let maxRssBytes = lastRss.get(child) ?? 0
  let calls = 0
  // Why ended at once: nothing of the process is listened to any more, and a busy machine may take long to bury it.
  const kill = (code: string, detail: string) => {
    child.kill('SIGKILL')
    end({ fault: { code, detail } })
  }
  const deadline = setTimeout(
    () => kill('deadline', `no answer within ${timeoutMs} ms`),
    timeoutMs + GRACE_MS,
  )
  const watch = setInterval(() => {
    const rss = residentBytes(child.pid ?? 0)
    maxRssBytes = Math.max(maxRssBytes, rss)
    if (rss > KILL_RSS_BYTES) kill('memory', `${Math.round(rss / 1024 / 1024)} MB with its buffers`)
  }, WATCH_MS)
  const end = (ended: Pick<RunEnd, 'result' | 'fault'>) => {
    clearTimeout(deadline)
    clearInterval(watch)
    child.off('message', onMessage)
    child.off('exit', onExit)
    if (ended.fault && last.has(ended.fault.code)) child.kill('SIGKILL')
    resolve({ ...ended, maxRssBytes, calls })
    // Why later: reading it takes as long as a small run.
    setImmediate(() => lastRss.set(child, residentBytes(child.pid ?? 0)))
  }
  const onExit = (_: number | null, signal: NodeJS.Signals | null) => end({ fault: exitFault(signal) })
  const onCall = async ({ call, item, name, args }: FromRunner & { kind: 'call' }) => {
    // Why killed: its own count comes first, so a runner that goes on is no longer ours.
    if (++calls > MAX_CALLS * request.items.length) return kill('killed', 'calls')
    const text = await answer(item, name, args)
    if (child.connected) child.send({ kind: 'answer', call, answer: text })
  }
  const onMessage = (message: FromRunner) => {
    if (message.kind === 'done') end({ result: message.result })
    else if (message.kind === 'fault') end({ fault: { code: message.code, detail: message.detail } })
    else if (message.kind === 'call') void onCall(message)
  }
  child.on('message', onMessage)
  child.on('exit', onExit)
  if (child.connected) child.send({ kind: 'run', run: request })
  else onExit(child.exitCode, child.signalCode)
  return promise
}

/** A runner that aborts itself has no memory left; any other end came from outside. */
function exitFault(signal: NodeJS.Signals | null): { code: string; detail: string } {
  const aborted = signal === 'SIGABRT' || signal === 'SIGTRAP' || signal === 'SIGILL'
  if (aborted) return { code: 'memory', detail: `more than ${HEAP_MB} MB` }
  return { code: 'killed', detail: signal ?? 'the runner ended' }
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
