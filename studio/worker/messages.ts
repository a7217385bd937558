import type { Fix } from '#dsl/fix'
import type {
  Completion,
  Finding,
  Fold,
  Hover,
  InlayHint,
  Location,
  OutlineItem,
  Picture,
  Renaming,
  Signature,
  Span,
  Texts,
  Vocabulary,
} from '#dsl/service'

// What the page and the language worker say to each other: plain data; a revision goes up with every change of a text.

export type { Completion, CompletionItem, Finding, OutlineItem, Picture } from '#dsl/service'
export type { Fix } from '#dsl/fix'
export type { Fold, Hover, InlayHint, Location, Renaming, Signature, TextEdit } from '#dsl/service'
export type { PictureEdge, PictureNode, Range, Texts, Vocabulary } from '#dsl/service'

export type Request =
  | {
      readonly kind: 'update'
      readonly revision: number
      readonly language: 'zh' | 'en'
      readonly texts: Texts
    }
  | Question

/** A question about a place of a file; the newest of each kind is answered. */
export interface Question {
  readonly kind: 'ask'
  readonly id: number
  readonly what: keyof Answers
  readonly language: 'zh' | 'en'
  readonly file: string
  /** All texts as they are now, which may be newer than the last update. */
  readonly texts: Texts
  readonly span: Span
  /** The new name, where one is asked for. */
  readonly name: string
}

/** What is answered, by what is asked. */
export interface Answers {
  readonly complete: Completion
  readonly hover: (Hover & { readonly markdown: string }) | undefined
  readonly definition: readonly Location[]
  readonly references: readonly Location[]
  readonly renameable: (Span & { readonly text: string }) | undefined
  readonly rename: Renaming
  readonly folds: readonly Fold[]
  readonly hints: readonly InlayHint[]
  readonly fixes: readonly Fix[]
  readonly signature: Signature | undefined
}

/** All that is known of the texts of one revision. */
export interface Knowledge {
  readonly revision: number
  readonly findings: readonly Finding[]
  readonly outline: readonly OutlineItem[]
  /** Of every ticket that could be read. */
  readonly pictures: readonly Picture[]
}

export type Reply =
  | { readonly kind: 'ready'; readonly vocabulary: Vocabulary }
  | ({ readonly kind: 'known' } & Knowledge)
  | { readonly kind: 'answered'; readonly id: number; readonly answer: unknown }
