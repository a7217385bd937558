import { classOf, lex, type Span, type TokenClass } from '#dsl/syntax'

export interface ColouredSpan extends Span {
  readonly class: TokenClass | 'comment'
}

/** Every token and comment with its class, in order. */
export function highlight(source: string): ColouredSpan[] {
  const spans: ColouredSpan[] = []
  let at = 0
  const comments = (end: number) => {
    for (const { index, 0: text } of source.slice(at, end).matchAll(/\/\/[^\n]*/g))
      spans.push({ class: 'comment', start: at + index, end: at + index + text.length })
  }
  for (const token of lex(source)) {
    const { startOffset: start, endOffset: end } = token
    comments(start)
    const found = classOf(token)
    if (found) spans.push({ class: found, start, end })
    at = end
  }
  comments(source.length)
  return spans
}
