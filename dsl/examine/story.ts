import type { Blueprint } from '#core/blueprint'
import { filledForm, isRefusal, type Effect, type Refusal, type TicketEvent } from '#core/desk'
import { formRecord, type FieldValues } from '#core/form'
import {
  ask,
  awaitMoment,
  emptyWorld,
  factsOf,
  others,
  ownerOf,
  setRoster,
  type ReachEvent,
  type World,
} from '#core/play'
import type { JsonValue, Value } from '#core/values'
import type { GivenRecord, GivenStaff } from '#dsl/check'
import { staffOfStory } from './stand-ins.ts'

/** What happened to a ticket, by its kind, or to a customer on the way through an SOP, by its name. */
export type Happened =
  | { readonly kind: string; readonly event: TicketEvent }
  | { readonly kind: string; readonly event: ReachEvent }

/** A story on its way: the desk it plays on, and what happened there. */
export interface Story {
  readonly world: World
  readonly history: Happened[]
  readonly effects: Effect[]
  /** What actions answer in this story. */
  readonly answers: Map<string, FieldValues>
  /** The members of staff whom the story names. */
  readonly staff: GivenStaff[]
}

export function startStory(blueprint: Blueprint, at: number): Story {
  const story: Pick<Story, 'history' | 'effects' | 'answers' | 'staff'> = {
    ...{ history: [], effects: [], answers: new Map(), staff: [] },
  }
  const world = emptyWorld(blueprint, at, {
    decided: ({ state, events, effects }) => {
      story.effects.push(...effects)
      story.history.push(...events.map(event => ({ kind: state.kind, event })))
      for (const effect of effects) {
        const refused =
          effect.effect === 'run-action' ? answerRun({ ...story, world }, state.id, effect) : undefined
        if (refused) return refused
      }
      return undefined
    },
    reached: (kind, event) => story.history.push({ kind, event }),
  })
  setRoster(world.people, staffOfStory(blueprint, []))
  return { ...story, world }
}

/** Somebody works here from now on. */
export function hire({ world, staff }: Story, person: GivenStaff): void {
  staff.push(person)
  setRoster(world.people, staffOfStory(world.blueprint, staff))
}

/** Keeps a record and those inside it; a record without its key gets a name. */
export function give(world: World, { entity, fields }: GivenRecord): string {
  const flat = Object.entries(fields).map(
    ([name, value]) => [name, isGiven(value) ? give(world, value) : value] as const,
  )
  const all: Record<string, JsonValue> = Object.fromEntries(flat)
  const keyField = world.blueprint.entities[entity]?.key
  const given = keyField ? all[keyField] : all.id
  const table = (world.records[entity] ??= {})
  const key = typeof given === 'string' ? given : `${entity}-${Object.keys(table).length + 1}`
  table[key] = { id: key, ...all }
  awaitMoment(world, { entity, key })
  return key
}

function isGiven(value: JsonValue | GivenRecord): value is GivenRecord {
  return typeof value === 'object' && value !== null && 'entity' in value
}

/** Whose record it is, else the customer the story named last; a story without one gets one. */
export function customerOf(world: World, entity: string | null, subject: string | null): string {
  const linked = entity === null || subject === null ? undefined : ownerOf(world, entity, subject)
  if (linked !== undefined) return linked
  return Object.keys(world.records.customer ?? {}).at(-1) ?? give(world, { entity: 'customer', fields: {} })
}

/** Tickets by their kind, the newest of each. */
export function namesOf(world: World): Record<string, Value> {
  const { blueprint, at, tickets } = world
  const facts = factsOf(world)
  return Object.fromEntries(
    [...tickets.values()].map(state => {
      const around = { ...facts, at, tickets: others(world, state.id, state.subject) }
      return [state.kind, formRecord(blueprint, filledForm(blueprint, state), around)]
    }),
  )
}

/** An action answers as the story says, else with its first outcome. */
function answerRun(
  { world, answers }: Story,
  id: string,
  { action, node, visit }: Effect & { effect: 'run-action' },
): Refusal | undefined {
  const { outputs, outcomes } = world.blueprint.actions[action]!
  const output = answers.get(action) ?? {}
  const field = outputs.find(({ values }) => values)?.name
  const said = field === undefined ? undefined : output[field]
  const outcome = typeof said === 'string' ? said : (outcomes[0] ?? '')
  const answer = ask(world, id, {
    asker: { actor: { kind: 'system', id: action }, roles: [] },
    command: { command: 'outcome', node, visit, outcome, output, detail: null },
  })
  return isRefusal(answer) ? answer : undefined
}
