import type { NodeBlueprint, ParallelBlueprint, ReactionBlueprint, TicketBlueprint } from '#core/blueprint'
import type { Span, TicketNode } from '#dsl/syntax'
import { stationsOf } from './flow.ts'
import { coarseEdges, edgesOf, pathTo, placeOf, reachable, reversed, type Edges } from './flow-graph.ts'
import { proveRegion } from './region-proof.ts'
import type { Scope } from './scope.ts'

/**
 * Proves a ticket's flow sound: every place is reached, an end can be reached from every place, every wait has a
 * clock, no transition is dead, no timed loop is endless. Forward and backward search, linear in nodes and transitions;
 * split and join are balanced by construction.
 */
export function proveFlow(scope: Scope, node: TicketNode, ticket: TicketBlueprint): void {
  const spans = new Map<string, Span>([
    ...stationsOf(node).map(([station]) => [station.name.text, station.name] as const),
    ...node.parallels.map(({ name }) => [name.text, name] as const),
    ...node.ends.flatMap(end =>
      end.outcomes.map(({ name }) => [`${end.name.text}.${name.text}`, name] as const),
    ),
  ])
  const regions = new Map(Object.keys(ticket.parallels).map(name => [name, proveRegion(ticket, name)]))
  const joins = (region: string) => regions.get(region)!.completes
  const edges = edgesOf(ticket, undefined, joins)
  const loops = loopsOf(ticket)
  const reached = reachable([ticket.start], edges)
  // A region is one place here; whether its branches get stuck inside is its own proof.
  const ending = reachable(Object.keys(ticket.ends), reversed(coarseEdges(ticket, joins)))
  const stuck = new Set([...regions.values()].map(region => region.stuck))
  const isStuck = (name: string) => (ticket.nodes[name]?.within ? stuck.has(name) : !ending.has(name))
  for (const [name, span] of spans) {
    if (!reached.has(name)) scope.report(span, 'AX5001', { name })
    else if (isStuck(name)) scope.report(span, 'AX5002', { name, path: pathTo(ticket.start, name, edges) })
  }
  for (const region of node.parallels)
    if (reached.has(region.name.text) && isSkippedForEver(ticket, region.name.text))
      scope.report(region.name, 'AX5008', { name: region.name.text })
  for (const [station] of stationsOf(node)) {
    const checked = ticket.nodes[station.name.text]!
    if (
      ticket.clocks.length + checked.clocks.length === 0 &&
      !checked.reactions.some(r => r.trigger === 'after')
    )
      scope.report(station.name, 'AX5003', { name: station.name.text })
    proveReactions(scope, { name: station.name.text, node: checked, loops }, station.reactions)
  }
}

/** Regions that lead to each other when every branch is left out would be gone through without end, in one moment. */
function isSkippedForEver({ parallels }: TicketBlueprint, name: string): boolean {
  const passed = new Set<string>()
  let at: string | undefined = name
  while (at !== undefined && !passed.has(at)) {
    const region: ParallelBlueprint | undefined = parallels[at]
    if (!region || Object.values(region.branches).some(branch => !branch.when)) return false
    passed.add(at)
    at = placeOf(region.target)
  }
  return at === name
}

function proveReactions(
  scope: Scope,
  at: { name: string; node: NodeBlueprint; loops: Loops },
  spans: readonly Span[],
): void {
  const open = new Set<string>()
  at.node.reactions.forEach((reaction, index) => {
    const span = spans[index] ?? spans[0]!
    for (const event of reaction.events) {
      if (open.has(event)) scope.report(span, 'AX5005', { name: event })
      if (!reaction.when) open.add(event)
    }
    if (isEndlessLoop(at, reaction)) scope.report(span, 'AX5008', { name: at.name })
  })
}

interface Loops {
  /** Ways that may be taken any number of times. */
  readonly unbounded: Edges
  /** Those of them that nobody chooses: time and the outcomes of actions. */
  readonly automatic: Edges
}

function loopsOf(ticket: TicketBlueprint): Loops {
  const unbounded = ({ max }: ReactionBlueprint) => max === undefined
  return {
    unbounded: edgesOf(ticket, (_, reaction) => unbounded(reaction)),
    automatic: edgesOf(ticket, (node, reaction) => unbounded(reaction) && isAutomatic(node, reaction)),
  }
}

const isAutomatic = (node: NodeBlueprint, { trigger }: ReactionBlueprint) =>
  trigger === 'after' || node.run !== undefined

/** A timed way back, or an action's without a person between, may run for ever; a bounded one may not. */
function isEndlessLoop(
  at: { name: string; node: NodeBlueprint; loops: Loops },
  reaction: ReactionBlueprint,
): boolean {
  const to = reaction.target && placeOf(reaction.target)
  if (to === undefined || reaction.max !== undefined || !isAutomatic(at.node, reaction)) return false
  const edges = reaction.trigger === 'after' ? at.loops.unbounded : at.loops.automatic
  return reachable([to], edges).has(at.name)
}
