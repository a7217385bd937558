import type { Blueprint } from '#core/blueprint'
import { findRegion, isDate, type Type } from '#core/values'
import type { Draw, Traffic } from '#core/wire'
import { misfits } from './draw-fits.ts'

export type Stream = NonNullable<Traffic['streams']>[string]
export type Crew = NonNullable<Traffic['staff']>[number]
export type Shelf = NonNullable<Traffic['stock']>[number]

/** Traffic with nothing left open. */
export type WholeTraffic = Required<Omit<Traffic, '$schema'>> & {
  /** What had to be assumed. */
  readonly assumed: readonly Assumption[]
}

export interface Assumption {
  readonly about: 'streams' | 'events' | 'staff' | 'minutes'
  readonly name: string
}

/** A Monday of a month without holidays. */
const FIRST_DAY = '2026-03-02'
const PER_DAY = 40
const CUSTOMERS = 500
const PEOPLE = 3
export const MINUTES = 15
export const REPLY_MINUTES = 240
export const SPREAD = 0.5
export const ANSWERS = 0.8
/** By night little comes, most in the morning and after lunch. */
export const DAY_SHAPE = [1, 0, 0, 0, 0, 0, 1, 3, 7, 10, 11, 9, 6, 8, 10, 10, 9, 8, 6, 5, 5, 4, 3, 2]

/** What the traffic leaves open, filled; what was assumed is told. */
export function wholeTraffic(blueprint: Blueprint, given: Traffic): WholeTraffic {
  const assumed: Assumption[] = []
  const assume = (about: Assumption['about'], name: string) => assumed.push({ about, name })
  const kinds = Object.entries(blueprint.tickets).filter(([, { entries }]) => entries.length > 0)
  if (!given.streams) for (const [kind] of kinds) assume('streams', kind)
  const streams =
    given.streams ?? Object.fromEntries(kinds.map(([ticket]) => [ticket, { ticket, perDay: PER_DAY }]))
  const reports = given.events ?? eventsOf(blueprint)
  if (!given.events) for (const name of Object.keys(reports)) assume('events', name)
  const staff = [...(given.staff ?? [])]
  const manned = new Set(staff.map(({ role }) => role))
  for (const role of rolesThatWork(blueprint))
    if (!manned.has(role)) {
      assume('staff', role)
      staff.push({ role, count: PEOPLE })
    }
  const work = given.work ?? {}
  for (const [kind, { nodes }] of Object.entries(blueprint.tickets))
    for (const [node, { by, run }] of Object.entries(nodes))
      if (!run && by !== 'system' && work[`${kind}.${node}`]?.minutes === undefined)
        assume('minutes', `${kind}.${node}`)
  return {
    ...{ startsOn: given.startsOn ?? FIRST_DAY, streams, staff, work, assumed },
    ...{ events: reports, customers: given.customers ?? { count: CUSTOMERS } },
    ...{ records: given.records ?? {}, actions: given.actions ?? {}, stock: given.stock ?? [] },
    ...{ own: given.own ?? [], inTime: given.inTime ?? 0.95 },
  }
}

/** Traffic with streams that bring so many percent more, or less; the unknown among the names. */
export function scaled(
  blueprint: Blueprint,
  given: Traffic,
  more: Readonly<Record<string, number>>,
): { readonly traffic: Traffic; readonly unknown: readonly string[] } {
  const { streams } = wholeTraffic(blueprint, given)
  const entries = Object.entries(streams).map(([name, stream]): [string, Stream] => [
    name,
    { ...stream, perDay: (stream.perDay * (100 + (more[name] ?? 0))) / 100 },
  ])
  const unknown = Object.keys(more).filter(name => !Object.hasOwn(streams, name))
  return { traffic: { ...given, streams: Object.fromEntries(entries) }, unknown }
}

type Fields = Readonly<Record<string, { readonly type: Type }>> | undefined

