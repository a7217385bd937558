import type { Texts } from '#dsl/service'
import { parse, withoutSheets, type Declaration, type Span } from '#dsl/syntax'

/** The rows that belong to a declaration, by its kind and name. Rows and columns count from 0. */
export interface GridPlace {
  readonly kind: 'table' | 'route' | 'limit' | 'test' | 'rebate' | 'classify' | 'access' | 'library'
  readonly name: string
}

/** Rows of cells, as they stand in a file. */
export interface FoundGrid {
  readonly file: string
  readonly source: string
  /** Where the header begins. */
  readonly start: number
  readonly rows: readonly (Span & { readonly cells: readonly Span[] })[]
  /** How many of the columns stand left of `||`; all of them where there is none. */
  readonly inputs: number
  readonly columns: number
}

/** The rows of the first such declaration. */
export function findGrid(texts: Texts, { kind, name }: GridPlace): FoundGrid | undefined {
  for (const file of Object.keys(withoutSheets(texts)).sort())
    for (const node of parse(texts[file]!).declarations) {
      const rows = node.kind === kind && node.name.text === name ? rowsOf(node) : undefined
      if (rows) return { file, source: texts[file]!, ...withHeader(texts[file]!, node, rows) }
    }
  return undefined
}

type Rows = Omit<FoundGrid, 'file' | 'source' | 'start'>

function rowsOf(node: Declaration): Rows | undefined {
  if ('grid' in node) {
    const { inputs, outputs, rows } = node.grid
    const cells = rows.map(({ start, end, inputs, outputs }) => ({
      start,
      end,
      cells: [...inputs, ...outputs],
    }))
    return { rows: cells, inputs: inputs.length, columns: inputs.length + outputs.length }
  }
  if (node.kind === 'library') {
    const rows = node.rows.map(({ start, end, values }) => ({ start, end, cells: values }))
    return { rows, inputs: node.columns.length, columns: node.columns.length }
  }
  if (node.kind !== 'access') return undefined
  const columns = node.roles.length + 1
  const rows = node.rows.map(({ start, end, fields, rights }) => ({
    ...{ start, end },
    cells: [{ start: fields[0]!.start, end: fields.at(-1)!.end }, ...rights],
  }))
  return { rows, inputs: columns, columns }
}

function withHeader(source: string, node: Declaration, rows: Rows): Rows & { start: number } {
  const bar = source.slice(node.start).search(/[|｜]/)
  return {
    ...rows,
    start: 'grid' in node && node.grid.end > 0 ? node.grid.start : node.start + Math.max(bar, 0),
  }
}
