import type { Completion, Knowledge, Reply, Request, Texts, Vocabulary } from '../worker/messages.ts'

/** The page's end of the language worker. */
export interface LanguageClient {
  /** The words of the language, once the worker runs. */
  readonly vocabulary: Promise<Vocabulary>
  /** Sends the texts as they are now; answers of older texts are dropped. */
  readonly update: (texts: Texts, language: 'zh' | 'en') => void
  /** Undefined when a later question overtook this one. */
  readonly complete: (file: string, text: string, offset: number) => Promise<Completion | undefined>
  readonly close: () => void
}

export interface LanguageEvents {
  readonly known: (knowledge: Knowledge) => void
  /** The worker ended and a new one is starting; the texts are safe in the page. */
  readonly restarted: () => void
}

export function createLanguageClient(events: LanguageEvents): LanguageClient {
  const vocabulary = Promise.withResolvers<Vocabulary>()
  const questions = new Map<number, (completion: Completion | undefined) => void>()
  let revision = 0
  let asked = 0
  let last: Request | undefined
  let worker = start()

  function start(): Worker {
    const started = new Worker(new URL('../worker/worker.ts', import.meta.url), { type: 'module' })
    started.addEventListener('message', ({ data }: MessageEvent<Reply>) => hear(data))
    started.addEventListener('error', restart)
    return started
  }

  function restart(): void {
    worker.terminate()
    settle(undefined)
    worker = start()
    events.restarted()
    if (last) worker.postMessage(last)
  }

  function settle(completion: Completion | undefined, id = Infinity): void {
    for (const [question, done] of questions) {
      if (question > id) continue
      questions.delete(question)
      done(question === id ? completion : undefined)
    }
  }

  function hear(message: Reply): void {
    if (message.kind === 'ready') vocabulary.resolve(message.vocabulary)
    else if (message.kind === 'completed') settle(message.completion, message.id)
    else if (message.revision === revision) events.known(message)
  }

  return {
    vocabulary: vocabulary.promise,
    update: (texts, language) => {
      last = { kind: 'update', revision: ++revision, language, texts }
      worker.postMessage(last)
    },
    complete: (file, text, offset) => {
      const { promise, resolve } = Promise.withResolvers<Completion | undefined>()
      questions.set(++asked, resolve)
      worker.postMessage({ kind: 'complete', id: asked, file, text, offset } satisfies Request)
      return promise
    },
    close: () => worker.terminate(),
  }
}