/** What of the traffic means nothing in a pack, each as the path to it. */
export function strangeParts(blueprint: Blueprint, given: Traffic): string[] {
  const { tickets, roles, entities, actions, parties, hours, teams, skills } = blueprint
  const strange: string[] = []
  const expect = (isKnown: unknown, ...path: readonly string[]) => {
    if (!isKnown) strange.push(path.join('/'))
  }
  const expectFields = (
    known: Fields,
    draws: Readonly<Record<string, Draw>> = {},
    ...path: readonly string[]
  ) => {
    for (const [name, draw] of Object.entries(draws)) {
      const field = known && Object.hasOwn(known, name) ? known[name] : undefined
      expect(field, ...path, name)
      for (const misfit of field ? misfits(blueprint, field.type, draw) : [])
        expect(false, ...path, name, misfit)
    }
  }
  expect(given.startsOn === undefined || isDate(given.startsOn), 'startsOn')
  const formOf = (kind: string) => blueprint.forms[tickets[kind]?.form ?? '']
  for (const [name, { ticket, entry, by, fields, about }] of Object.entries(given.streams ?? {})) {
    expect(tickets[ticket], 'streams', name, 'ticket')
    expect(entry === undefined || tickets[ticket]?.entries.includes(entry), 'streams', name, 'entry')
    expect(by === undefined || roles[by], 'streams', name, 'by')
    expectFields(formOf(ticket)?.fields, fields, 'streams', name, 'fields')
    const subject = formOf(ticket)?.subject
    expectFields(entities[subject ?? '']?.fields, about, 'streams', name, 'about')
  }
  for (const [place, { ends, fields }] of Object.entries(given.work ?? {})) {
    const [kind = '', node = ''] = place.split('.')
    const declared = tickets[kind]?.nodes[node]
    expect(declared, 'work', place)
    const events = declared?.reactions.flatMap(reaction => reaction.events) ?? []
    for (const end of Object.keys(ends ?? {})) expect(events.includes(end), 'work', place, 'ends', end)
    expectFields(formOf(kind)?.fields, fields, 'work', place, 'fields')
  }
  for (const [index, crew] of (given.staff ?? []).entries()) {
    expect(roles[crew.role], 'staff', String(index), 'role')
    for (const team of crew.teams ?? []) expect(teams[team], 'staff', String(index), 'teams', team)
    for (const skill of crew.skills ?? []) expect(skills[skill], 'staff', String(index), 'skills', skill)
    const { shift } = crew
    const isShift = typeof shift === 'string' ? hours[shift] : !shift || shift.from < shift.to
    expect(isShift, 'staff', String(index), 'shift')
  }
  for (const [name, { entity, event }] of Object.entries(given.events ?? {}))
    expect(entities[entity]?.events.includes(event), 'events', name)
  for (const [entity, { fields }] of Object.entries(given.records ?? {})) {
    expect(entities[entity], 'records', entity)
    expectFields(entities[entity]?.fields, fields, 'records', entity, 'fields')
  }
  for (const action of Object.keys(given.actions ?? {})) expect(actions[action], 'actions', action)
  for (const [index, { entity, item, region }] of (given.stock ?? []).entries()) {
    expect(entities[entity] ?? blueprint.library[entity], 'stock', String(index), 'entity')
    expect(!blueprint.library[entity] || blueprint.library[entity][item], 'stock', String(index), 'item')
    expect(region === undefined || findRegion(region), 'stock', String(index), 'region')
  }
  for (const party of given.own ?? []) expect(parties[party] !== undefined, 'own', party)
  expectFields(entities.customer?.fields, given.customers?.fields, 'customers', 'fields')
  return strange
}

/** What the journeys of a pack wait for, so many times a day each. */
function eventsOf({ sops, entities }: Blueprint): WholeTraffic['events'] {
  const named = Object.values(sops).flatMap(({ triggers, reactions, goal, steps }) => [
    ...triggers.flatMap(({ on, subject }) => (on === 'event' ? [subject] : [])),
    ...reactions.map(({ event }) => event),
    ...(goal ? [goal.event] : []),
    ...steps.flatMap(step => (step.step === 'wait' && step.until ? [step.until.event] : [])),
  ])
  const events = [...new Set(named)].map(name => {
    const [entity = '', event = ''] = name.split('.')
    return [name, { entity, event, perDay: PER_DAY }] as const
  })
  return Object.fromEntries(
    events.filter(([, { entity, event }]) => entities[entity]?.events.includes(event)),
  )
}

/** The roles that some place of a ticket waits for. */
function rolesThatWork({ tickets }: Blueprint): Set<string> {
  const nodes = Object.values(tickets).flatMap(ticket => Object.values(ticket.nodes))
  return new Set(nodes.flatMap(({ by, run }) => (run || by === 'customer' || by === 'system' ? [] : [by])))
}
