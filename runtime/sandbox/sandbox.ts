import { answerWith, isKeepable, visible, type Capabilities, type LogLine } from './capabilities/index.ts'
import { refuseUnsafe } from './floor.ts'
import { hinted } from './hint.ts'
import { createMetrics, type SandboxMetrics } from './metrics.ts'
import { createPool } from './pool.ts'
import type { Runner, RunEnd } from './process.ts'
import { MAX_BATCH, MAX_BATCH_BYTES, MAX_RESULT_BYTES, MAX_SOURCE_CHARS, type Grants } from './protocol.ts'
import { mappedStack, mappedText } from './trace.ts'

export { CPU_MS, HEAP_MB, MAX_BATCH, MAX_CALLS, MAX_SOURCE_CHARS } from './protocol.ts'

/** One ticket's share of a run. */
export interface SandboxItem {
  readonly input: unknown
  readonly key: string
  readonly capabilities: Capabilities
}

export interface SandboxBatch {
  readonly tenant: string
  /** TypeScript, or JavaScript with its map at its end. */
  readonly source: string
  readonly timeoutMs: number
  /** At most MAX_BATCH; all are granted the same. */
  readonly items: readonly SandboxItem[]
}

export type SandboxRun = Omit<SandboxBatch, 'items'> & SandboxItem

/** Codes: deadline, memory, killed, parser, thrown, result, import, source, input. */
export interface SandboxFault {
  readonly code: string
  readonly detail: string
  /** Where it happened in the action's own text, a place a line. */
  readonly stack?: string
}

export interface SandboxEnd {
  readonly value?: unknown
  readonly fault?: SandboxFault
  readonly log: readonly LogLine[]
  readonly meters: Meters
}

/** What a run took; of a batch, all its tickets together. */
export interface Meters {
  readonly ms: number
  readonly maxRssBytes: number
  readonly calls: number
}

export interface Sandbox {
  readonly run: (run: SandboxRun) => Promise<SandboxEnd>
  /** One run over many tickets; one answer each, in order. A broken limit is everybody's fault. */
  readonly runBatch: (batch: SandboxBatch) => Promise<SandboxEnd[]>
  readonly metrics: SandboxMetrics
  readonly close: () => void
}

/** Runs actions, one at a time in each of so many runner processes. Throws when isolated-vm has a known escape. */
export function createSandbox({ runners = 2 }: { readonly runners?: number } = {}): Sandbox {
  refuseUnsafe()
  const pool = createPool(runners)
  const metrics = createMetrics()
  const runBatch = async (batch: SandboxBatch) => {
    const inputs = batch.items.map(({ input }) => JSON.stringify(input ?? null))
    const refused = refusalOf(batch, inputs)
    if (refused) return batch.items.map(() => ({ fault: refused, log: [], meters: nothing }))
    const { tenant } = batch
    const runner = await pool.borrow(tenant)
    let broke = true
    try {
      const { ends, code, meters } = await runOn(runner, batch, inputs)
      broke = code !== undefined && broken.has(code)
      metrics.ran({ ...meters, code: code ?? ends.find(({ fault }) => fault)?.fault?.code })
      return ends
    } finally {
      pool.giveBack(runner, { tenant, broke })
    }
  }
  return {
    run: async ({ input, key, capabilities, ...rest }) =>
      (await runBatch({ ...rest, items: [{ input, key, capabilities }] }))[0]!,
    runBatch,
    metrics,
    close: pool.close,
  }
}

const nothing: Meters = { ms: 0, maxRssBytes: 0, calls: 0 }
/** A run that ended so went beyond its limits. */
const broken = new Set(['deadline', 'memory', 'killed', 'parser'])

function refusalOf({ source, items }: SandboxBatch, inputs: readonly string[]): SandboxFault | undefined {
  if (items.length > MAX_BATCH) throw new RangeError(`a run has at most ${MAX_BATCH} tickets`)
  if (source.length > MAX_SOURCE_CHARS) return { code: 'source', detail: 'too big' }
  const sizes = inputs.map(input => Buffer.byteLength(input))
  const total = sizes.reduce((sum, size) => sum + size, 0)
  const isTooBig = total > MAX_BATCH_BYTES || sizes.some(size => size > MAX_RESULT_BYTES)
  return isTooBig ? { code: 'input', detail: 'too big' } : undefined
}

async function runOn(
  runner: Runner,
  { tenant, source, items, timeoutMs }: SandboxBatch,
  inputs: readonly string[],
): Promise<{ ends: SandboxEnd[]; code: string | undefined; meters: Meters }> {
  const started = performance.now()
  const logs = items.map((): LogLine[] => [])
  const granted = (at: number) =>
    items[at] && { ...items[at].capabilities, log: (line: LogLine) => void logs[at]!.push(line) }
  const request = {
    ...{ tenant, source, grants: grantsOf(items[0]!.capabilities) },
    items: items.map(({ key }, at) => ({ input: inputs[at]!, key })),
  }
  const end = await runner.run(request, { timeoutMs, answer: answerWith(granted) })
  const ms = Math.round((performance.now() - started) * 100) / 100
  const meters = { ms, maxRssBytes: end.maxRssBytes, calls: end.calls }
  const { values, fault } = read(end, items.length)
  const told = fault && inSource(fault, source)
  const ends = items.map((_, at) => {
    const { value, fault } = told ? { value: undefined, fault: told } : valueOf(values[at], source)
    const log = logs[at]!
    return fault ? { fault, log, meters } : { value, log, meters }
  })
  return { ends, code: fault?.code, meters }
}

function grantsOf({ net, secrets = [], read, write, send, kv }: Capabilities): Grants {
  return { net: !!net, secrets, read: !!read, write: !!write, send: !!send, kv: !!kv }
}

type Read =
  | { readonly values: readonly unknown[]; readonly fault?: never }
  | { readonly values: readonly []; readonly fault: SandboxFault }

const ENVELOPE_BYTES = 64

/** The runner is not trusted: its text is measured before it is read, and read before it is believed. */
function read({ result, fault }: RunEnd, count: number): Read {
  const broke = (code: string, detail: string): Read => ({ values: [], fault: { code, detail } })
  if (fault || result === undefined) return broke(fault?.code ?? 'result', fault?.detail ?? '')
  const limit = count === 1 ? MAX_RESULT_BYTES + ENVELOPE_BYTES : MAX_BATCH_BYTES
  if (result === '' || Buffer.byteLength(result) > limit) return broke('result', 'too big')
  if (!isKeepable(result)) return broke('result', 'nested too deep, or characters that are none')
  try {
    const values: unknown = JSON.parse(result)
    if (Array.isArray(values) && values.length === count) return { values }
  } catch {
    // Why: the text comes out of the isolate; what is not JSON is no result.
  }
  return broke('result', 'not JSON')
}

function valueOf(item: unknown, source: string): Pick<SandboxEnd, 'value' | 'fault'> {
  const said = Object(item) as { value?: unknown; fault?: unknown; message?: unknown; stack?: unknown }
  if (!Object.hasOwn(said, 'fault')) return { value: said.value }
  const code = said.fault === 'result' ? 'result' : 'thrown'
  const stack = typeof said.stack === 'string' ? mappedStack(said.stack, source) : ''
  const detail = typeof said.message === 'string' ? hinted(visible(said.message)) : ''
  return { fault: { code, detail, ...(stack !== '' && { stack }) } }
}

function inSource({ code, detail }: SandboxFault, source: string): SandboxFault {
  return { code, detail: visible(mappedText(detail, source)) }
}
