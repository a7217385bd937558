import type { NodeBlueprint, ReactionBlueprint, TargetBlueprint, TicketBlueprint } from '#core/blueprint'

/** Place to the places right behind it. */
export type Edges = ReadonlyMap<string, readonly string[]>

/** Which reactions of a node are looked at; what is past a bound always is. */
type Takes = (node: NodeBlueprint, reaction: ReactionBlueprint) => boolean

/**
 * Where a ticket may go next from each place, whatever the conditions say; of its reactions only those asked for, and
 * always what is past their bound. A region leads on only when its branches can join.
 */
export function edgesOf(
  ticket: TicketBlueprint,
  takes: Takes = () => true,
  joins: (region: string) => boolean = () => true,
): Edges {
  const edges = new Map<string, string[]>()
  for (const [name, node] of Object.entries(ticket.nodes))
    edges.set(
      name,
      targetsOf(ticket, node, takes).flatMap(target => placeOf(target) ?? afterRegion(ticket, node, joins)),
    )
  for (const [name, parallel] of Object.entries(ticket.parallels)) {
    const starts = Object.values(parallel.branches).map(branch => branch.start)
    const skips = Object.values(parallel.branches).every(branch => branch.when)
    edges.set(name, [...starts, ...(skips ? placesOf(parallel.target) : [])])
  }
  return edges
}

/** Nothing leads on from a node there is not: a branch without one is reported as such. */
function targetsOf(
  ticket: TicketBlueprint,
  node: NodeBlueprint | undefined,
  takes: Takes,
): TargetBlueprint[] {
  if (!node) return []
  return [
    ...node.reactions.flatMap(reaction => [
      takes(node, reaction) ? reaction.target : undefined,
      reaction.beyond,
    ]),
    ...[...ticket.clocks, ...node.clocks].flatMap(clock => clock.marks.map(mark => mark.target)),
  ].filter(target => target !== undefined)
}

/** A branch by itself: its ways between nodes, and from which nodes it is done or aborts. */
export function insideOf(
  ticket: TicketBlueprint,
  { parallel, branch }: { parallel: string; branch: string },
): { readonly edges: Edges; readonly done: ReadonlySet<string>; readonly aborts: ReadonlySet<string> } {
  const edges = new Map<string, string[]>()
  const done = new Set<string>()
  const aborts = new Set<string>()
  for (const [name, node] of Object.entries(ticket.nodes)) {
    if (node.within?.parallel !== parallel || node.within.branch !== branch) continue
    const targets = targetsOf(ticket, node, () => true)
    edges.set(
      name,
      targets.flatMap(target => (target.go === 'node' ? target.to : [])),
    )
    if (targets.some(target => target.go === 'done')) done.add(name)
    if (targets.some(target => target.go === 'abort')) aborts.add(name)
  }
  return { edges, done, aborts }
}

/** The ticket with each region as one place: it leads on when its branches can join, and wherever they abort to. */
export function coarseEdges(ticket: TicketBlueprint, joins: (region: string) => boolean): Edges {
  const edges = new Map<string, string[]>()
  for (const [name, node] of Object.entries(ticket.nodes))
    if (!node.within)
      edges.set(
        name,
        targetsOf(ticket, node, () => true).flatMap(target => placeOf(target) ?? []),
      )
  for (const [name, { branches, target }] of Object.entries(ticket.parallels)) {
    const aborting = Object.entries(branches).flatMap(([branch, { start }]) => {
      const inside = insideOf(ticket, { parallel: name, branch })
      return [...reachable([start], inside.edges)].flatMap(node =>
        targetsOf(ticket, ticket.nodes[node], () => true).flatMap(way => (way.go === 'abort' ? way.to : [])),
      )
    })
    edges.set(name, [...(joins(name) ? placesOf(target) : []), ...aborting])
  }
  return edges
}

/** The place a target names; undefined for `done`. */
export function placeOf(target: TargetBlueprint): string | undefined {
  return target.go === 'done' ? undefined : target.to
}

function placesOf(target: TargetBlueprint): string[] {
  return target.go === 'done' ? [] : [target.to]
}

/** `done` leads on to where the region leads once its branches have joined. */
function afterRegion(
  ticket: TicketBlueprint,
  node: NodeBlueprint,
  joins: (region: string) => boolean,
): string[] {
  const parallel = node.within && ticket.parallels[node.within.parallel]
  const to = parallel && joins(node.within!.parallel) ? placeOf(parallel.target) : undefined
  return to === undefined ? [] : [to]
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
