import type { NodeBlueprint, ReactionBlueprint, TargetBlueprint, TicketBlueprint } from '#core/blueprint'

/** Place to the places right behind it. */
export type Edges = ReadonlyMap<string, readonly string[]>

/**
 * Where a ticket may go next from each place, whatever the conditions say; of its reactions only those asked for, and
 * always what is past their bound.
 */
export function edgesOf(
  ticket: TicketBlueprint,
  takes: (node: NodeBlueprint, reaction: ReactionBlueprint) => boolean = () => true,
): Edges {
  const edges = new Map<string, string[]>()
  for (const [name, node] of Object.entries(ticket.nodes)) {
    const targets = [
      ...node.reactions.flatMap(reaction => [
        takes(node, reaction) ? reaction.target : undefined,
        reaction.beyond,
      ]),
      ...[...ticket.clocks, ...node.clocks].flatMap(clock => clock.marks.map(mark => mark.target)),
    ]
    edges.set(
      name,
      targets.flatMap(target => (target ? (placeOf(target) ?? afterRegion(ticket, node)) : [])),
    )
  }
  for (const [name, parallel] of Object.entries(ticket.parallels)) {
    const starts = Object.values(parallel.branches).map(branch => branch.start)
    const skips = Object.values(parallel.branches).every(branch => branch.when)
    edges.set(name, [...starts, ...(skips ? (placeOf(parallel.target) ?? []) : [])])
  }
  return edges
}

/** The place a target names; undefined for `done`. */
export function placeOf(target: TargetBlueprint): string | undefined {
  return target.go === 'done' ? undefined : target.to
}

/** `done` leads on to where the region leads once its branches have joined. */
function afterRegion(ticket: TicketBlueprint, node: NodeBlueprint): string[] {
  const parallel = node.within && ticket.parallels[node.within.parallel]
  const to = parallel && placeOf(parallel.target)
  return to === undefined || to === null ? [] : [to]
}

/** The places that can be come to, the ones started from included. */
export function reachable(from: readonly string[], edges: Edges): Set<string> {
  const seen = new Set(from)
  for (const name of seen) for (const next of edges.get(name) ?? []) seen.add(next)
  return seen
}

export function reversed(edges: Edges): Edges {
  const back = new Map<string, string[]>()
  for (const [from, targets] of edges) for (const to of targets) back.set(to, [...(back.get(to) ?? []), from])
  return back
}

/** A shortest way, as people read it. */
export function pathTo(start: string, goal: string, edges: Edges): string {
  const before = new Map<string, string>()
  const seen = new Set([start])
  for (const name of seen)
    for (const next of edges.get(name) ?? [])
      if (!seen.has(next)) {
        before.set(next, name)
        seen.add(next)
      }
  const path = [goal]
  for (let at = before.get(goal); at !== undefined; at = before.get(at)) path.unshift(at)
  return path.join(' → ')
}
