import { createReader, frame } from '../lsp/framing.ts'
import { createLanguageServer } from '../lsp/server.ts'

/** `axle lsp`: the language service over stdin and stdout; resolves with the exit code when the client has gone. */
export async function lsp(): Promise<number> {
  const ended = Promise.withResolvers<number>()
  const server = createLanguageServer(
    message => void process.stdout.write(frame(message)),
    code => ended.resolve(code),
  )
  // Why a chain: answers come in the order of their questions, also behind a slow one.
  let last = Promise.resolve()
  const read = createReader(body => {
    last = last.then(() => server.receive(body))
  })
  process.stdin.on('data', (chunk: Buffer) => {
    try {
      read(chunk)
    } catch (error) {
      console.error((error as Error).message)
      ended.resolve(1)
    }
  })
  process.stdin.on('end', () => void last.then(() => ended.resolve(1)))
  const code = await ended.promise
  process.stdin.pause()
  return code
}
