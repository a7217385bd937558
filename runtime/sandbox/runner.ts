// The process that runs strangers' code: no database, no secrets, no sockets, an empty environment. One run at a time;
// everything outward is asked of the parent, which also holds the deadline and the memory limit.
import ivm from 'isolated-vm'
import { guestBootstrap, packModule } from './guest.ts'
import {
  CPU_MS,
  HEAP_MB,
  MAX_CALLS,
  MAX_RESULT_BYTES,
  type FromRunner,
  type RunRequest,
  type ToRunner,
} from './protocol.ts'

const send = (message: FromRunner) => process.send!(message)
const waiting = new Map<number, (answer: string) => void>()

process.on('message', (message: ToRunner) => {
  if (message.kind === 'run') void run(message.run).then(send)
  else {
    waiting.get(message.call)?.(message.answer)
    waiting.delete(message.call)
  }
})
send({ kind: 'ready' })

async function run({ source, input, key, calls }: RunRequest): Promise<FromRunner> {
  // Why abort: out-of-memory inside V8 leaves nothing to clean up with; the parent starts a new process.
  const isolate = new ivm.Isolate({ memoryLimit: HEAP_MB, onCatastrophicError: () => process.abort() })
  try {
    const context = await isolate.createContext()
    await bind(context, new Set(calls))
    await context.eval(guestBootstrap, { timeout: CPU_MS })
    const module = await isolate.compileModule(source, { filename: 'action' })
    const pack = await isolate.compileModule(packModule)
    await pack.instantiate(context, () => {
      throw new Error('import')
    })
    await module.instantiate(context, specifier => {
      if (specifier !== '#pack') throw new Error(`import ${specifier}`)
      return pack
    })
    await module.evaluate({ timeout: CPU_MS })
    const entry = await module.namespace.get('default', { reference: true })
    const guest = await context.global.get('__run', { reference: true })
    const options = {
      arguments: { copy: true },
      result: { promise: true, copy: true },
      timeout: CPU_MS,
    } as const
    const text: unknown = await guest.apply(undefined, [entry.derefInto(), input, key], {
      result: options.result,
      timeout: options.timeout,
    })
    if (typeof text !== 'string' || text.length > MAX_RESULT_BYTES) return fault('result', 'too big')
    return { kind: 'done', result: text }
  } catch (error) {
    return faultOf(error)
  } finally {
    if (!isolate.isDisposed) isolate.dispose()
  }
}

let calls = 0

/** The one way out of the isolate: a name and a JSON text in, a JSON text back, so many times. */
async function bind(context: ivm.Context, allowed: ReadonlySet<string>): Promise<void> {
  let used = 0
  const call = new ivm.Reference((name: unknown, args: unknown): Promise<string> => {
    if (typeof name !== 'string' || typeof args !== 'string' || !allowed.has(name))
      return answer('not-granted')
    if (args.length > MAX_RESULT_BYTES) return answer('too-big')
    if (++used > MAX_CALLS) return answer('calls')
    const id = ++calls
    const { promise, resolve } = Promise.withResolvers<string>()
    waiting.set(id, resolve)
    send({ kind: 'call', call: id, name, args })
    return promise
  })
  await context.global.set('__call', call)
}

const answer = (error: string) => Promise.resolve(JSON.stringify({ error }))

function faultOf(error: unknown): FromRunner {
  const text = error instanceof Error ? error.message : ''
  if (/timed out/.test(text)) return fault('deadline', 'cpu')
  if (/disposed|memory/i.test(text)) return fault('memory', '')
  if (/^import/.test(text)) return fault('import', text.slice(0, 200))
  return fault('source', text.slice(0, 500))
}

function fault(code: string, detail: string): FromRunner {
  return { kind: 'fault', code, detail }
}
