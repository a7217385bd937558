import type { LaidLine } from './format.ts'
import type { Piece } from './piece.ts'
import { displayWidth } from './width.ts'

interface Stop {
  readonly line: number
  readonly piece: number
}

/**
 * Keeps pieces of neighbouring lines below each other where the author lined them up with blanks; every other run of
 * blanks is one blank by now. A column moves right only when a line has outgrown it.
 */
export function alignPieces(lines: readonly LaidLine[]): LaidLine[] {
  const result = [...lines]
  for (const run of runsOf(lines)) {
    const aligned = alignRun(run.map(index => lines[index]!))
    run.forEach((index, at) => (result[index] = aligned[at]!))
  }
  return result
}

/** Clauses of one indentation, with nothing but comment lines between. */
function runsOf(lines: readonly LaidLine[]): number[][] {
  const runs: number[][] = []
  let run: number[] = []
  lines.forEach((line, index) => {
    if (line.tokens.length === 0 && line.comment !== '') return
    const joins = run.length > 0 && lines[run[0]!]!.indent === line.indent
    if (!joins || !isClause(line)) runs.push((run = []))
    if (isClause(line)) run.push(index)
  })
  return runs.filter(({ length }) => length > 1)
}

function isClause({ pieces, raw }: LaidLine): boolean {
  return pieces.length > 0 && !pieces[0]!.text.startsWith('|') && !raw.includes('\n')
}

function alignRun(run: readonly LaidLine[]): LaidLine[] {
  const gaps = run.map(({ pieces }) => pieces.map(({ gap }) => gap))
  const shift = shiftOf(run.find(({ isKept }) => !isKept) ?? run[0]!)
  const blanksOf = ({ line, piece }: Stop) => run[line]!.pieces[piece]!.blanks
  for (const [column, stops] of columnsOf(run)) {
    const moving = stops.filter(({ line }) => !run[line]!.isKept)
    const ends = moving.map(stop => endBefore(run, gaps, stop))
    const target = Math.max(column + shift, ...ends.map(end => end + 1))
    // A kept line stays where it is: it belongs to the column only as long as the others can meet it there.
    const members = target === column ? stops : moving
    const isLinedUp = members.some(stop => blanksOf(stop) > 1)
    // Why: what would not be seen as lined up the next time must not be lined up now.
    const staysSo =
      ends.some(end => target - end > 1) || members.some(stop => run[stop.line]!.isKept && blanksOf(stop) > 1)
    if (members.length < 2 || !isLinedUp || !staysSo) continue
    moving.forEach(({ line, piece }, at) => (gaps[line]![piece] = ' '.repeat(target - ends[at]!)))
  }
  return run.map((line, at) => ({
    ...line,
    pieces: line.pieces.map((piece, index): Piece => ({ ...piece, gap: gaps[at]![index]! })),
  }))
}

/** From left to right, the pieces that start at one column of the source. */
function columnsOf(run: readonly LaidLine[]): [number, Stop[]][] {
  const columns = new Map<number, Stop[]>()
  run.forEach(({ pieces }, line) =>
    pieces.forEach(({ isMovable, column }, piece) => {
      if (!isMovable) return
      if (!columns.has(column)) columns.set(column, [])
      columns.get(column)!.push({ line, piece })
    }),
  )
  return [...columns].sort(([a], [b]) => a - b)
}

/** The column at which the piece before ends, as far as the gaps are known. */
function endBefore(run: readonly LaidLine[], gaps: readonly string[][], { line, piece }: Stop): number {
  const { indent, pieces } = run[line]!
  return pieces
    .slice(0, piece)
    .reduce((width, { text }, at) => width + displayWidth(gaps[line]![at]! + text), indent)
}

/** How much further right the line now starts than in the source. */
function shiftOf({ indent, pieces }: LaidLine): number {
  return indent - pieces[0]!.column
}

/**
 * Blanks before the comment at each line's end: two, or more where comments of neighbouring lines stood below each
 * other. `widths` are the columns of the lines without their comments.
 */
export function alignComments(lines: readonly LaidLine[], widths: readonly number[]): number[] {
  const gaps = lines.map(() => 2)
  const at = lines.map(commentColumn)
  for (let from = 0; from < lines.length; from++) {
    let to = from + 1
    if (at[from] === undefined) continue
    while (to < lines.length && at[to] === at[from]) to++
    if (to - from < 2) continue
    const target = Math.max(
      at[from]! + shiftOf(lines[from]!),
      ...widths.slice(from, to).map(width => width + 2),
    )
    for (let line = from; line < to; line++) gaps[line] = target - widths[line]!
    from = to - 1
  }
  return gaps
}

function commentColumn({ pieces, comment, raw, isKept }: LaidLine): number | undefined {
  if (isKept || pieces.length === 0 || comment === '' || raw.includes('\n')) return undefined
  return displayWidth(raw.slice(0, raw.trimEnd().length - comment.length))
}
