import type { LaidLine } from './format.ts'
import type { Piece } from './piece.ts'
import { displayWidth } from './width.ts'

/** One line of a grid, cut at its bars: the texts of its cells and the bars around them. */
interface Row {
  readonly cells: readonly string[]
  readonly bars: readonly string[]
  readonly isRule: boolean
}

/** Lines the bars of each grid up by display width; a line of another shape is only spaced. */
export function alignGrids(lines: readonly LaidLine[]): LaidLine[] {
  const result = [...lines]
  for (const grid of gridsOf(lines)) {
    const texts = alignGrid(grid.map(index => rowOf(lines[index]!)))
    grid.forEach((index, at) => (result[index] = withText(lines[index]!, texts[at]!)))
  }
  return result
}

/** A grid runs on over comments, blank lines, and rows that are kept as they are. */
function gridsOf(lines: readonly LaidLine[]): number[][] {
  const grids: number[][] = []
  let grid: number[] | undefined
  lines.forEach((line, index) => {
    if (isGridLine(line)) {
      if (!grid) grids.push((grid = []))
      grid.push(index)
    } else if (line.tokens.length > 0 && !(line.isKept && startsWithBar(line))) grid = undefined
  })
  return grids
}

function isGridLine(line: LaidLine): boolean {
  if (line.isKept || !startsWithBar(line)) return false
  return isRule(line) || (line.pieces.length > 1 && line.pieces.at(-1)!.text === '|')
}

const isRule = ({ tokens }: LaidLine) => tokens[0]?.tokenType.name === 'Rule'
const startsWithBar = (line: LaidLine) => isRule(line) || line.tokens[0]?.tokenType.name === "'|'"

/** The whole line as one piece, which nothing lines up with any more. */
function withText(line: LaidLine, text: string): LaidLine {
  return { ...line, pieces: [{ ...line.pieces[0]!, text, isMovable: false }] }
}

function rowOf(line: LaidLine): Row {
  if (isRule(line)) return { cells: [line.pieces[0]!.text.trimEnd()], bars: [], isRule: true }
  const bars: string[] = []
  const cells: string[] = []
  let cell: Piece[] = []
  for (const piece of line.pieces) {
    if (piece.text !== '|' && piece.text !== '||') {
      cell.push(piece)
      continue
    }
    if (bars.length > 0) cells.push(cell.map(({ gap, text }, at) => (at > 0 ? gap : '') + text).join(''))
    bars.push(piece.text)
    cell = []
  }
  return { cells, bars, isRule: false }
}

function alignGrid(rows: readonly Row[]): string[] {
  const header = rows.find(({ isRule }) => !isRule)
  if (!header) return rows.map(({ cells }) => cells[0]!)
  const inputs = header.bars.indexOf('||')
  const shapes = rows.map(row => shapeOf(row, header, inputs))
  const widths = header.cells.map((_, column) =>
    Math.max(1, ...rows.map((row, at) => (shapes[at] === 'row' ? displayWidth(row.cells[column]!) : 0))),
  )
  return rows.map((row, at) => {
    if (shapes[at] === 'rule') return printRule(widths, header.bars)
    if (shapes[at] === 'other') return printRow(row)
    return printRow(row, shapes[at] === 'short' ? joinedInputs(widths, inputs, row) : widths)
  })
}

type Shape = 'row' | 'rule' | 'short' | 'other'

/** A short row, such as that of `else`, has too few inputs: its last one stands across the rest. */
function shapeOf(row: Row, header: Row, inputs: number): Shape {
  if (row.isRule) return 'rule'
  if (row.cells.some(cell => cell.includes('\n'))) return 'other'
  if (row.bars.join() === header.bars.join()) return 'row'
  const own = row.bars.indexOf('||')
  const sameOutputs = row.bars.slice(own).join() === header.bars.slice(inputs).join()
  return own > 0 && own < inputs && sameOutputs ? 'short' : 'other'
}

function joinedInputs(widths: readonly number[], inputs: number, row: Row): number[] {
  const own = row.bars.indexOf('||')
  const across = widths.slice(own - 1, inputs).reduce((sum, width) => sum + width + 3, -3)
  return [...widths.slice(0, own - 1), across, ...widths.slice(inputs)]
}

function printRow({ cells, bars }: Row, widths: readonly number[] = []): string {
  const padded = cells.map(
    (cell, at) => cell + ' '.repeat(Math.max(0, (widths[at] ?? 0) - displayWidth(cell))),
  )
  return bars[0]! + padded.map((cell, at) => ` ${cell} ${bars[at + 1]!}`).join('')
}

function printRule(widths: readonly number[], bars: readonly string[]): string {
  return bars[0]! + widths.map((width, at) => '-'.repeat(width + 2) + bars[at + 1]!).join('')
}
