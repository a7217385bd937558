import type { Language } from '#dsl/diagnostics'
import type { Texts } from '#dsl/service'
import type { Span } from '#dsl/syntax'
import { findGrid, type FoundGrid, type GridPlace } from './grid.ts'
import { indentOf, lineEnd, lineStart, ownLines } from './lines.ts'
import { outcomeOf, refused, type Outcome } from './outcome.ts'

/** Writes a cell; inputs come first, then outputs. The columns are not aligned anew. */
export function setCell(
  texts: Texts,
  { row, column, text, ...place }: GridPlace & { row: number; column: number; text: string },
  language: Language = 'zh',
): Outcome {
  const found = findGrid(texts, place)
  const cell = found?.rows[row]?.cells[column]
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
  if (!found || found.columns === 0) return refused('missing', language)
  const { file, source, rows } = found
  const text = rowText(found, cells)
  const next = rows[row]
  if (next) {
    const at = lineStart(source, next.start)
    const written = `${indentOf(source, next.start)}${text}\n`
    return outcomeOf(texts, [{ file, start: at, end: at, text: written }], language)
  }
  const last = rows.at(-1)
  const at = last ? lineEnd(source, trimmed(source, last).end) : ruleEnd(source, found)
  const written = `\n${indentOf(source, found.start)}${text}`
  return outcomeOf(texts, [{ file, start: at, end: at, text: written }], language)
}

/** Takes a row out with the comments on and above it. */
export function removeRow(
  texts: Texts,
  { row, ...place }: GridPlace & { row: number },
  language: Language = 'zh',
): Outcome {
  const found = findGrid(texts, place)
  const at = found?.rows[row]
  if (!found || !at) return refused('missing', language)
  const own = ownLines(found.source, trimmed(found.source, at))
  return own
    ? outcomeOf(texts, [{ file: found.file, ...own, text: '' }], language)
    : refused('shared', language)
}

/** Moves a row with the comments on and above it to where the row `to` stands. */
export function moveRow(
  texts: Texts,
  { from, to, ...place }: GridPlace & { from: number; to: number },
  language: Language = 'zh',
): Outcome {
  const found = findGrid(texts, place)
  const [row, target] = [found?.rows[from], found?.rows[to]]
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

function linesOf(source: string, row: Span): Span | undefined {
  const own = ownLines(source, trimmed(source, row))
  return own && source[own.end - 1] === '\n' ? own : undefined
}

/** Why: the span of a row may hold the newline behind it. */
function trimmed(source: string, { start, end }: Span): Span {
  return { start, end: start + source.slice(start, end).trimEnd().length }
}

function rowText({ inputs, columns }: FoundGrid, cells: readonly string[]): string {
  const written = cells.map(cell => (cell.trim() === '' ? '-' : cell.trim()))
  const left = written.slice(0, inputs).join(' | ')
  return inputs === columns ? `| ${left} |` : `| ${left} || ${written.slice(inputs).join(' | ')} |`
}

/** The end of the line of dashes under the header. */
function ruleEnd(source: string, { start }: FoundGrid): number {
  return lineEnd(source, lineEnd(source, start) + 1)
}
