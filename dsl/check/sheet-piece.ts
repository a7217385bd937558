import type { SheetField, SheetRow } from '#core/sheet'
import type { Diagnostic } from '#dsl/diagnostics'
import {
  lex,
  parse,
  type Declaration,
  type GridNode,
  type LibraryRow,
  type Row,
  type Span,
} from '#dsl/syntax'
import { syntaxFinding } from './syntax-finding.ts'

export type WithGrid = Declaration & { readonly grid: GridNode }

export type Report = (span: Span, code: Diagnostic['code'], params?: Diagnostic['params']) => void

export interface SheetColumn {
  readonly name: string
  /** Whether a bare word is a text there. */
  readonly isText: boolean
}

/** A column of the rows, and the field of a row that says it: none where the sheet has no such column. */
export interface SheetPart extends SheetColumn {
  readonly field: number
}

/** For which declaration rows are read, from which sheet, and the place of the sheet's first character. */
interface Asked {
  readonly node: Declaration
  readonly columns: readonly SheetPart[]
  readonly path: string
  readonly place: number
}

interface Body {
  readonly rows: readonly SheetRow[]
  readonly report: Report
  readonly findings: Diagnostic[]
}

/** Reads some rows as the text of a table would be, and gives what was read its places in the sheet. */
export function readPiece(
  { node, columns, path, place }: Asked,
  { rows, report, findings }: Body,
): (Row | LibraryRow)[] {
  const text = new Builder(headOf(node, columns.length))
  const width = columns.filter(({ field }) => field >= 0).length
  for (const row of rows) {
    if (row.fields.length !== width) {
      report(row, 'AX4001', { expected: String(width), actual: String(row.fields.length) })
      continue
    }
    const nothing = { text: '', start: row.end, end: row.end }
    const cells = columns.map(({ name, isText, field }): SheetCell => ({
      name,
      isText,
      field: row.fields[field] ?? nothing,
    }))
    const bad = cells.find(({ field, isText }) => isBeyondCell(written(field, { isText, empty: '-' })))
    if (bad) report(bad.field, 'AX4032', { name: bad.name })
    else addRow(text, node, { row, cells })
  }
  const parsed = parse(text.whole())
  for (const fault of parsed.faults) {
    const finding = syntaxFinding({ path, parsed }, fault)
    findings.push({ ...finding, start: text.placeOf(finding.start), end: text.placeOf(finding.end) })
  }
  const found = parsed.declarations[0]
  const read = found?.kind === 'library' ? found.rows : found && 'grid' in found ? found.grid.rows : []
  return read.map(row => moved(row, at => place + text.placeOf(at)))
}

/** A table or a library that has as many columns. */
function headOf(node: Declaration, width: number): string {
  const names = (count: number, letter: string) => Array.from({ length: count }, (_, at) => `${letter}${at}`)
  if (node.kind === 'library') {
    const all = names(width, 'c')
    return `library 表 {\n  ${all.map(name => `${name}: text`).join(', ')}\n| ${all.join(' | ')} |\n|---|\n`
  }
  const { inputs, outputs } = (node as WithGrid).grid
  return `table 表 {\n| ${names(inputs.length, 'i').join(' | ')} || ${names(outputs.length, 'o').join(' | ')} |\n|---|\n`
}

interface SheetCell extends SheetColumn {
  readonly field: SheetField
}

interface Cells {
  readonly row: SheetRow
  readonly cells: readonly SheetCell[]
}

function addRow(text: Builder, node: Declaration, { row, cells }: Cells): void {
  const inputs = node.kind === 'library' ? cells.length : (node as WithGrid).grid.inputs.length
  const isElse = node.kind !== 'library' && isElseRow(cells.slice(0, inputs).map(({ field }) => field.text))
  const kept = isElse ? cells.slice(inputs) : cells
  text.add('| ', row)
  if (isElse) text.add('else || ', row)
  kept.forEach(({ field, isText }, at) => {
    const isLastInput = node.kind !== 'library' && !isElse && at === inputs - 1
    text.add(written(field, { isText, empty: node.kind === 'library' ? 'null' : '-' }), field)
    text.add(isLastInput ? ' || ' : ' | ', { start: field.end, end: field.end })
  })
  text.add('\n', { start: row.end, end: row.end })
}

function isElseRow([first, ...rest]: readonly string[]): boolean {
  return first === 'else' && rest.every(text => text === '' || text === '-')
}

/** A field as a cell: nothing says nothing, a bare word is a text where the column holds texts. */
function written({ text }: SheetField, { isText, empty }: { isText: boolean; empty: string }): string {
  if (text === '' || text === '-') return empty
  if (!isText || cellOfTexts.test(text)) return text
  return `"${text.replace(/["\\]/g, '\\$&').replace(/\r?\n/g, '\\n').replace(/\t/g, '\\t')}"`
}

/** A condition on texts, or a text as the language writes it. */
const cellOfTexts = /^(?:not\s*|[<>=!＜＞＝！]+\s*)?["“＂]|^(?:not\s+)?null$/

/** Whether a field would end its cell, its row or its line, or hide what follows. */
function isBeyondCell(text: string): boolean {
  if (!/[|｜{}｛｝;；\n\r"“”＂]|\/\//.test(text)) return false
  const tokens = lex(text)
  const ends = new Set(["'|'", "'||'", "'{'", "'}'", 'End', 'Unknown', 'Rule'])
  const covered = tokens.reduce((sum, { startOffset, endOffset }) => sum + endOffset - startOffset, 0)
  const blanks = text.replace(/[^\s\u3000]/g, '').length
  return (
    tokens.some(({ tokenType }) => ends.has(tokenType.name)) ||
    (covered + blanks < text.length && text.includes('//'))
  )
}

/** A text that is put together from parts, and where in the sheet each of them stands. */
class Builder {
  #text: string
  readonly #starts: number[] = []
  readonly #spans: Span[] = []

  constructor(head: string) {
    this.#text = head
  }

  add(part: string, { start, end }: Span): void {
    this.#starts.push(this.#text.length)
    this.#spans.push({ start, end })
    this.#text += part
  }

  whole(): string {
    return `${this.#text}}`
  }

  placeOf(at: number): number {
    let [low, high] = [0, this.#starts.length - 1]
    if (high < 0 || at < this.#starts[0]!) return this.#spans[0]?.start ?? 0
    while (low < high) {
      const middle = (low + high + 1) >> 1
      if (this.#starts[middle]! <= at) low = middle
      else high = middle - 1
    }
    const { start, end } = this.#spans[low]!
    return Math.min(end, start + at - this.#starts[low]!)
  }
}

/** A node at other places, with all that it holds. */
function moved<T>(node: T, to: (at: number) => number): T {
  if (Array.isArray(node)) return node.map(item => moved(item as unknown, to)) as T
  if (typeof node !== 'object' || node === null) return node
  const copy: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(node))
    copy[key] = key === 'start' || key === 'end' ? to(value as number) : moved(value as unknown, to)
  return copy as T
}
