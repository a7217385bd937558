import { parse, withoutSheets, type Declaration, type Name, type Span } from '#dsl/syntax'
import type { Texts } from './texts.ts'

/** One row of an outline: a declaration, or a node of a ticket. */
export interface OutlineItem extends Span {
  readonly kind: string
  readonly name: string
  readonly label: string
  readonly file: string
  /** Where the name stands. */
  readonly at: Span
  readonly items: readonly OutlineItem[]
}

/** What the texts declare, as far as they can be read, file by file in reading order. */
export function outline(texts: Texts): OutlineItem[] {
  return Object.keys(withoutSheets(texts))
    .sort()
    .flatMap(file => parse(texts[file]!).declarations.map(node => rowOf(file, node)))
}

function rowOf(file: string, node: Declaration): OutlineItem {
  const items = node.kind === 'ticket' ? partsOf(file, node) : []
  const { kind } = node
  const names = 'names' in node ? node.names : undefined
  const name = names ? names.map(item => ('name' in item ? item.name : item).text).join(', ') : node.name.text
  return { ...item(file, kind, node), name, label: node.label?.value ?? name, items }
}

function partsOf(file: string, ticket: Declaration & { kind: 'ticket' }): OutlineItem[] {
  const regions = ticket.parallels.map(parallel => ({
    ...item(file, 'parallel', parallel),
    items: parallel.branches.flatMap(branch => branch.nodes.map(node => item(file, 'node', node))),
  }))
  return [
    ...ticket.nodes.map(node => item(file, 'node', node)),
    ...regions,
    ...ticket.ends.map(end => item(file, 'end', end)),
  ].sort((a, b) => a.start - b.start)
}

type Named = Span & { readonly name: Name; readonly label?: { readonly value: string } | undefined }

function item(file: string, kind: string, node: Named): OutlineItem {
  const { name, start, end } = node
  const at = { start: name.start, end: name.end }
  return { kind, name: name.text, label: node.label?.value ?? name.text, file, at, start, end, items: [] }
}
