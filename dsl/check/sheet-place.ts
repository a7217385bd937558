import { isSheet, type Span } from '#dsl/syntax'

/**
 * Rows of a sheet stand in a declaration of another file. So that one number still says where a node stands, the sheets of
 * a pack follow each other in a space of places of their own, far behind any text.
 */
const ROOM = 2 ** 32

/** The sheets of a pack in the order of their places. */
export function sheetsOf(texts: Readonly<Record<string, string>>): readonly string[] {
  return Object.keys(texts).filter(isSheet).sort()
}

/** The place of a sheet's first character. */
export function sheetPlace(sheets: readonly string[], path: string): number {
  return (sheets.indexOf(path) + 1) * ROOM
}

/** Where a place really is: in the file it was asked for, or in a sheet. */
export function realPlace(
  sheets: readonly string[],
  file: string,
  { start, end }: Span,
): Span & { file: string } {
  if (start < ROOM) return { file, start, end }
  const room = Math.floor(start / ROOM)
  return { file: sheets[room - 1] ?? file, start: start - room * ROOM, end: end - room * ROOM }
}
