/** One line of a grid, cut at its bars: the texts of its cells and the bars between, or a rule line of dashes. */
export interface GridLine {
  readonly cells: readonly string[]
  readonly bars: readonly string[]
  readonly isRule: boolean
}

/** Lines a grid's bars up below each other by display width; a line with another shape is only spaced. */
export function alignGrid(lines: readonly GridLine[]): string[] {
  const header = lines[0]!
  const inputs = header.bars.indexOf('||')
  const shaped = lines.map(line => shapeOf(line, header, inputs))
  const widths = header.cells.map((_, column) =>
    Math.max(
      3,
      ...lines.flatMap((line, i) => (shaped[i] === 'row' ? [displayWidth(line.cells[column]!)] : [])),
    ),
  )
  return lines.map((line, i) => {
    if (shaped[i] === 'rule') return printRule(widths, header.bars)
    if (shaped[i] === 'else') return printElse(line, widths, inputs)
    const pad = (cell: string, column: number) =>
      shaped[i] === 'row' ? cell + ' '.repeat(widths[column]! - displayWidth(cell)) : cell
    return join(line.cells.map(pad), line.bars)
  })
}

type Shape = 'row' | 'rule' | 'else' | 'other'

function shapeOf(line: GridLine, header: GridLine, inputs: number): Shape {
  if (line.isRule) return 'rule'
  if (line.bars.join() === header.bars.join()) return 'row'
  const isElse = inputs > 1 && line.cells[0] === 'else' && line.bars[1] === '||'
  return isElse && line.cells.length === header.cells.length - inputs + 1 ? 'else' : 'other'
}

function join(cells: readonly string[], bars: readonly string[]): string {
  return bars[0]! + cells.map((cell, index) => ` ${cell} ${bars[index + 1]!}`).join('')
}

function printRule(widths: readonly number[], bars: readonly string[]): string {
  return bars[0]! + widths.map((width, index) => '-'.repeat(width + 2) + bars[index + 1]!).join('')
}

/** `else` stands across all inputs. */
function printElse(line: GridLine, widths: readonly number[], inputs: number): string {
  const across = widths.slice(0, inputs).reduce((sum, width) => sum + width + 3, -3)
  const cells = ['else'.padEnd(across), ...line.cells.slice(1)].map((cell, index) =>
    index === 0 ? cell : cell + ' '.repeat(Math.max(0, widths[inputs + index - 1]! - displayWidth(cell))),
  )
  return join(cells, line.bars)
}

/** Columns a text takes in a fixed-width font: ideographs, kana, hangul and full-width forms take two. */
export function displayWidth(text: string): number {
  let width = 0
  for (const char of text)
    width +=
      /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/u.test(
        char,
      ) || char > '\uffff'
        ? 2
        : 1
  return width
}
