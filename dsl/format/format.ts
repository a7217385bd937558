import { parse } from '#dsl/syntax'
import { alignComments, alignPieces } from './column.ts'
import { alignGrids } from './grid.ts'
import { levelsOf } from './level.ts'
import { linesOf, type Line } from './line.ts'
import { marksOf } from './mark.ts'
import { piecesOf, type Piece } from './piece.ts'
import { displayWidth } from './width.ts'

const INDENT = 2

/** A line with the blanks chosen before each of its pieces, and the column it starts at. */
export interface LaidLine extends Line {
  readonly indent: number
  readonly pieces: readonly Piece[]
}

/**
 * The text in its common form: indentation, spacing, tables lined up by display width, one blank line at most. Line
 * breaks, comments and alignment between neighbours stay; a line with a fault stays to the byte. Formatting twice
 * changes nothing, and formatting never changes what the text says.
 */
export function format(source: string): string {
  // Why not after a backslash: an unclosed text would swallow the newline and read on.
  const text = source.replace(/(?<![\\\r])\r(?=\n|$)/g, '')
  const file = parse(text)
  // A text beyond the limit has no tokens: there is nothing to lay out, and nothing may be lost.
  if (file.tokens.length === 0 && file.faults.length > 0) return source
  const lines = linesOf(file)
  const levels = levelsOf(lines, new Set(file.declarations.map(({ start }) => start)))
  const marks = marksOf(file)
  const laid = lines.map((line, index): LaidLine => {
    const pieces = piecesOf(line, marks)
    return { ...line, indent: levels[index]! * INDENT, pieces }
  })
  const aligned = alignPieces(alignGrids(laid))
  const bodies = aligned.map(bodyOf)
  const gaps = alignComments(aligned, bodies.map(displayWidth))
  return joined(aligned.map((line, index) => printLine(line, bodies[index]!, gaps[index]!)))
}

function bodyOf({ indent, pieces }: LaidLine): string {
  return ' '.repeat(indent) + pieces.map(({ gap, text }) => gap + text).join('')
}

function printLine(line: LaidLine, body: string, commentGap: number): string {
  if (line.isKept) return line.raw
  if (line.pieces.length === 0) return line.comment === '' ? '' : body + line.comment
  return line.comment === '' ? body : body + ' '.repeat(commentGap) + line.comment
}

/** One blank line at most between two lines, none at either end, one newline after the last. */
function joined(lines: readonly string[]): string {
  const kept = lines.filter((line, index) => line !== '' || (index > 0 && lines[index - 1] !== ''))
  const from = kept[0] === '' ? 1 : 0
  const to = kept.at(-1) === '' ? kept.length - 1 : kept.length
  return from >= to ? '' : `${kept.slice(from, to).join('\n')}\n`
}
