import { lex, type Span } from '#dsl/syntax'

/** A clause of a block by the word it begins with; the span goes to the end of its last token. */
export interface Clause extends Span {
  readonly word: string
}

export interface Block extends Span {
  /** Behind the opening and before the closing brace. */
  readonly inside: Span
  readonly clauses: readonly Clause[]
}

const opening = '{｛([（【'
const closing = '}｝)]）】'

/** The first block of a span with its own clauses; undefined when it has none. */
export function blockOf(source: string, span: Span): Block | undefined {
  const tokens = lex(source).filter(each => each.startOffset >= span.start && each.endOffset <= span.end)
  const first = tokens.findIndex(each => '{｛'.includes(each.image))
  const open = tokens[first]
  if (!open) return undefined
  const clauses: Clause[] = []
  let current: Clause | undefined
  let depth = 0
  for (const { image, startOffset: start, endOffset: end } of tokens.slice(first + 1)) {
    if (depth === 0 && '}｝'.includes(image)) {
      if (current) clauses.push(current)
      const inside = { start: open.endOffset, end: start }
      return { start: open.startOffset, end, inside, clauses }
    }
    if (opening.includes(image)) depth++
    else if (closing.includes(image)) depth--
    if (depth === 0 && (image === '\n' || image === ';')) {
      if (current) clauses.push(current)
      current = undefined
    } else if (image !== '\n') current = { word: current?.word ?? image, start: current?.start ?? start, end }
  }
  return undefined
}
