import type { Answers, Knowledge, Question, Reply, Request, Texts, Vocabulary } from '../worker/messages.ts'

/** The page's end of the language worker. */
export interface LanguageClient {
  /** The words of the language, once the worker runs. */
  readonly vocabulary: Promise<Vocabulary>
  /** Sends the texts as they are now; answers of older texts are dropped. */
  readonly update: (texts: Texts, language: 'zh' | 'en') => void
  /** Undefined when a later question of the kind overtook this one. */
  readonly ask: <What extends keyof Answers>(
    what: What,
    about: Omit<Question, 'kind' | 'id' | 'what'>,
  ) => Promise<Answers[What] | undefined>
  readonly close: () => void
}

export interface LanguageEvents {
  readonly known: (knowledge: Knowledge) => void
  /** The worker ended and a new one is starting; the texts are safe in the page. */
  readonly restarted: () => void
}

interface Waiting {
  readonly what: keyof Answers
  readonly resolve: (answer: unknown) => void
}

export function createLanguageClient(events: LanguageEvents): LanguageClient {
  const vocabulary = Promise.withResolvers<Vocabulary>()
  const waiting = new Map<number, Waiting>()
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
    for (const { resolve } of waiting.values()) resolve(undefined)
    waiting.clear()
    worker = start()
    events.restarted()
    if (last) worker.postMessage(last)
  }

  /** Answers a question, and gives up those of its kind that were asked before. */
  function settle(id: number, answer: unknown): void {
    const what = waiting.get(id)?.what
    for (const [question, each] of waiting) {
      if (each.what !== what || question > id) continue
      waiting.delete(question)
      each.resolve(question === id ? answer : undefined)
    }
  }

  function hear(message: Reply): void {
    if (message.kind === 'ready') vocabulary.resolve(message.vocabulary)
    else if (message.kind === 'answered') settle(message.id, message.answer)
    else if (message.revision === revision) events.known(message)
  }

  return {
    vocabulary: vocabulary.promise,
    update: (texts, language) => {
      last = { kind: 'update', revision: ++revision, language, texts }
      worker.postMessage(last)
    },
    ask: <What extends keyof Answers>(what: What, about: Omit<Question, 'kind' | 'id' | 'what'>) => {
      const { promise, resolve } = Promise.withResolvers<Answers[What] | undefined>()
      waiting.set(++asked, { what, resolve: resolve as Waiting['resolve'] })
      worker.postMessage({ kind: 'ask', id: asked, what, ...about } satisfies Request)
      return promise
    },
    close: () => worker.terminate(),
  }
}
