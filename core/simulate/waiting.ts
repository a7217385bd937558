import { priorities } from '#core/blueprint'
import { isRefusal, waitingNeed, type TicketState } from '#core/desk'
import { ask, factsOf } from '#core/play'
import { suits, type Need } from '#core/routing'
import type { Game } from './game.ts'

/** Places that nobody holds, by what they need; those of one need wait in one line. */
export type Waiting = Map<string, Line>

interface Line {
  readonly need: Need
  /** By priority, the most urgent last; each oldest first. */
  readonly entries: (Entry[] & { head?: number })[]
}

interface Entry {
  readonly ticket: string
  readonly node: string
  readonly visit: number
  readonly since: number
}

const routing = { actor: { kind: 'system', id: 'routing' }, roles: [] } as const

/** A place waits, is passed on to another team, or has become more urgent; where it stood before it no longer counts. */
export function standInLine(game: Game, state: TicketState, node: string): void {
  const { world } = game
  const { blueprint, at } = world
  const token = state.tokens[node]!
  const facts = factsOf(world)
  const need = waitingNeed({ blueprint, newest: blueprint, state, asker: routing, at, facts }, node)
  const key = keyOf(need)
  let line = game.waiting.get(key)
  if (!line)
    game.waiting.set(key, (line = { need: { ...need, keep: null }, entries: priorities.map(() => []) }))
  const entry = { ticket: state.id, node, visit: token.visit, since: token.since }
  line.entries[priorities.indexOf(state.priority)]!.push(entry)
}

/** Gives waiting places to somebody who came free: by priority, then age, as far as they fit. */
export function serve(game: Game, staff: string): void {
  const person = game.world.people.byId.get(staff)
  if (!person?.onShift) return
  const tried = new Set<Line>()
  for (;;) {
    let next: { line: Line; entry: Entry; urgency: number } | undefined
    for (const line of game.waiting.values()) {
      const { need } = line
      if (tried.has(line) || !suits(need, person) || (need.cap !== null && person.load >= need.cap)) continue
      const first = firstOf(game, line)
      if (first && (!next || isBefore(first, next))) next = { line, ...first }
    }
    if (!next) return
    const { line, entry, urgency } = next
    const answer = ask(game.world, entry.ticket, {
      asker: routing,
      command: { command: 'assign', node: entry.node, to: null },
    })
    if (isRefusal(answer)) tried.add(line)
    else takeFirst(line.entries[urgency]!)
  }
}

function firstOf(game: Game, line: Line): { entry: Entry; urgency: number } | undefined {
  for (let urgency = priorities.length - 1; urgency >= 0; urgency--) {
    const entries = line.entries[urgency]!
    for (let entry = entries[entries.head ?? 0]; entry; entry = entries[entries.head ?? 0]) {
      if (stillWaits(game, line, entry, urgency)) return { entry, urgency }
      takeFirst(entries)
    }
  }
  return undefined
}

function stillWaits(
  { world }: Game,
  { need }: Line,
  { ticket, node, visit }: Entry,
  urgency: number,
): boolean {
  const state = world.tickets.get(ticket)
  const token = state?.tokens[node]
  if (!state || state.closedAt !== null || token?.visit !== visit || token.assignee !== null) return false
  return token.team === need.team && priorities.indexOf(state.priority) === urgency
}

/** Why not shift: a line may be thousands long. */
function takeFirst(entries: Line['entries'][number]): void {
  entries.head = (entries.head ?? 0) + 1
  if (entries.head < 1000 || entries.head * 2 < entries.length) return
  entries.splice(0, entries.head)
  entries.head = 0
}

function isBefore(
  a: { readonly entry: Entry; readonly urgency: number },
  b: { readonly entry: Entry; readonly urgency: number },
): boolean {
  if (a.urgency !== b.urgency) return a.urgency > b.urgency
  if (a.entry.since !== b.entry.since) return a.entry.since < b.entry.since
  return a.entry.ticket < b.entry.ticket
}

function keyOf({ role, team, skill, store, cap }: Need): string {
  return JSON.stringify([role, team, skill, store, cap])
}
