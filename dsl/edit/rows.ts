import type { Language } from '#dsl/diagnostics'
import type { Texts } from '#dsl/service'
import type { GridNode, Row } from '#dsl/syntax'
import { findGrid } from './find.ts'
import { indentOf, lineEnd, lineStart, ownLines } from './lines.ts'
import { outcomeOf, refused, type Outcome } from './outcome.ts'

/** The table that rows belong to: its declaration's kind and name. Rows and columns count from 0. */
export interface GridPlace {
  readonly kind: 'table' | 'route' | 'limit' | 'test'
  readonly name: string
}

/** Writes a cell; inputs come first, then outputs. The columns are not aligned anew. */
export function setCell(
  texts: Texts,
  { row, column, text, ...place }: GridPlace & { row: number; column: number; text: string },
  language: Language = 'zh',
): Outcome {
  const found = findGrid(texts, place)
  const at = found?.grid.rows[row]
  const cell = at && [...at.inputs, ...at.outputs][column]
  if (!found || !cell) return refused('missing', language)
  if (/[|｜\n]/.test(text)) return refused('unreadable', language)
  const written = text.trim() === '' ? '-' : text.trim()
  return outcomeOf(texts, [{ file: found.file, start: cell.start, end: cell.end, text: written }], language)
}

/** Puts a row of cells before the row of that number, or behind the last. */
export function insertRow(
  texts: Texts,
  { row, cells, ...place }: GridPlace & { row: number; cells: readonly string[] },
  language: Language = 'zh',
): Outcome {
  const found = findGrid(texts, place)
  if (!found) return refused('missing', language)
  const { file, source, grid } = found
  const text = rowText(grid, cells)
  const next = grid.rows[row]
  if (next) {
    const at = lineStart(source, next.start)
    return outcomeOf(
      texts,
      [{ file, start: at, end: at, text: `${indentOf(source, next.start)}${text}\n` }],
      language,
    )
  }
  const last = grid.rows.at(-1)
  const at = last ? lineEnd(source, last.end) : ruleEnd(source, grid)
  const written = `\n${indentOf(source, grid.start)}${text}`
  return outcomeOf(texts, [{ file, start: at, end: at, text: written }], language)
}

/** Moves a row with the comments on and above it to where the row `to` stands. */
export function moveRow(
  texts: Texts,
  { from, to, ...place }: GridPlace & { from: number; to: number },
  language: Language = 'zh',
): Outcome {
  const found = findGrid(texts, place)
  const [row, target] = [found?.grid.rows[from], found?.grid.rows[to]]
  if (!found || !row || !target) return refused('missing', language)
  const { file, source } = found
  if (from === to) return outcomeOf(texts, [], language)
  const [own, there] = [linesOf(source, row), linesOf(source, target)]
  if (!own || !there) return refused('shared', language)
  const at = from < to ? there.end : there.start
  const edits = [
    { file, start: at, end: at, text: source.slice(own.start, own.end) },
    { file, ...own, text: '' },
  ]
  return outcomeOf(texts, edits, language)
}

function linesOf(source: string, row: Row) {
  const own = ownLines(source, row)
  return own && source[own.end - 1] === '\n' ? own : undefined
}

function rowText(grid: GridNode, cells: readonly string[]): string {
  const written = cells.map(cell => (cell.trim() === '' ? '-' : cell.trim()))
  const inputs = written.slice(0, grid.inputs.length)
  const outputs = written.slice(grid.inputs.length)
  return `| ${inputs.join(' | ')} || ${outputs.join(' | ')} |`
}

/** The end of the line of dashes under the header. */
function ruleEnd(source: string, grid: GridNode): number {
  const header = lineEnd(source, grid.start)
  return lineEnd(source, header + 1)
}
