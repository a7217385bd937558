import type {
  Blueprint,
  ClockBlueprint,
  NodeBlueprint,
  ReactionBlueprint,
  TicketBlueprint,
} from '#core/blueprint'
import { change, compareNames, isMoved, relabelled, same, type Change } from './change.ts'

/** Tickets in flight stand in nodes and regions: what goes needs a place for them. */
export function diffTickets(before: Blueprint, after: Blueprint): Change[] {
  const { added, removed, kept } = compareNames(before.tickets, after.tickets)
  return [
    ...added.map(([name]) => change('safe', 'added', `tickets:${name}`, { section: 'tickets', name })),
    ...removed.map(([name]) => change('mapping', 'removed', `tickets:${name}`, { section: 'tickets', name })),
    ...kept.flatMap(([name, was, is]) => diffTicket(name, was, is)),
  ]
}

function diffTicket(ticket: string, was: TicketBlueprint, is: TicketBlueprint): Change[] {
  const at = `tickets:${ticket}`
  const nodes = compareNames(was.nodes, is.nodes)
  const regions = compareNames(was.parallels, is.parallels)
  const ends = compareNames(was.ends, is.ends)
  const on = (says: string, kind: Change['class'], name: string) =>
    change(kind, says, `${at}.${name}`, { ticket, name })
  return [
    ...relabelled(at, ticket, [was, is]),
    ...(was.form === is.form
      ? []
      : [change('breaking', 'ticket-form', at, { ticket, before: was.form, after: is.form })]),
    ...(was.start === is.start
      ? []
      : [change('safe', 'start-changed', at, { ticket, before: was.start, after: is.start })]),
    ...(same(was.entries, is.entries)
      ? []
      : [change('safe', 'entries-changed', at, { ticket, after: is.entries.join('、') })]),
    ...nodes.added.map(([name]) => on('node-added', 'safe', name)),
    ...nodes.removed.map(([name]) => on('node-removed', 'mapping', name)),
    ...nodes.kept.flatMap(([name, before, after]) =>
      diffNode(`${at}.${name}`, { ticket, node: name }, [before, after]),
    ),
    ...regions.added.map(([name]) => on('region-added', 'safe', name)),
    ...regions.removed.map(([name]) => on('region-removed', 'mapping', name)),
    ...regions.kept.flatMap(([name, before, after]) =>
      same(before, after) ? [] : [on('region-changed', 'mapping', name)],
    ),
    ...ends.added.map(([name]) => on('end-added', 'safe', name)),
    ...ends.removed.map(([name]) => on('end-removed', 'mapping', name)),
    ...ends.kept.flatMap(([name, old, now]) => (old === now ? [] : [on('end-result', 'auto', name)])),
    ...(isMoved(was.nodes, is.nodes) ? [change('safe', 'nodes-moved', at, { ticket })] : []),
    ...diffClocks(at, { ticket, node: '' }, [was.clocks, is.clocks]),
  ]
}

interface Of extends Readonly<Record<string, string>> {
  readonly ticket: string
  readonly node: string
}

function diffNode(at: string, of: Of, [was, is]: readonly [NodeBlueprint, NodeBlueprint]): Change[] {
  const found: Change[] = relabelled(at, of.node, [was, is])
  if (was.by !== is.by) found.push(change('auto', 'node-by', at, { ...of, before: was.by, after: is.by }))
  if (!same(was.within, is.within)) found.push(change('mapping', 'node-moved', at, of))
  if (!same(was.public, is.public)) found.push(change('safe', 'node-public', at, of))
  if (!same(was.run, is.run)) found.push(change('auto', 'node-run', at, of))
  if (!same(was.asks, is.asks))
    found.push(change('auto', 'node-asks', at, { ...of, after: is.asks.join('、') || '—' }))
  return [
    ...found,
    ...diffClocks(at, of, [was.clocks, is.clocks]),
    ...diffReactions(at, of, [was.reactions, is.reactions]),
  ]
}

type Clocks = readonly ClockBlueprint[]

function diffClocks(at: string, of: Of, [before, after]: readonly [Clocks, Clocks]): Change[] {
  const byName = (clocks: Clocks) => Object.fromEntries(clocks.map(clock => [clock.name, clock]))
  const { added, removed, kept } = compareNames(byName(before), byName(after))
  const say = (says: string, clock: string) => change('auto', says, `${at}.${clock}`, { ...of, clock })
  return [
    ...added.map(([clock]) => say('clock-added', clock)),
    ...removed.map(([clock]) => say('clock-removed', clock)),
    ...kept.flatMap(([clock, was, is]) => (same(was, is) ? [] : [say('clock-changed', clock)])),
  ]
}

type Reactions = readonly ReactionBlueprint[]

/** Reactions by what sets them off, all of one event together: which of them fires is their order. */
function diffReactions(at: string, of: Of, [before, after]: readonly [Reactions, Reactions]): Change[] {
  const byEvent = (reactions: Reactions): Record<string, ReactionBlueprint[]> => {
    const found: Record<string, ReactionBlueprint[]> = {}
    for (const reaction of reactions)
      for (const event of reaction.trigger === 'on' ? reaction.events : ['after'])
        (found[event] ??= []).push(reaction)
    return found
  }
  const { added, removed, kept } = compareNames(byEvent(before), byEvent(after))
  const say = (says: string, event: string) => change('auto', says, `${at}.${event}`, { ...of, event })
  return [
    ...added.map(([event]) => say('transition-added', event)),
    ...removed.map(([event]) => say('transition-removed', event)),
    ...kept.flatMap(([event, was, is]) => (same(was, is) ? [] : [say('transition-changed', event)])),
  ]
}
