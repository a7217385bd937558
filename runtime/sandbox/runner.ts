// The process that runs strangers' code: no database, no secrets, no sockets, an empty environment. One run at a time;
// everything outward is asked of the parent, which also holds the deadline and the memory limit.
import { BadSource, createChamber, ParserBroken, type Ask, type Chamber } from './chamber.ts'
import {
  CPU_MS,
  HEAP_MB,
  MAX_CALLS,
  MAX_MESSAGE_CHARS,
  type FromRunner,
  type RunRequest,
  type ToRunner,
} from './protocol.ts'

const send = (message: FromRunner) => process.send!(message)
const waiting = new Map<number, (answer: string) => void>()
/** Isolates by whose action they run, the least recently used first; one more waits for whoever comes new. */
const chambers = new Map<string, Chamber>()
const MAX_CHAMBERS = 3
let spare = createChamber()
let calls = 0

process.on('message', (message: ToRunner) => {
  if (message.kind === 'answer') {
    waiting.get(message.call)?.(message.answer)
    waiting.delete(message.call)
  } else void serve(message.run)
})
// Why so hard: without its parent nobody holds the deadline, and an exit waits for the guest's thread.
process.on('disconnect', () => process.kill(process.pid, 'SIGKILL'))
spare.prepare()
send({ kind: 'ready' })

/** What is to be done between two runs. */
let untended: (() => void) | undefined

async function serve(request: RunRequest): Promise<void> {
  // Why here too: the next run may come before there was time for it, and during a run it must not be done.
  tend()
  const name = `${request.tenant}\n${request.source}`
  const chamber = chamberOf(name)
  send(await outcomeOf(chamber, request))
  waiting.clear()
  untended = () => {
    chamberAfter(name, chamber).prepare()
    spare.prepare()
  }
  setImmediate(tend)
}

function tend(): void {
  const work = untended
  untended = undefined
  work?.()
}

/** The same one while it is good for another run. */
function chamberAfter(name: string, chamber: Chamber): Chamber {
  if (chamber.isSound()) return chamber
  const next = createChamber(chamber)
  chamber.dispose()
  chambers.set(name, next)
  return next
}

function chamberOf(name: string): Chamber {
  const known = chambers.get(name)
  const chamber = known ?? spare
  if (!known) spare = createChamber()
  chambers.delete(name)
  chambers.set(name, chamber)
  for (const [oldest, old] of chambers) {
    if (chambers.size <= MAX_CHAMBERS) break
    chambers.delete(oldest)
    old.dispose()
  }
  return chamber
}

async function outcomeOf(chamber: Chamber, request: RunRequest): Promise<FromRunner> {
  try {
    return { kind: 'done', result: await chamber.run(request, boundedAsk(request.items.length)) }
  } catch (error) {
    if (chamber.isSpent()) return tooLong
    return chamber.isFull() ? tooMuch : faultOf(error)
  }
}

/** The one way out of the isolate, so many times for each ticket. */
function boundedAsk(items: number): Ask {
  let used = 0
  return (item, name, args) => {
    if (++used > MAX_CALLS * items) return Promise.resolve('{"error":"calls"}')
    const call = ++calls
    const { promise, resolve } = Promise.withResolvers<string>()
    waiting.set(call, resolve)
    send({ kind: 'call', call, item, name, args })
    return promise
  }
}

function faultOf(error: unknown): FromRunner {
  const text = error instanceof Error ? error.message.slice(0, MAX_MESSAGE_CHARS) : ''
  if (error instanceof ParserBroken) return fault('parser', text)
  if (error instanceof BadSource) return fault(/^import/.test(text) ? 'import' : 'source', text)
  if (/timed out/.test(text)) return tooLong
  if (/disposed|memory/i.test(text)) return tooMuch
  return fault('thrown', text)
}

function fault(code: string, detail: string): FromRunner {
  return { kind: 'fault', code, detail }
}

const tooLong = fault('deadline', `more than ${CPU_MS} ms of CPU`)
const tooMuch = fault('memory', `more than ${HEAP_MB} MB`)
