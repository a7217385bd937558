import { qualified, type NodeBlueprint } from '#core/blueprint'
import {
  isRefusal,
  type Asker,
  type Command,
  type Decision,
  type Refusal,
  type TicketState,
} from '#core/desk'
import { ask, note } from '#core/play'
import { localDate, type JsonValue } from '#core/values'
import { drawField, drawFields, type DrawFrame } from './draw.ts'
import { RANK, type Game } from './game.ts'
import { pickIndex, randomOf, scattered, type Random } from './random.ts'
import { awaitDelivery, missing, usesIn, type Use } from './stock.ts'
import { countStuck } from './tally.ts'
import { ANSWERS, MINUTES, REPLY_MINUTES, SPREAD } from './traffic.ts'
import type { Place } from './worker.ts'

/** So often somebody looks for other values, or another transition, before they give up. */
const MAX_TRIES = 4
/** So often a place may be worked that is never left. */
const MAX_ROUNDS = 20

/** How long the work of a place takes, in ms. */
export function workOf(
  game: Game,
  kind: string,
  { ticket, node, visit }: Pick<Place, 'ticket' | 'node' | 'visit'>,
): number {
  const { minutes = MINUTES, spread = SPREAD } = game.traffic.work[qualified(kind, node)] ?? {}
  const random = randomOf(game.seed, 'work', ticket, node, visit)
  return Math.round(scattered(random, minutes, spread) * 60_000)
}

/** A customer has something to answer: when they do, if they do. */
export function awaitReply(game: Game, state: TicketState, node: string): void {
  const {
    minutes = REPLY_MINUTES,
    spread = SPREAD,
    answers = ANSWERS,
  } = game.traffic.work[qualified(state.kind, node)] ?? {}
  const { visit } = state.tokens[node]!
  const random = randomOf(game.seed, 'reply', state.id, node, visit)
  if (random() >= answers || state.customer === null) return
  const at = game.world.at + Math.round(scattered(random, minutes, spread) * 60_000)
  note(game.world.agenda, {
    ...{ at, rank: RANK.reply },
    isDue: () => game.world.tickets.get(state.id)?.tokens[node]?.visit === visit,
    fire: () => act(game, { ticket: state.id, node, visit, tries: 0, staff: null }),
  })
}

interface Acting extends Pick<Place, 'ticket' | 'node' | 'visit' | 'tries'> {
  /** Who does it; null for the customer. */
  readonly staff: string | null
}

/** Leads a ticket on from a place: by a transition that is drawn, with what it asks for. Parts that are missing keep it waiting. */
export function act(game: Game, acting: Acting): void {
  const { world, traffic, seed } = game
  const state = world.tickets.get(acting.ticket)
  if (state?.tokens[acting.node]?.visit !== acting.visit) return
  const node = world.blueprint.tickets[state.kind]!.nodes[acting.node]!
  const { ends } = traffic.work[qualified(state.kind, acting.node)] ?? {}
  const random = randomOf(seed, 'act', acting.ticket, acting.node, acting.visit, acting.tries)
  const open = eventsOf(node, ends)
  let refused: Refusal | undefined
  while (open.events.length > 0) {
    const index = pickIndex(random, open.weights)
    if (index < 0) break
    const event = open.events[index]!
    const answer = take(game, { state, acting, node, event, random })
    if (answer === 'waits') return
    if (!isRefusal(answer)) return stayed(game, acting, answer)
    refused = answer
    open.events.splice(index, 1)
    open.weights.splice(index, 1)
  }
  countStuck(game.tally, `${state.kind}.${acting.node}`, refused ? told(refused) : 'no-way')
}

/** A transition that leads nowhere leaves the place to be worked once more. */
function stayed(game: Game, acting: Acting, { state }: Decision): void {
  if (state.closedAt !== null || state.tokens[acting.node]?.visit !== acting.visit) return
  if (acting.tries >= MAX_ROUNDS) return countStuck(game.tally, `${state.kind}.${acting.node}`, 'never-left')
  const at = game.world.at + workOf(game, state.kind, acting)
  note(game.world.agenda, {
    ...{ at, rank: RANK.work },
    fire: () => act(game, { ...acting, tries: acting.tries + 1 }),
  })
}

interface Taking {
  readonly state: TicketState
  readonly acting: Acting
  readonly node: NodeBlueprint
  readonly event: string
  readonly random: Random
}

function take(game: Game, { state, acting, node, event, random }: Taking): Decision | Refusal | 'waits' {
  const { world, traffic } = game
  const form = world.blueprint.forms[world.blueprint.tickets[state.kind]!.form]!
  const frame = { ...frameOf(game, state.customer, random), subject: state.subject }
  const { fields: draws = {} } = traffic.work[qualified(state.kind, acting.node)] ?? {}
  const drawn = drawFields(frame, form.fields, draws)
  for (const field of waysOf(node).asks.get(event)!)
    if ((state.fields[field] ?? drawn[field] ?? null) === null)
      drawn[field] = drawField(frame, form.fields[field]!, draws[field])
  const uses = usesIn(game, state, drawn)
  const lacking = missing(uses)
  const asker = askerOf(game, state, acting.staff)
  const go = () =>
    tryFields(game, { id: state.id, asker, frame, form: form.fields, fields: drawn }, fields => ({
      command: 'transition',
      node: acting.node,
      event,
      fields,
    }))
  if (!lacking) return go()
  awaitParts(game, { state, acting, uses, lacking, go })
  return 'waits'
}

