import { kindOf, pathOf, type SymbolKind, type Texts } from '#dsl/service'
import { parse, withoutSheets, type Declaration, type Name, type Span, type TicketNode } from '#dsl/syntax'

/** Something with a name that a gesture is about. */
export interface Found {
  readonly file: string
  readonly source: string
  readonly node: Named
}

type Named = Span & { readonly name: Name }

/**
 * What declares a symbol: a declaration (`table:费率`), one of a list (`role:客服`), or a part (`node:客诉.受理`,
 * `form-field:客诉单.原因`, `value:等级.金卡`, `step:唤醒.问候`). Of several the first.
 */
export function findSymbol(texts: Texts, symbol: string): Found | undefined {
  const kind = kindOf(symbol)
  for (const file of Object.keys(withoutSheets(texts)).sort()) {
    const source = texts[file]!
    for (const node of parse(source).declarations) {
      const found = inDeclaration(node, { kind, path: pathOf(symbol) })
      if (found) return { file, source, node: found }
    }
  }
  return undefined
}

function inDeclaration(
  node: Declaration,
  { kind, path }: { kind: SymbolKind; path: string },
): Named | undefined {
  if ('names' in node && node.kind !== 'use')
    return node.kind === kind ? node.names.find(({ name }) => name.text === path) : undefined
  const isLibrary = kind === 'entity' && node.kind === 'library'
  if (node.name.text === path && (node.kind === kind || isLibrary)) return node
  const owner = `${node.name.text}.`
  if (!path.startsWith(owner)) return undefined
  const member = path.slice(owner.length)
  return partsOf(node, kind).find(
    ({ name }) => name.text === member || name.text === member.split('.').at(-1),
  )
}

/** The parts of a declaration that a kind of symbol names. */
function partsOf(node: Declaration, kind: SymbolKind): readonly Named[] {
  if (node.kind === 'ticket') return ticketParts(node, kind)
  switch (kind) {
    case 'form-field':
      return node.kind === 'form' ? node.fields : []
    case 'field':
      return node.kind === 'entity' || node.kind === 'library' ? node.fields : []
    case 'event':
      return node.kind === 'entity' ? node.events.map(named) : []
    case 'value':
      return node.kind === 'enum' ? node.values : []
    case 'line':
      return node.kind === 'price' ? node.lines : []
    case 'step':
      return node.kind === 'sop' ? node.steps.flatMap(step => ('name' in step ? [step] : [])) : []
    case 'stage-case':
      return node.kind === 'stage' ? node.stages : []
    case 'arm':
      return node.kind === 'campaign' ? node.arms : []
    case 'parameter':
      return node.kind === 'action' ? [...node.inputs, ...node.outputs] : []
    case 'signal-output':
      return node.kind === 'signal' ? node.outputs : []
    case 'column':
      return node.kind === 'table' ? node.computed : []
    default:
      return []
  }
}

function ticketParts({ nodes, parallels, ends, clocks }: TicketNode, kind: SymbolKind): readonly Named[] {
  const branches = parallels.flatMap(parallel => parallel.branches)
  const stations = [...nodes, ...branches.flatMap(branch => branch.nodes)]
  switch (kind) {
    case 'node':
      return stations
    case 'parallel':
      return parallels
    case 'branch':
      return branches
    case 'end':
      return ends
    case 'clock':
      return [...clocks, ...stations.flatMap(station => station.clocks)]
    case 'transition':
      return stations.flatMap(({ reactions }) =>
        reactions.flatMap(reaction => reaction.events.map(name => ({ ...reaction, name }))),
      )
    case 'end-outcome':
      return ends.flatMap(({ outcomes, end }) =>
        outcomes.map(({ name }, index) => outcomeSpan(name, outcomes[index + 1]?.name.start ?? end)),
      )
    default:
      return []
  }
}

/** Why up to the next: an outcome's own span is its name alone, and `ok` or `fail` belongs to it. */
function outcomeSpan(name: Name, before: number): Named {
  return { name, start: name.start, end: Math.min(name.end + ' fail'.length, before) }
}

function named(name: Name): Named {
  return { name, start: name.start, end: name.end }
}
