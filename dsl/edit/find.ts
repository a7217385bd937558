import { kindOf, pathOf, type Texts } from '#dsl/service'
import { parse, type Declaration, type GridNode, type Name, type Span, type TicketNode } from '#dsl/syntax'

/** Something with a name that a gesture is about. */
export interface Found {
  readonly file: string
  readonly source: string
  readonly node: Span & { readonly name: Name }
}

/** What declares a symbol (`node:客诉.受理`, `form-field:客诉单.原因`, `table:费率`). */
export function findSymbol(texts: Texts, symbol: string): Found | undefined {
  const [owner = '', member] = splitPath(symbol)
  const kind = kindOf(symbol)
  for (const file of Object.keys(texts).sort()) {
    const source = texts[file]!
    for (const node of parse(source).declarations) {
      const found = inDeclaration(node, { kind, owner, member })
      if (found) return { file, source, node: found }
    }
  }
  return undefined
}

/** A table, by the name that a `table`, `route`, `limit`, `test` goes by; the first such declaration. */
export function findGrid(
  texts: Texts,
  { kind, name }: { kind: string; name: string },
): { file: string; source: string; grid: GridNode } | undefined {
  for (const file of Object.keys(texts).sort())
    for (const node of parse(texts[file]!).declarations)
      if (node.kind === kind && node.name.text === name && 'grid' in node)
        return { file, source: texts[file]!, grid: node.grid }
  return undefined
}

/** Why: an action's name has dots of its own. */
function splitPath(symbol: string): string[] {
  const path = pathOf(symbol)
  if (kindOf(symbol) === 'action') return [path]
  const dot = path.indexOf('.')
  return dot < 0 ? [path] : [path.slice(0, dot), path.slice(dot + 1)]
}

function inDeclaration(
  node: Declaration,
  { kind, owner, member }: { kind: string; owner: string; member: string | undefined },
): Found['node'] | undefined {
  if (node.name.text !== owner) return undefined
  if (member === undefined)
    return node.kind === kind || (kind === 'entity' && node.kind === 'library') ? node : undefined
  if (node.kind === 'ticket') return partsOf(node).find(part => part.name.text === member)
  const ownsFields =
    (kind === 'form-field' && node.kind === 'form') ||
    (kind === 'field' && 'fields' in node && node.kind !== 'form')
  return ownsFields && 'fields' in node ? node.fields.find(field => field.name.text === member) : undefined
}

function partsOf(ticket: TicketNode): Found['node'][] {
  return [
    ...ticket.nodes,
    ...ticket.parallels.flatMap(parallel => [parallel, ...parallel.branches.flatMap(branch => branch.nodes)]),
    ...ticket.ends,
  ]
}
