import { complete, diagnose, outline, picture, type Texts } from '#dsl/service'
import type { Knowledge, Reply, Request } from './messages.ts'

/** A language service over messages: the newest of each kind wins, older ones that still wait are dropped. */
export interface Answering {
  /** Takes a request in; nothing is computed yet. */
  readonly take: (request: Request) => void
  /** Computes what waits, completions first. */
  readonly work: () => void
}

export function createAnswering(reply: (message: Reply) => void): Answering {
  let texts: Texts = {}
  let update: (Request & { kind: 'update' }) | undefined
  let question: (Request & { kind: 'complete' }) | undefined
  return {
    take: request => {
      if (request.kind === 'complete') question = request
      else {
        update = request
        texts = request.texts
      }
    },
    work: () => {
      if (question) {
        const { id, file, text, offset } = question
        question = undefined
        reply({ kind: 'completed', id, completion: complete({ ...texts, [file]: text }, file, offset) })
      }
      if (update) {
        const known = knowledgeOf(update)
        update = undefined
        reply({ kind: 'known', ...known })
      }
    },
  }
}

function knowledgeOf({ revision, language, texts }: Request & { kind: 'update' }): Knowledge {
  const rows = outline(texts)
  const tickets = rows.filter(row => row.kind === 'ticket').map(row => row.name)
  const pictures = [...new Set(tickets)].flatMap(name => picture(texts, name) ?? [])
  return { revision, findings: diagnose(texts, language), outline: rows, pictures }
}
