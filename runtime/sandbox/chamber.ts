// The isolate in which one action of one tenant runs; a fresh context for every run, some of them prepared ahead.
import { stripTypeScriptTypes } from 'node:module'
import ivm from 'isolated-vm'
import { guestBootstrap, packModule } from './guest.ts'
import { CPU_MS, HEAP_MB, MAX_BATCH_BYTES, type RunRequest } from './protocol.ts'

/** Answers one call of the guest: JSON in, JSON out. */
export type Ask = (item: number, name: string, args: string) => Promise<string>

export interface Chamber {
  /**
   * The guest's JSON text. Throws BadSource, ParserBroken, and otherwise what V8 and isolated-vm throw; `isSpent` then says
   * whether it was for CPU time.
   */
  readonly run: (request: RunRequest, ask: Ask) => Promise<string>
  readonly isSpent: () => boolean
  /** Whether it is gone for lack of memory: nothing else takes an isolate away. */
  readonly isFull: () => boolean
  readonly code: () => Code | undefined
  /** Makes what the next run needs, so that it need not wait for it. */
  readonly prepare: () => void
  /** Whether it is still good for another run. */
  readonly isSound: () => boolean
  readonly dispose: () => void
}

interface Code {
  readonly source: string
  readonly script: string
  /** It could be linked. */
  isSound: boolean
}

interface Room {
  readonly context: ivm.Context
  readonly guest: ivm.Reference
  /** The action, not yet run; undefined until its text is known. */
  linked: Linked | undefined
  /** Set for the one run that the room is used for. */
  ask: Ask | undefined
}

const AHEAD = 4
const CPU_WATCH_MS = 50
/** V8 is in no hurry to clear old contexts away; from here on a new isolate is cheaper than waiting for it. */
const MAX_IDLE_HEAP_BYTES = 16 * 1024 * 1024

/** An isolate that nobody has used yet; with another's code, it goes on in its place. */
export function createChamber(after?: Chamber): Chamber {
  // Why abort: out-of-memory inside V8 leaves nothing to clean up with; the parent starts a new process.
  const isolate = new ivm.Isolate({ memoryLimit: HEAP_MB, onCatastrophicError: () => process.abort() })
  const rooms: Room[] = []
  let spent = false
  let code = after?.code()
  return {
    run: async (request, ask) => {
      if (code?.source !== request.source)
        code = { source: request.source, script: scriptOf(request.source), isSound: false }
      const room = rooms.pop() ?? createRoom(isolate)
      room.ask = ask
      const cpu = watchCpu(isolate, () => (spent = true))
      try {
        room.linked ??= link(isolate, room.context, code.script)
        code.isSound = true
        return await runIn(room, room.linked, { request, leftMs: cpu.leftMs })
      } finally {
        cpu.stop()
        room.ask = undefined
        if (!isolate.isDisposed) for (const held of [room.guest, room.context]) held.release()
      }
    },
    isSpent: () => spent,
    isFull: () => isolate.isDisposed && !spent,
    code: () => code,
    prepare: () => {
      if (rooms.length >= AHEAD || isolate.isDisposed) return
      const room = createRoom(isolate)
      if (code?.isSound) room.linked = link(isolate, room.context, code.script)
      rooms.push(room)
    },
    isSound: () =>
      !spent && !isolate.isDisposed && isolate.getHeapStatisticsSync().used_heap_size < MAX_IDLE_HEAP_BYTES,
    dispose: () => {
      if (!isolate.isDisposed) isolate.dispose()
    },
  }
}

/** The text is no module, or imports what there is not; the message ends in `[action:line:column]` where that is known. */
export class BadSource extends Error {}

/** The parser of types broke down over a text. Whoever sees it ends the process: its memory may be spoilt for all. */
export class ParserBroken extends Error {}

/** JavaScript with every character where it stood. Why here: a stranger's text is not parsed in the parent. */
function scriptOf(source: string): string {
  try {
    return stripTypeScriptTypes(source)
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw new ParserBroken('the text cannot be read')
    throw new BadSource(`${error.message}${placeIn(error.stack ?? '')}`)
  }
}

/** Node tells the place of a syntax error in the head of its stack alone: `:line`, the text, and a caret below it. */
function placeIn(stack: string): string {
  const [, line] = /^[^\n]*:(\d+)\n/.exec(stack) ?? []
  const [, before] = /\n( *)\^+\n/.exec(stack) ?? []
  return line === undefined || before === undefined ? '' : ` [action:${line}:${before.length + 1}]`
}

function createRoom(isolate: ivm.Isolate): Room {
  const context = isolate.createContextSync()
  const setup = context.evalSync(guestBootstrap, { reference: true, timeout: CPU_MS })
  const call = new ivm.Reference((item: unknown, name: unknown, args: unknown): Promise<string> => {
    const isCall = typeof item === 'number' && typeof name === 'string' && typeof args === 'string'
    // Why never: a room whose run is over gets no more answers, nor the time to read them.
    if (!room.ask || !isCall) return new Promise(() => {})
    return room.ask(item, name, args)
  })
  const guest = setup.applySync(undefined, [call], { result: { reference: true } }) as ivm.Reference
  setup.release()
  const room: Room = { context, guest, linked: undefined, ask: undefined }
  return room
}

async function runIn(
  { guest }: Room,
  { module, pack }: Linked,
  { request, leftMs }: { readonly request: RunRequest; readonly leftMs: () => number },
): Promise<string> {
  const { items, grants } = request
  // Why in this thread: handing over to another costs more than all the rest; the parent holds the deadline anyway.
  module.evaluateSync({ timeout: leftMs() })
  const entry = module.namespace.getSync('default', { reference: true })
  const text: unknown = await guest.applySync(
    undefined,
    [
      entry.derefInto(),
      JSON.stringify(grants),
      `[${items.map(({ input }) => input).join(',')}]`,
      JSON.stringify(items.map(({ key }) => key)),
    ],
    { result: { promise: true, copy: true }, timeout: leftMs() },
  )
  // INVARIANT: whatever holds on to a context is released with it; an isolate full of old contexts runs out of memory.
  for (const held of [entry, module, pack]) held.release()
  return typeof text === 'string' && text.length <= 2 * MAX_BATCH_BYTES ? text : ''
}

type Linked = Readonly<Record<'module' | 'pack', ivm.Module>>

function link(isolate: ivm.Isolate, context: ivm.Context, script: string): Linked {
  const pack = isolate.compileModuleSync(packModule)
  pack.instantiateSync(context, () => {
    throw new Error('import')
  })
  try {
    const module = isolate.compileModuleSync(script, { filename: 'action' })
    module.instantiateSync(context, specifier => {
      if (specifier !== '#pack') throw new Error(`import ${specifier}`)
      return pack
    })
    return { module, pack }
  } catch (error) {
    if (isolate.isDisposed) throw error
    throw new BadSource(error instanceof Error ? error.message : '')
  }
}

/** The limit of V8 holds up to the first wait only; this one counts what comes after as well. */
function watchCpu(isolate: ivm.Isolate, spend: () => void): { stop: () => void; leftMs: () => number } {
  const start = isolate.cpuTime
  const leftMs = () => Math.max(1, CPU_MS - Number((isolate.cpuTime - start) / 1_000_000n))
  const timer = setInterval(() => {
    if (isolate.isDisposed || leftMs() > 1) return
    spend()
    isolate.dispose()
  }, CPU_WATCH_MS)
  return { leftMs, stop: () => clearInterval(timer) }
}
