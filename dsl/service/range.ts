import { positionAt } from '#dsl/diagnostics'
import type { Span } from '#dsl/syntax'

/** A place as people count it: lines and columns from 1, in UTF-16 units, end exclusive. */
export interface Range {
  readonly startLine: number
  readonly startColumn: number
  readonly endLine: number
  readonly endColumn: number
}

export function rangeOf(source: string, { start, end }: Span): Range {
  const [from, to] = [positionAt(source, start), positionAt(source, end)]
  return { startLine: from.line, startColumn: from.column, endLine: to.line, endColumn: to.column }
}
