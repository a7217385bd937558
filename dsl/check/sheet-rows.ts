import { readSheet, type SheetRow } from '#core/sheet'
import { printType, type Type } from '#core/values'
import {
  isSheet,
  MAX_SOURCE,
  type Declaration,
  type Expression,
  type LibraryNode,
  type LibraryRow,
  type Row,
  type Span,
} from '#dsl/syntax'
import type { Diagnostic } from '#dsl/diagnostics'
import { resolveType, typeNamed, type Placed, type Scope } from './scope.ts'
import { sheetPlace } from './sheet-place.ts'
import { readPiece, type Report, type SheetColumn, type SheetPart, type WithGrid } from './sheet-piece.ts'

/** More rows than this of one sheet are not read. */
export const MAX_SHEET_ROWS = 20_000

/** Rows are read so many at a time, so that no piece grows beyond what a text may be. */
const PIECE = 500

type Texts = Readonly<Record<string, string>>

export interface Sheets {
  readonly texts: Texts
  /** In the order of their places. */
  readonly paths: readonly string[]
  readonly diagnostics: Diagnostic[]
}

/** Declarations with the rows of the sheets they name behind their own. */
export function withSheetRows(
  placed: readonly Placed[],
  scopeOf: (file: string) => Scope,
  sheets: Sheets,
): readonly Placed[] {
  return placed.map(entry => {
    const from = sheetNamed(entry.node)
    return from
      ? { ...entry, node: expanded(entry, { placed, scope: scopeOf(entry.file), sheets, from }) }
      : entry
  })
}

/** Declarations whose rows may stand in a sheet. */
const kinds: ReadonlySet<string> = new Set(['table', 'test', 'route', 'limit', 'library'])

function sheetNamed(node: Declaration): (Span & { readonly value: string }) | undefined {
  if (!kinds.has(node.kind)) return undefined
  return node.kind === 'library' ? node.from : 'grid' in node ? node.grid.from : undefined
}

interface Context {
  readonly placed: readonly Placed[]
  readonly scope: Scope
  readonly sheets: Sheets
  readonly from: Span & { readonly value: string }
}

/** What a sheet's rows came to for a declaration, with the findings about them. */
interface Expansion {
  readonly key: string
  readonly node: Declaration
  readonly findings: readonly Diagnostic[]
}

const expansions = new WeakMap<Declaration, Expansion>()

function expanded({ node, file }: Placed, context: Context): Declaration {
  const { scope, sheets, from } = context
  const path = pathOf(file, from.value, sheets.paths)
  const source = path !== undefined && isSheet(path) ? sheets.texts[path] : undefined
  if (path === undefined || source === undefined) {
    scope.report(from, 'AX4031', { name: from.value })
    return withRows(node, [])
  }
  const columns = columnsOf(node, context)
  const place = sheetPlace(sheets.paths, path)
  const key = JSON.stringify([path, place, columns.map(({ name, isText }) => [name, isText])])
  const known = expansions.get(node)
  const found =
    known?.key === key && sources.get(known) === source
      ? known
      : { key, ...readRows({ node, columns, path, place, source }) }
  expansions.set(node, found)
  sources.set(found, source)
  sheets.diagnostics.push(...found.findings)
  return found.node
}

const sources = new WeakMap<Expansion, string>()

/** Relative to the file that names it, inside of the pack; a declaration of a used pack brings that pack's sheet. */
function pathOf(file: string, name: string, paths: readonly string[]): string | undefined {
  const parts = name.split('/')
  if (name.includes('\\') || parts.some(part => part === '' || part === '.' || part === '..'))
    return undefined
  const folder = file.slice(0, file.lastIndexOf('/') + 1)
  // Why encoded: editors know files by their URI.
  const here = [folder + name, folder + encodeURI(name)].find(path => paths.includes(path))
  if (here !== undefined) return here
  return paths.find(path => path.startsWith('@') && path.endsWith(`/${name}`))
}

function columnsOf(node: Declaration, { placed, scope }: Context): readonly SheetColumn[] {
  const quiet = { ...scope, report: () => {} }
  if (node.kind === 'library') {
    const types = new Map(node.fields.map(({ name, type }) => [name.text, resolveType(quiet, type)]))
    return node.fields.map(({ name: { text } }) => ({ name: text, isText: isTextual(types.get(text)) }))
  }
  const { grid } = node as WithGrid
  const tested = placed.find(each => each.node.kind === 'table' && each.node.name.text === node.name.text)
  const declared =
    node.kind === 'test'
      ? (tested?.node as WithGrid | undefined)?.grid
      : node.kind === 'table'
        ? grid
        : undefined
  const types = new Map(
    [...(declared?.inputs ?? []), ...(declared?.outputs ?? [])].map(column => {
      const name = scope.textOf(column.subject)
      return [name, column.type ? resolveType(quiet, column.type) : typeNamed(quiet, name)] as const
    }),
  )
  return [...grid.inputs, ...grid.outputs].map(({ subject }) => {
    const name = scope.textOf(subject)
    return { name, isText: isTextual(types.get(name)) }
  })
}

