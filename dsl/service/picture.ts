import {
  parse,
  withoutSheets,
  type ClockNode,
  type Reaction,
  type Span,
  type StationNode,
  type Target,
  type TicketNode,
} from '#dsl/syntax'
import { positionAt } from '#dsl/diagnostics'
import type { Texts } from './texts.ts'

/** A ticket's flow as a graph, drawn from the text alone. Offsets are those of `file`. */
export interface Picture extends Span {
  readonly ticket: string
  readonly label: string
  readonly file: string
  readonly nodes: readonly PictureNode[]
  readonly edges: readonly PictureEdge[]
  /** The line (from 1) of the first fault inside the declaration: what it shows may be incomplete. */
  readonly brokenLine: number | null
}

export interface PictureNode {
  /** The name that targets use: a node, a region, or `结束.已解决`. */
  readonly id: string
  readonly label: string
  readonly kind: 'node' | 'end' | 'parallel'
  /** A role, `customer`, or empty where nobody acts. */
  readonly by: string
  readonly clocks: readonly { readonly name: string; readonly time: string }[]
  readonly within?: { readonly parallel: string; readonly branch: string }
  readonly isStart: boolean
  /** The whole clause, and the name in it. */
  readonly span: Span
  readonly name: Span
}

/** Between two ids; an edge to the region a node stands in says that its branch is done. */
export interface PictureEdge {
  readonly from: string
  readonly to: string
  readonly label: string
  readonly trigger: 'on' | 'after' | 'join'
  readonly guarded: boolean
  readonly span: Span
}

/** The flow of a ticket; undefined when no text declares it in a form that can be read. */
export function picture(texts: Texts, ticketName: string): Picture | undefined {
  for (const file of Object.keys(withoutSheets(texts)).sort()) {
    const { declarations, faults } = parse(texts[file]!)
    const ticket = declarations.find(
      (node): node is TicketNode => node.kind === 'ticket' && node.name.text === ticketName,
    )
    if (!ticket) continue
    const source = texts[file]!
    const fault = faults.find(({ start }) => start >= ticket.start && start <= ticket.end)
    const nodes = nodesOf(source, ticket)
    const known = new Set(nodes.map(({ id }) => id))
    return {
      ticket: ticketName,
      label: ticket.label?.value ?? ticketName,
      file,
      ...{ nodes, edges: edgesOf(source, ticket).filter(({ to }) => known.has(to)) },
      brokenLine: fault ? positionAt(source, fault.start).line : null,
      start: ticket.start,
      end: ticket.end,
    }
  }
  return undefined
}

function nodesOf(source: string, ticket: TicketNode): PictureNode[] {
  const common = { by: '', clocks: [] }
  const isStart = (id: string) => ticket.first?.text === id
  const station = (node: StationNode): PictureNode => ({
    id: node.name.text,
    label: node.label?.value ?? node.name.text,
    kind: 'node',
    by: node.by?.text ?? '',
    clocks: node.clocks.map(clock => clockOf(source, clock)),
    isStart: isStart(node.name.text),
    ...{ span: place(node), name: place(node.name) },
  })
  const regions = ticket.parallels.flatMap((parallel): PictureNode[] => {
    const { text: id } = parallel.name
    const region = { id, label: id, kind: 'parallel' as const, ...common, isStart: isStart(id) }
    const inside = parallel.branches.flatMap(branch =>
      branch.nodes.map(node => ({ ...station(node), within: { parallel: id, branch: branch.name.text } })),
    )
    return [{ ...region, span: place(parallel), name: place(parallel.name) }, ...inside]
  })
  const ends = ticket.ends.flatMap(end =>
    end.outcomes.map(({ name }): PictureNode => ({
      ...{ id: `${end.name.text}.${name.text}`, label: name.text, kind: 'end', ...common, isStart: false },
      ...{ span: place(end), name: place(name) },
    })),
  )
  return [...ticket.nodes.map(station), ...regions, ...ends]
}

function edgesOf(source: string, ticket: TicketNode): PictureEdge[] {
  const outer = ticket.nodes.flatMap(node => exits(source, node))
  const regions = ticket.parallels.flatMap(parallel => {
    const id = parallel.name.text
    const inner = parallel.branches.flatMap(branch => branch.nodes.flatMap(node => exits(source, node, id)))
    return [...inner, ...toTarget(parallel.target, { from: id, label: '', trigger: 'join', guarded: false })]
  })
  return [...outer, ...regions]
}

/** The edges of a node's reactions; where a limit ends a loop, the way beyond it is an edge of its own. */
function exits(source: string, node: StationNode, region?: string): PictureEdge[] {
  return node.reactions.flatMap(reaction => {
    const { target, beyond, max, when } = reaction
    if (reaction.trigger === 'at') return []
    const label = labelOf(source, reaction)
    const common = { from: node.name.text, trigger: reaction.trigger, region }
    const first = target && toTarget(target, { ...common, label, guarded: when !== undefined })
    const over = beyond && toTarget(beyond, { ...common, label: `${label} (>${max})`, guarded: true })
    return [...(first ?? []), ...(over ?? [])].map(edge => ({ ...edge, span: place(reaction) }))
  })
}

function toTarget(
  target: Target,
  { region, ...edge }: Omit<PictureEdge, 'to' | 'span'> & { region?: string | undefined },
): PictureEdge[] {
  const to = target.kind === 'done' ? region : target.name?.text
  return to === undefined ? [] : [{ ...edge, to, span: place(target) }]
}

function labelOf(source: string, { events, moment }: Reaction): string {
  return moment ? source.slice(moment.start, moment.end) : events.map(event => event.text).join(', ')
}

function clockOf(source: string, { name, duration }: ClockNode): PictureNode['clocks'][number] {
  return { name: name.text, time: source.slice(duration.start, duration.end) }
}

function place({ start, end }: Span): Span {
  return { start, end }
}
