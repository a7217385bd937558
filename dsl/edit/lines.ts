import type { Span } from '#dsl/syntax'

export function lineStart(source: string, offset: number): number {
  return source.lastIndexOf('\n', offset - 1) + 1
}

/** The end of the line, before its newline. */
export function lineEnd(source: string, offset: number): number {
  const end = source.indexOf('\n', offset)
  return end < 0 ? source.length : end
}

export function indentOf(source: string, offset: number): string {
  return /^[ \t\u3000]*/.exec(source.slice(lineStart(source, offset)))![0]
}

/** The whole lines of a span with the newline behind and the comment lines right above; undefined when it shares a line. */
export function ownLines(source: string, { start, end }: Span): Span | undefined {
  const before = source.slice(lineStart(source, start), start)
  const behind = source.slice(end, lineEnd(source, end))
  if (before.trim() !== '' || !/^[\s;,；，]*(?:\/\/.*)?$/.test(behind)) return undefined
  return {
    start: commentsAbove(source, lineStart(source, start)),
    end: Math.min(lineEnd(source, end) + 1, source.length),
  }
}

function commentsAbove(source: string, from: number): number {
  let start = from
  while (start > 0) {
    const above = lineStart(source, start - 1)
    if (!/^\s*\/\/.*\n$/.test(source.slice(above, start))) break
    start = above
  }
  return start
}
