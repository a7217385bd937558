import { lex, type Span } from '#dsl/syntax'

export interface Fold extends Span {
  readonly kind: 'block' | 'comment'
}

/** What can be folded away: blocks and runs of comment lines that span more than one line, in order of their start. */
export function folds(source: string): Fold[] {
  const open: number[] = []
  const blocks: Fold[] = []
  for (const { image, startOffset, endOffset } of lex(source)) {
    if ('{｛'.includes(image)) open.push(startOffset)
    if (!'}｝'.includes(image)) continue
    const start = open.pop()
    if (start !== undefined && source.slice(start, endOffset).includes('\n'))
      blocks.push({ kind: 'block', start, end: endOffset })
  }
  const comments = [...source.matchAll(/^[ \t]*\/\/[^\n]*(?:\n[ \t]*\/\/[^\n]*)+/gm)].map(
    ({ index, 0: text }): Fold => ({ kind: 'comment', start: index, end: index + text.length }),
  )
  return [...blocks, ...comments].sort((a, b) => a.start - b.start || b.end - a.end)
}