function isTextual(type: Type | undefined): boolean {
  return (
    type !== undefined &&
    (type.kind === 'ref' || ['text', 'scan', 'file', 'location', 'signature'].includes(printType(type)))
  )
}

interface Reading {
  readonly node: Declaration
  readonly columns: readonly SheetColumn[]
  readonly path: string
  /** The place of the sheet's first character. */
  readonly place: number
  readonly source: string
}

function readRows(reading: Reading): Omit<Expansion, 'key'> {
  const { node, path, source } = reading
  const findings: Diagnostic[] = []
  const report = ({ start, end }: Span, code: Diagnostic['code'], params: Diagnostic['params'] = {}) =>
    void findings.push({ code, file: path, start, end, params })
  const none = () => ({ node: withRows(node, []), findings })
  const { rows, unclosed } = readSheet(source)
  if (source.length > MAX_SOURCE || rows.length > MAX_SHEET_ROWS + 1) {
    report({ start: 0, end: 0 }, 'AX4033', { rows: String(MAX_SHEET_ROWS), characters: String(MAX_SOURCE) })
    return none()
  }
  if (unclosed !== undefined) report({ start: unclosed, end: unclosed + 1 }, 'AX1003', { found: '"' })
  const columns = columnsIn(reading, rows[0], report)
  if (!columns || unclosed !== undefined) return none()
  const read: (Row | LibraryRow)[] = []
  const body = rows.slice(1)
  const asked = { node, columns, path, place: reading.place }
  for (let at = 0; at < body.length; at += PIECE)
    read.push(...readPiece(asked, { rows: body.slice(at, at + PIECE), report, findings }))
  return { node: withRows(node, read, columns), findings }
}

/**
 * The columns of the rows to come: a grid's own, all of which the sheet has; of a library those it shows and those the sheet
 * has. Undefined, and reported, when the sheet lacks one, has another or has one twice.
 */
function columnsIn(
  { node, columns }: Reading,
  header: SheetRow | undefined,
  report: Report,
): readonly SheetPart[] | undefined {
  const names = header?.fields.map(({ text }) => text.trim().normalize('NFC')) ?? []
  const known = columns.map(({ name }) => name)
  const params = (name: string) => ({ name, columns: known.join('、') })
  const wrong = names.findIndex((name, at) => !known.includes(name) || names.indexOf(name) < at)
  if (wrong >= 0) {
    report(header!.fields[wrong]!, 'AX4034', params(names[wrong]!))
    return undefined
  }
  const key = node.kind === 'library' ? node.fields.find(({ isKey }) => isKey)?.name.text : undefined
  const needed = node.kind === 'library' ? known.filter(name => name === key) : known
  const missing = needed.find(name => !names.includes(name))
  if (missing !== undefined) {
    report(header ?? { start: 0, end: 0 }, 'AX4034', params(missing))
    return undefined
  }
  const shown = node.kind === 'library' ? node.columns.map(({ text }) => text) : known
  return columns
    .filter(({ name }) => shown.includes(name) || names.includes(name))
    .map(column => ({ ...column, field: names.indexOf(column.name) }))
}

/** The declaration with further rows, which no longer names a sheet. */
function withRows(
  node: Declaration,
  more: readonly (Row | LibraryRow)[],
  columns: readonly SheetPart[] = [],
): Declaration {
  if (node.kind === 'library') return withLibraryRows(node, more as readonly LibraryRow[], columns)
  const { grid } = node as WithGrid
  return {
    ...node,
    grid: { ...grid, rows: [...grid.rows, ...(more as Row[])], from: undefined },
  } as Declaration
}

/** The rows that stand in the text say nothing in columns that only the sheet has. */
function withLibraryRows(
  node: LibraryNode,
  more: readonly LibraryRow[],
  columns: readonly SheetPart[],
): LibraryNode {
  // Why the library's own place: a column that only the sheet has stands nowhere in the text.
  const place = { start: node.name.start, end: node.name.end }
  const all = columns.map(
    column => node.columns.find(({ text }) => text === column.name) ?? { text: column.name, ...place },
  )
  const own = node.rows.map(row => ({
    ...row,
    values: columns.map((column): Expression => {
      const shown = node.columns.findIndex(({ text }) => text === column.name)
      const nothing = {
        kind: 'literal',
        literal: 'null',
        image: 'null',
        start: row.end,
        end: row.end,
      } as const
      return row.values[shown] ?? nothing
    }),
  }))
  return columns.length === 0
    ? { ...node, from: undefined }
    : { ...node, columns: all, rows: [...own, ...more], from: undefined }
}
