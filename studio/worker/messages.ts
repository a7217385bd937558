import type { Completion, Finding, OutlineItem, Picture, Texts, Vocabulary } from '#dsl/service'

// What the page and the language worker say to each other: plain data; a revision goes up with every change of a text.

export type { Completion, CompletionItem, Finding, OutlineItem, Picture } from '#dsl/service'
export type { PictureEdge, PictureNode, Range, Texts, Vocabulary } from '#dsl/service'

export type Request =
  | {
      readonly kind: 'update'
      readonly revision: number
      readonly language: 'zh' | 'en'
      readonly texts: Texts
    }
  | {
      readonly kind: 'complete'
      readonly id: number
      readonly file: string
      /** The file as it is now, which may be newer than the last update. */
      readonly text: string
      readonly offset: number
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
  | { readonly kind: 'completed'; readonly id: number; readonly completion: Completion }
