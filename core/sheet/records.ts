import type { Blueprint } from '#core/blueprint'
import type { FieldValues } from '#core/form'
import type { JsonValue } from '#core/values'
import { fitting, readCell } from './cell.ts'
import { keyColumn, sheetColumns, type SheetColumn } from './columns.ts'
import { readSheet, type SheetField } from './csv.ts'

/** A record that a row of a spreadsheet says. */
export interface SheetRecord {
  /** Its place in the file, from 1; the header is line 1 where nothing precedes it. */
  readonly line: number
  readonly key: string
  /** What the row says of fields other than the key; a field without a column is left as it is known. */
  readonly fields: FieldValues
}

/** What is wrong with a file: with a cell, a row, a column or all of it (`line` null). */
export interface RecordFault {
  readonly line: number | null
  /** The header of the column. */
  readonly column: string | null
  readonly fault:
    | ('empty' | 'unclosed' | 'size' | 'no-key-column' | 'column-twice')
    | ('twice' | 'no-key' | 'type' | 'reference')
  /** What stands there. */
  readonly text: string
  /** Of a cell that does not fit: all that would. */
  readonly fits?: string
  /** Or an example of it. */
  readonly like?: string
  /** Of a record that is there twice: the line it stands in first. */
  readonly first?: number
}

export interface SheetRecords {
  /** How many rows there are below the header. */
  readonly rows: number
  readonly records: readonly SheetRecord[]
  readonly faults: readonly RecordFault[]
  /** Headers that are no field of the entity, whose columns are left out. */
  readonly ignored: readonly string[]
}

/** More rows than this are not read at once. */
const MAX_ROWS = 20_000

/** Reads comma-separated values as records of an entity; the first line names the fields, in any order. */
export function readRecords(blueprint: Blueprint, entity: string, text: string): SheetRecords {
  const { rows, unclosed } = readSheet(text)
  const whole = (fault: RecordFault['fault'], says = ''): SheetRecords => ({
    ...{ rows: Math.max(rows.length - 1, 0), records: [], ignored: [] },
    faults: [{ line: null, column: null, fault, text: says }],
  })
  if (unclosed !== undefined) return whole('unclosed', String(lineOf(text, unclosed)))
  const [header, ...body] = rows
  if (!header || body.length === 0) return whole('empty')
  if (body.length > MAX_ROWS) return whole('size', String(body.length))
  const key = keyColumn(blueprint, entity)
  const { columns, faults, ignored } = columnsOf(header.fields, sheetColumns(blueprint, entity))
  if (!columns.some(column => column?.field === key))
    return whole('no-key-column', sheetColumns(blueprint, entity)[0]?.header ?? key)
  const lines = linesOf(text)
  const read = body.map(row =>
    readRow(blueprint, { key, columns, fields: row.fields, line: lines(row.start) }),
  )
  const records = read.flatMap(({ record }) => record ?? [])
  const all = [...faults, ...read.flatMap(row => row.faults), ...repeated(records)]
  return { rows: body.length, records, faults: all, ignored }
}

/** The column of each header, undefined of one that is to be left out. */
function columnsOf(
  headers: readonly SheetField[],
  known: readonly SheetColumn[],
): { columns: (SheetColumn | undefined)[]; faults: RecordFault[]; ignored: string[] } {
  const faults: RecordFault[] = []
  const ignored: string[] = []
  const columns = headers.map(({ text }) => {
    const name = text.trim()
    if (name === '') return undefined
    const column =
      known.find(({ header }) => header === name) ?? known.find(({ also }) => also.includes(name))
    if (!column) ignored.push(name)
    return column
  })
  for (const [at, column] of columns.entries())
    if (column && columns.indexOf(column) < at)
      faults.push({ line: 1, column: column.header, fault: 'column-twice', text: column.header })
  return { columns, faults, ignored }
}

function readRow(
  blueprint: Blueprint,
  row: {
    readonly key: string
    readonly columns: readonly (SheetColumn | undefined)[]
    readonly fields: readonly SheetField[]
    readonly line: number
  },
): { record?: SheetRecord; faults: RecordFault[] } {
  const { line } = row
  const faults: RecordFault[] = []
  const fields: Record<string, JsonValue> = {}
  for (const [at, column] of row.columns.entries()) {
    if (!column) continue
    // Why: what `printRecords` puts before a formula is not part of the value.
    const text = (row.fields[at]?.text ?? '').replace(/^'(?=[=+@-])/, '')
    const value = readCell(blueprint, column.type, text)
    if (value === undefined)
      faults.push({ line, column: column.header, fault: 'type', text, ...fitting(blueprint, column.type) })
    else fields[column.field] = value
  }
  const { [row.key]: key, ...rest } = fields
  if (typeof key === 'string') return { record: { line, key, fields: rest }, faults }
  const column = row.columns.find(one => one?.field === row.key)!.header
  return faults.some(fault => fault.column === column)
    ? { faults }
    : { faults: [...faults, { line, column, fault: 'no-key', text: '' }] }
}

function repeated(records: readonly SheetRecord[]): RecordFault[] {
  const seen = new Map<string, number>()
  return records.flatMap(({ key, line }): RecordFault[] => {
    const first = seen.get(key)
    if (first !== undefined) return [{ line, column: null, fault: 'twice', text: key, first }]
    seen.set(key, line)
    return []
  })
}

const lineOf = (text: string, at: number) => linesOf(text)(at)

/** The line of a place, from 1; places are asked for in order. */
function linesOf(text: string): (at: number) => number {
  let line = 1
  let from = 0
  return at => {
    for (let next = text.indexOf('\n', from); next !== -1 && next < at; next = text.indexOf('\n', from)) {
      line++
      from = next + 1
    }
    return line
  }
}
