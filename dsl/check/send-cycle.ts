import type { Act, SopNode, StationNode, TicketNode } from '#dsl/syntax'
import { stationsOf } from './flow.ts'
import { pathTo, reachable, type Edges } from './flow-graph.ts'
import type { Scope } from './scope.ts'

/** What a customer does who was written to. */
const ANSWER = 'customer.回复'

/**
 * Proves that no SOP brings itself about without end: by a message that is answered, a record it makes, or a ticket that
 * leads on to one. `once per` at a trigger cuts the way; so does nothing else.
 */
export function proveNoCycle(
  scopeOf: (node: SopNode) => Scope,
  sops: readonly SopNode[],
  tickets: readonly TicketNode[],
): void {
  const edges = consequences(sops, tickets)
  for (const node of sops) {
    const own = sopKey(node)
    const next = edges.get(own) ?? []
    const through = next.find(each => reachable([each], edges).has(own))
    if (through === undefined) continue
    const path = `${own} → ${pathTo(through, own, edges)}`.replaceAll(/(?:sop|ticket|made) /g, '')
    scopeOf(node).report(node.name, 'AX6030', { name: node.name.text, path })
  }
}

const sopKey = ({ name }: SopNode) => `sop ${name.text}`

/** Each SOP, ticket, record and event to what it may bring about. */
function consequences(sops: readonly SopNode[], tickets: readonly TicketNode[]): Edges {
  const kinds = new Set(tickets.map(({ name }) => name.text))
  const made = (name: string) => (kinds.has(name) ? `ticket ${name}` : `made ${name}`)
  const edges = new Map<string, string[]>()
  const add = (from: string, to: string) => edges.set(from, [...(edges.get(from) ?? []), to])
  for (const sop of sops) {
    for (const { trigger, subject, once } of sop.triggers)
      if (!once) add(trigger === 'on' ? subject.text : `made ${subject.text}`, sopKey(sop))
    for (const step of sop.steps) {
      if (step.kind === 'send') add(sopKey(sop), ANSWER)
      if (step.kind === 'create') add(sopKey(sop), made(step.of.text))
    }
  }
  for (const ticket of tickets) {
    const own = `ticket ${ticket.name.text}`
    for (const station of stationsOf(ticket).map(([node]) => node)) {
      if (station.publicNotify) add(own, ANSWER)
      for (const name of makes(station, ticket)) add(own, made(name))
    }
  }
  return edges
}

/** What a node of a ticket makes: child tickets and records. */
function makes({ reactions, clocks, spawns }: StationNode, ticket: TicketNode): string[] {
  const marks = [...ticket.clocks, ...clocks].flatMap(clock => clock.reactions)
  const acts: readonly Act[] = [...reactions, ...marks].flatMap(reaction => reaction.acts)
  const named = acts.flatMap(({ kind, names }) =>
    kind === 'create' || kind === 'spawn' ? names.slice(0, 1) : [],
  )
  return [...named, ...spawns.map(({ ticket: child }) => child)].map(({ text }) => text)
}
