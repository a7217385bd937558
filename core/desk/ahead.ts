import type { TargetBlueprint, TicketBlueprint } from '#core/blueprint'

/** The actions of the nodes that a transition may lead a ticket to next, whatever its conditions come to. */
export function actionsAhead(
  ticket: TicketBlueprint,
  { node, event }: { node: string; event: string },
): string[] {
  const { reactions, within } = ticket.nodes[node]!
  const own = reactions.filter(reaction => reaction.events.includes(event))
  const targets = own.flatMap(({ target, beyond }) => [target, beyond])
  const seen = new Set<string>()
  const nodes = targets.flatMap(target => (target ? reached(ticket, target, { within, seen }) : []))
  return [...new Set(nodes.flatMap(name => ticket.nodes[name]!.run?.action ?? []))]
}

interface From {
  readonly within: TicketBlueprint['nodes'][string]['within']
  /** Regions that were looked into. */
  readonly seen: Set<string>
}

function reached(ticket: TicketBlueprint, target: TargetBlueprint, from: From): string[] {
  if (target.go === 'done')
    return from.within
      ? reached(ticket, ticket.parallels[from.within.parallel]!.target, { ...from, within: null })
      : []
  const kind = target.go === 'abort' ? target.kind : target.go
  if (kind === 'node') return [target.to]
  if (kind === 'end' || from.seen.has(target.to)) return []
  from.seen.add(target.to)
  return Object.values(ticket.parallels[target.to]!.branches).map(({ start }) => start)
}
