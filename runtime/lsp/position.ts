/** A place as the protocol counts it: line and UTF-16 unit, both from 0. */
export interface Position {
  readonly line: number
  readonly character: number
}

export interface Range {
  readonly start: Position
  readonly end: Position
}

export function positionOf(source: string, offset: number): Position {
  const lineStart = source.lastIndexOf('\n', offset - 1) + 1
  return { line: source.slice(0, lineStart).split('\n').length - 1, character: offset - lineStart }
}

/** The offset of a position; one behind a line's end means the line's end, and what is no count means 0. */
export function offsetOf(source: string, position: Position): number {
  const [line, character] = [countOf(position.line), countOf(position.character)]
  let start = 0
  for (let n = 0; n < line; n++) {
    const next = source.indexOf('\n', start)
    if (next < 0) return source.length
    start = next + 1
  }
  const end = source.indexOf('\n', start)
  return Math.min(start + character, end < 0 ? source.length : end)
}

function countOf(value: unknown): number {
  return typeof value === 'number' && value > 0 ? Math.floor(Math.min(value, Number.MAX_SAFE_INTEGER)) : 0
}

export function rangeOf(source: string, { start, end }: { start: number; end: number }): Range {
  return { start: positionOf(source, start), end: positionOf(source, end) }
}

/** Like `positionOf` for many offsets of one text: the lines are counted once. */
export function createPositions(source: string): (offset: number) => Position {
  const starts = [0, ...[...source.matchAll(/\n/g)].map(({ index }) => index + 1)]
  return offset => {
    let [low, high] = [0, starts.length - 1]
    while (low < high) {
      const middle = Math.ceil((low + high) / 2)
      if (starts[middle]! <= offset) low = middle
      else high = middle - 1
    }
    return { line: low, character: offset - starts[low]! }
  }
}