/** The place stays in whose hands it was until everything is there, then it goes on at once. */
function awaitParts(
  game: Game,
  {
    state,
    acting,
    uses,
    lacking,
    go,
  }: {
    state: TicketState
    acting: Acting
    uses: readonly Use[]
    lacking: Use
    go: () => Decision | Refusal
  },
): void {
  awaitDelivery(game, lacking, () => {
    lacking.shelf.promised -= lacking.count
    if (game.world.tickets.get(state.id)?.tokens[acting.node]?.visit !== acting.visit) return
    const next = missing(uses)
    if (next) return awaitParts(game, { state, acting, uses, lacking: next, go })
    const answer = go()
    if (isRefusal(answer)) countStuck(game.tally, `${state.kind}.${acting.node}`, told(answer))
    else stayed(game, acting, answer)
  })
}

interface Filling {
  readonly id: string
  readonly asker: Asker
  readonly frame: DrawFrame
  readonly form: Parameters<typeof drawFields>[1]
  readonly fields: Record<string, JsonValue>
}

/** Asks with what was drawn; where fields are to blame, other values are looked for, and forbidden ones left out. */
export function tryFields(
  { world }: Pick<Game, 'world'>,
  { id, asker, frame, form, fields }: Filling,
  commandOf: (fields: Record<string, JsonValue>) => Command,
): Decision | Refusal {
  let answer = ask(world, id, { asker, command: commandOf(fields) })
  for (let tries = 1; tries < MAX_TRIES && isRefusal(answer); tries++) {
    const { refused, problems = [], params } = answer
    if (refused === 'field-forbidden') delete fields[params.field!]
    else if (refused !== 'fields') return answer
    for (const { field } of problems)
      if (field !== null && form[field]) fields[field] = drawField(frame, form[field], undefined)
    answer = ask(world, id, { asker, command: commandOf(fields) })
  }
  return answer
}

/** An action was started: its outcome comes after a while. */
export function awaitOutcome(
  game: Game,
  id: string,
  { action, node, visit }: { readonly action: string; readonly node: string; readonly visit: number },
): void {
  const { world, traffic, seed } = game
  const declared = world.blueprint.actions[action]!
  const { minutes = 1, ends, output = {} } = traffic.actions[action] ?? {}
  const random = randomOf(seed, 'action', id, node, visit)
  const names = Object.keys(ends ?? {})
  const picked = pickIndex(random, Object.values(ends ?? {}))
  const outcome = picked < 0 ? (declared.outcomes[0] ?? '') : names[picked]!
  const frame = frameOf(game, null, random)
  const outputs = Object.fromEntries(declared.outputs.map(field => [field.name, field]))
  const said = outcome === 'fault' ? {} : drawFields(frame, outputs, output)
  const field = declared.outputs.find(({ values }) => values)?.name
  if (field !== undefined && outcome !== 'fault') said[field] = outcome
  const asker: Asker = { actor: { kind: 'system', id: action }, roles: [] }
  note(world.agenda, {
    ...{ at: world.at + Math.round(scattered(random, minutes, SPREAD) * 60_000), rank: RANK.outcome },
    isDue: () => world.tickets.get(id)?.tokens[node]?.visit === visit,
    fire: () => {
      ask(world, id, {
        ...{ asker },
        command: { command: 'outcome', node, visit, outcome, output: said, detail: null },
      })
    },
  })
}

export function frameOf({ world, keys }: Game, customer: string | null, random: Random): DrawFrame {
  const { blueprint, at } = world
  return { blueprint, random, customer, keys, today: () => localDate(at, blueprint.pack.zone) }
}

/** Transitions by weight: as the traffic says, else all that lead on alike. */
function eventsOf(
  node: NodeBlueprint,
  ends: Readonly<Record<string, number>> | undefined,
): { events: string[]; weights: number[] } {
  const { events, leading } = waysOf(node)
  if (!ends) return { events: [...leading], weights: leading.map(() => 1) }
  return { events: [...events], weights: events.map(event => ends[event] ?? 0) }
}

/** The transitions of a node, those that lead on, and what each asks for. */
interface Ways {
  readonly events: readonly string[]
  readonly leading: readonly string[]
  readonly asks: ReadonlyMap<string, readonly string[]>
}

const ways = new WeakMap<NodeBlueprint, Ways>()

/** Listed once, since every ticket comes by. */
function waysOf(node: NodeBlueprint): Ways {
  let found = ways.get(node)
  if (found) return found
  const { reactions, asks } = node
  const events = [...new Set(reactions.flatMap(reaction => reaction.events))]
  const leading = [...new Set(reactions.flatMap(reaction => (reaction.target ? reaction.events : [])))]
  const askedBy = (event: string) => {
    const own = reactions.filter(reaction => reaction.events.includes(event))
    const more = own.flatMap(({ acts }) => acts.flatMap(each => (each.act === 'ask' ? each.fields : [])))
    return [...new Set([...asks, ...more])]
  }
  found = { events, leading, asks: new Map(events.map(event => [event, askedBy(event)])) }
  ways.set(node, found)
  return found
}

export function customerAs(customer: string | null): Asker {
  return { actor: { kind: 'customer', id: customer ?? '' }, roles: [] }
}

function askerOf({ world }: Game, { customer }: TicketState, staff: string | null): Asker {
  if (staff === null) return customerAs(customer)
  return { actor: { kind: 'staff', id: staff }, roles: world.people.byId.get(staff)?.roles ?? [] }
}

function told({ refused, params, problems = [] }: Refusal): string {
  const faults = problems.map(({ field, problem }) => [field, problem].filter(Boolean).join(' '))
  return [refused, ...Object.values(params), ...faults].join(' ')
}
