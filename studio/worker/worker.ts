import { vocabulary } from '#dsl/service'
import { createAnswering } from './answer.ts'
import type { Reply, Request } from './messages.ts'

// The language worker: lets every message that has arrived come in before it computes, so that only the last one counts.

const reply = (message: Reply) => postMessage(message)
const { take, work } = createAnswering(reply)
let waiting = false

addEventListener('message', ({ data }: MessageEvent<Request>) => {
  take(data)
  if (waiting) return
  waiting = true
  setTimeout(() => {
    waiting = false
    work()
  })
})

reply({ kind: 'ready', vocabulary })
