import type { Token } from '#dsl/syntax'
import { gapBefore, textOf, wouldBeMoney } from './gap.ts'
import type { Line } from './line.ts'
import type { Marks } from './mark.ts'
import { displayWidth } from './width.ts'

/** A token as it will read, with the blanks before it. */
export interface Piece {
  readonly text: string
  readonly gap: string
  /** Display column in the source, from the line's start. */
  readonly column: number
  /** Blanks the author put before it. */
  readonly blanks: number
  /** More blanks may stand before it, to line it up with its neighbours. */
  readonly isMovable: boolean
}

/** The pieces of a line. */
export function piecesOf(line: Line, marks: Marks): Piece[] {
  const { raw, start, tokens } = line
  const writtenBefore = (index: number) =>
    raw.slice((tokens[index - 1]?.endOffset ?? start) - start, tokens[index]!.startOffset - start)
  const ends = columnsOf(line)
  return tokens.map((token, index): Piece => {
    const text = textOf(token)
    const written = writtenBefore(index)
    const common = { text, column: ends[index]!, blanks: /^ +$/.test(written) ? written.length : 1 }
    const before = tokens[index - 1]
    if (!before) return { ...common, gap: '', isMovable: false }
    const place = { before, token, after: tokens[index + 1], beforeLast: tokens[index - 2], written }
    const gap = gapBefore({ ...place, writtenBefore: writtenBefore(index - 1) }, marks)
    const isMovable = written !== '' && (gap === ' ' || text === ':') && !wouldBeMoney(before, token)
    return { ...common, gap, isMovable }
  })
}

/** The display column at which each token starts. */
function columnsOf({ raw, start, tokens }: Line): number[] {
  let at = 0
  let column = 0
  return tokens.map((token: Token) => {
    const next = token.startOffset - start
    column += displayWidth(raw.slice(at, next))
    at = next
    return column
  })
}
