import { fixesAt } from '#dsl/fix'
import {
  complete,
  definitionAt,
  diagnose,
  folds,
  hover,
  hoverText,
  inlayHints,
  outline,
  picture,
  referencesAt,
  rename,
  renameable,
  signatureAt,
} from '#dsl/service'
import type { Answers, Knowledge, Question, Reply, Request } from './messages.ts'

/** A language service over messages: the newest of each kind wins, older ones that still wait are dropped. */
export interface Answering {
  /** Takes a request in; nothing is computed yet. */
  readonly take: (request: Request) => void
  /** Computes what waits, questions first. */
  readonly work: () => void
}

export function createAnswering(reply: (message: Reply) => void): Answering {
  let update: (Request & { kind: 'update' }) | undefined
  const questions = new Map<keyof Answers, Question>()
  return {
    take: request => {
      if (request.kind === 'ask') questions.set(request.what, request)
      else update = request
    },
    work: () => {
      const asked = [...questions.values()]
      questions.clear()
      for (const question of asked)
        reply({ kind: 'answered', id: question.id, answer: answers[question.what](question) })
      if (update) {
        const known = knowledgeOf(update)
        update = undefined
        reply({ kind: 'known', ...known })
      }
    },
  }
}

const answers: { readonly [What in keyof Answers]: (question: Question) => Answers[What] } = {
  complete: ({ texts, file, span }) => complete(texts, file, span.start),
  hover: ({ texts, file, span, language }) => {
    const found = hover(texts, { file, offset: span.start, language })
    return found && { ...found, markdown: hoverText(found) }
  },
  definition: ({ texts, file, span }) => definitionAt(texts, file, span.start),
  references: ({ texts, file, span }) => referencesAt(texts, file, span.start),
  renameable: ({ texts, file, span }) => renameable(texts, file, span.start),
  rename: ({ texts, file, span, name, language }) =>
    rename(texts, { file, offset: span.start, name, language }),
  folds: ({ texts, file }) => folds(texts[file] ?? ''),
  hints: ({ texts, file, language }) => inlayHints(texts, file, language),
  fixes: ({ texts, file, span, language }) => fixesAt(texts, { file, span, language }),
  signature: ({ texts, file, span, language }) => signatureAt(texts, { file, offset: span.start, language }),
}

function knowledgeOf({ revision, language, texts }: Request & { kind: 'update' }): Knowledge {
  const rows = outline(texts)
  const tickets = rows.filter(row => row.kind === 'ticket').map(row => row.name)
  const pictures = [...new Set(tickets)].flatMap(name => picture(texts, name) ?? [])
  return { revision, findings: diagnose(texts, language), outline: rows, pictures }
}
