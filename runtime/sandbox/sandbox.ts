import { stripTypeScriptTypes } from 'node:module'
import { startRunner, type Answer, type Runner, type RunEnd } from './process.ts'
import { MAX_LOG_BYTES, MAX_MESSAGE_CHARS, MAX_RESULT_BYTES } from './protocol.ts'

/** What an action may ask of the outside: answers to its calls, by name. `undefined` where it is not granted. */
export interface Capabilities {
  readonly net?: (request: NetRequest) => Promise<NetReply>
  readonly time: () => number
  readonly random: () => string
}

export interface NetRequest {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly url: string
  readonly body?: unknown
  /** A secret by its name, as `{ secret: 'ERP_TOKEN' }`; the value never enters the sandbox. */
  readonly options?: { readonly bearer?: { readonly secret: string } }
}

export interface NetReply {
  readonly status: number
  readonly json?: unknown
  readonly text: string
}

export interface SandboxRun {
  readonly tenant: string
  /** TypeScript. */
  readonly source: string
  readonly input: unknown
  readonly key: string
  readonly timeoutMs: number
  readonly capabilities: Capabilities
}

/** Codes: deadline, memory, thrown, result, import, source. */
export interface SandboxFault {
  readonly code: string
  readonly detail: string
}

export interface SandboxEnd {
  readonly value?: unknown
  readonly fault?: SandboxFault
  readonly log: readonly LogLine[]
  readonly meters: { readonly ms: number; readonly maxRssBytes: number; readonly calls: number }
}

export interface LogLine {
  readonly level: string
  readonly text: string
  readonly data: unknown
}

export interface Sandbox {
  readonly run: (run: SandboxRun) => Promise<SandboxEnd>
  readonly close: () => void
}

/** A pool of runner processes: one run each at a time, first come first served per tenant, tenants in turn. */
export function createSandbox({ runners: size = 2 }: { readonly runners?: number } = {}): Sandbox {
  const idle: Runner[] = []
  const queues = new Map<string, (() => void)[]>()
  let started = 0
  let closed = false
  const acquire = async (tenant: string): Promise<Runner> => {
    if (idle.length === 0 && started >= size) await turn(queues, tenant)
    const runner = idle.pop()
    if (runner?.isAlive()) return runner
    if (!runner) started++
    return startRunner()
  }
  const release = (runner: Runner) => {
    if (closed) runner.kill()
    else if (runner.isAlive()) idle.push(runner)
    else started--
    nextOf(queues)?.()
  }
  return {
    run: async request => {
      const prepared = prepare(request.source)
      if (prepared.fault) return ended(prepared.fault)
      const runner = await acquire(request.tenant)
      try {
        return await runPrepared(runner, prepared.source, request)
      } finally {
        release(runner)
      }
    },
    close: () => {
      closed = true
      for (const runner of idle) runner.kill()
    },
  }
}

function turn(queues: Map<string, (() => void)[]>, tenant: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>()
  const queue = queues.get(tenant)
  if (queue) queue.push(resolve)
  else queues.set(tenant, [resolve])
  return promise
}

/** The first of the tenant whose turn it is; the tenant then goes to the end of the line. */
function nextOf(queues: Map<string, (() => void)[]>): (() => void) | undefined {
  const [first] = queues
  if (!first) return undefined
  const [tenant, queue] = first
  const next = queue.shift()
  queues.delete(tenant)
  if (queue.length > 0) queues.set(tenant, queue)
  return next
}

function prepare(
  source: string,
): { readonly source: string; readonly fault?: never } | { readonly fault: SandboxFault } {
  try {
    return { source: stripTypeScriptTypes(source) }
  } catch (error) {
    // Why: the text is a stranger's; that it cannot be read is the answer.
    return { fault: { code: 'source', detail: error instanceof Error ? error.message.slice(0, 500) : '' } }
  }
}

async function runPrepared(runner: Runner, source: string, request: SandboxRun): Promise<SandboxEnd> {
  const { capabilities, input, key, timeoutMs } = request
  const started = performance.now()
  const log: LogLine[] = []
  let calls = 0
  const answerCall = answerFor(capabilities, log)
  const answer: Answer = (name, args) => {
    calls++
    return answerCall(name, args)
  }
  const granted = ['log', 'time', 'random', ...(capabilities.net ? ['net'] : [])]
  const run = { source, input: JSON.stringify(input), key, calls: granted }
  const end = await runner.run(run, { timeoutMs, answer })
  const meters = { ms: Math.round(performance.now() - started), maxRssBytes: end.maxRssBytes, calls }
  return { ...read(end), log, meters }
}

function read({ result, fault }: RunEnd): Pick<SandboxEnd, 'value' | 'fault'> {
  if (fault || result === undefined) return { fault: fault ?? { code: 'result', detail: '' } }
  if (result.length > MAX_RESULT_BYTES) return { fault: { code: 'result', detail: 'too big' } }
  try {
    const read = JSON.parse(result) as { ok: boolean; value?: unknown; message?: string }
    return read.ok ? { value: read.value } : { fault: { code: 'thrown', detail: String(read.message) } }
  } catch {
    // Why: the text comes out of the isolate; what is not JSON is no result.
    return { fault: { code: 'result', detail: 'not JSON' } }
  }
}

function answerFor({ net, time, random }: Capabilities, log: LogLine[]): Answer {
  let logged = 0
  return async (name, args) => {
    try {
      const asked = JSON.parse(args) as Record<string, unknown>
      if (name === 'net' && net) return JSON.stringify({ value: await net(asked as unknown as NetRequest) })
      if (name === 'time') return JSON.stringify({ value: time() })
      if (name === 'random') return JSON.stringify({ value: random() })
      logged += args.length
      if (logged <= MAX_LOG_BYTES) log.push(lineOf(asked))
      return JSON.stringify({ value: null })
    } catch (error) {
      const words = error instanceof Error ? error.message : 'refused'
      return JSON.stringify({ error: words.slice(0, MAX_MESSAGE_CHARS) })
    }
  }
}

function lineOf({ level, text, data }: Record<string, unknown>): LogLine {
  return { level: String(level), text: String(text).slice(0, MAX_MESSAGE_CHARS), data: data ?? null }
}

function ended(fault: SandboxFault): SandboxEnd {
  return { fault, log: [], meters: { ms: 0, maxRssBytes: 0, calls: 0 } }
}
