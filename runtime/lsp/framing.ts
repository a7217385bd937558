/** A message of JSON-RPC 2.0, as far as its envelope goes. */
export interface Message {
  readonly id?: number | string | null
  readonly method?: string
  readonly params?: unknown
}

/** The longest message that is taken in. */
const MAX_MESSAGE_BYTES = 32 * 1024 * 1024
const MAX_HEADER_BYTES = 4096
const SEPARATOR = '\r\n\r\n'

/** A body that is no JSON: the next message can still be read. */
export const UNREADABLE = Symbol('unreadable')

/**
 * Takes bytes as they come and hands out the body of each message, whatever JSON it is, or `UNREADABLE`; throws when the
 * stream is none of the protocol.
 */
export function createReader(receive: (body: unknown) => void): (chunk: Buffer) => void {
  let pending = Buffer.alloc(0)
  return chunk => {
    pending = Buffer.concat([pending, chunk])
    for (;;) {
      const headerEnd = pending.indexOf(SEPARATOR)
      if (headerEnd < 0) {
        if (pending.length > MAX_HEADER_BYTES) throw new Error('No header of a message within its limit')
        return
      }
      const bodyStart = headerEnd + SEPARATOR.length
      const end = bodyStart + lengthOf(pending.toString('ascii', 0, headerEnd))
      if (pending.length < end) return
      const body = pending.toString('utf8', bodyStart, end)
      pending = pending.subarray(end)
      receive(parsed(body))
    }
  }
}

function parsed(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    // Why not thrown: a client is told of it (-32700) and goes on.
    return UNREADABLE
  }
}

/** A message with its header, ready to be written. */
export function frame(message: object): Buffer {
  const body = Buffer.from(JSON.stringify({ jsonrpc: '2.0', ...message }))
  return Buffer.concat([Buffer.from(`Content-Length: ${body.length}${SEPARATOR}`), body])
}

function lengthOf(header: string): number {
  const length = Number(/^content-length:\s*(\d+)\s*$/im.exec(header)?.[1])
  if (!(length <= MAX_MESSAGE_BYTES)) throw new Error('A message needs a Content-Length within its limit')
  return length
}
