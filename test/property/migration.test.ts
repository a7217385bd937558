import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { Blueprint } from '#core/blueprint'
import {
  allowedTransitions,
  decide,
  isRefusal,
  planMove,
  replay,
  type Command,
  type Decision,
  type Mapping,
  type TicketEvent,
  type TicketState,
} from '#core/desk'
import { holidayTables } from '#core/values'
import { checkPack } from '#dsl'
import { aSoundFlow } from '../support/random-flow.ts'
import { explore, flowText, type SmallFlow } from '../support/token-explorer.ts'

const started = Date.parse('2026-03-02T10:00+08:00')
const around = { records: {}, settings: {}, zone: 'Asia/Shanghai', holidays: holidayTables, previous: {} }
const facts = { ...around, staff: [] }
const asker = { actor: { kind: 'staff', id: 's' }, roles: ['客服'] } as const
const none: Mapping = { nodes: {}, fields: {}, values: {}, drains: [] }

function ask(blueprint: Blueprint, state: TicketState | undefined, command: Command) {
  return decide({ blueprint, newest: blueprint, state, asker, at: started, facts }, command)
}

function done(answer: ReturnType<typeof ask>): Decision {
  if (isRefusal(answer)) throw new Error(answer.refused)
  return answer
}

/** Opens a ticket and takes it some steps, each by the next number; stops where it ends. */
function walked(blueprint: Blueprint, { value, steps }: { value: number; steps: readonly number[] }) {
  const opening = { command: 'open', id: 't', ticket: '事', entry: 'chat', customer: null } as const
  const first = done(
    ask(blueprint, undefined, { ...opening, subject: null, fields: { 数: value }, draft: false }),
  )
  const events: TicketEvent[] = [...first.events]
  let { state } = first
  for (const step of steps) {
    if (state.closedAt !== null) break
    const next = stepFrom(blueprint, state, step)
    events.push(...next.events)
    state = next.state
  }
  return { state, events }
}

function stepFrom(blueprint: Blueprint, state: TicketState, step: number): Decision {
  const ways = allowedTransitions({ blueprint, state, asker })
  const { node, event } = ways[step % ways.length]!
  return done(ask(blueprint, state, { command: 'transition', node, event, fields: {} }))
}

/** As the explorer writes it. */
function markingOf({ regions }: SmallFlow, state: Pick<TicketState, 'tokens' | 'regions'>): string {
  const [name] = Object.keys(state.regions)
  if (name === undefined) return Object.keys(state.tokens).join()
  const branches = regions[name]?.branches ?? []
  const states = branches.map(({ nodes }, index) => {
    const branch = state.regions[name]![`${name}支${index}`]
    if (branch !== 'open') return branch === 'done' ? '*' : '-'
    return Object.keys(state.tokens).find(token => Object.hasOwn(nodes, token)) ?? '?'
  })
  return `region:${name}|${states.join(',')}`
}

const compiled = (flow: SmallFlow) => checkPack({ 'f.axle': flowText(flow) }).blueprint
const aWalk = fc.record({
  value: fc.nat(4),
  steps: fc.array(fc.nat(20), { maxLength: 8 }),
  on: fc.array(fc.nat(20), { maxLength: 30 }),
})

describe('moving a ticket to another version', () => {
  test('happens exactly when it can stand there as it stands, and it goes on to an end', () => {
    const seen = { moved: 0, stayed: 0, inside: 0 }
    fc.assert(
      fc.property(aSoundFlow, aSoundFlow, aWalk, (first, second, { value, steps, on }) => {
        const [before, after] = [compiled(first), compiled(second)]
        const { state, events } = walked(before, { value, steps })
        if (state.closedAt !== null) return
        const move = planMove({ before, after, mapping: none }, state)
        const { markings } = explore(second)
        const marking = markingOf(second, state)
        const regions = Object.entries(state.regions)
        const isThere =
          Object.keys(state.tokens).every(name => sameBranch(first, second, name)) &&
          regions.every(([name, branches]) =>
            Object.keys(branches).every(branch => after.tickets.事!.parallels[name]?.branches[branch]),
          )
        expect(move.move, `${marking} of ${[...markings].join(' ')}: ${JSON.stringify(move)}`).toBe(
          isThere && markings.has(marking) ? 'auto' : 'needs-mapping',
        )
        if (move.move !== 'auto') return void seen.stayed++
        seen.moved++
        if (Object.keys(state.regions).length > 0) seen.inside++
        const moved = done(ask(after, state, { command: 'migrate', before, mapping: none }))
        const all = [...events, ...moved.events]
        expect(replay(all)).toEqual(moved.state)
        expect(markingOf(second, moved.state)).toBe(marking)
        let now = moved.state
        for (const step of on) {
          if (now.closedAt !== null) break
          now = stepFrom(after, now, step).state
          if (now.closedAt === null) expect(markings.has(markingOf(second, now))).toBe(true)
        }
      }),
      { numRuns: process.env.CI ? 2000 : 400 },
    )
    expect(Math.min(seen.moved, seen.stayed), JSON.stringify(seen)).toBeGreaterThan(50)
    expect(seen.inside).toBeGreaterThan(10)
  })

  test('that only calls things otherwise changes nothing: it goes on as it would have', () => {
    const rename = <T>(held: T): T => JSON.parse(JSON.stringify(held).replaceAll('甲', '乙')) as T
    fc.assert(
      fc.property(aSoundFlow, aWalk, (flow, { value, steps, on }) => {
        const [before, after] = [compiled(flow), compiled(rename(flow))]
        const { state } = walked(before, { value, steps })
        if (state.closedAt !== null) return
        const named = Object.keys(before.tickets.事!.nodes).filter(name => name.startsWith('甲'))
        const nodes = Object.fromEntries(named.map(name => [`事.${name}`, `事.${rename(name)}`]))
        const mapping = { ...none, nodes }
        let one = state
        let other = done(ask(after, state, { command: 'migrate', before, mapping })).state
        for (const step of on) {
          expect(resting(other)).toEqual(rename(resting(one)))
          if (one.closedAt !== null) break
          one = stepFrom(before, one, step).state
          other = stepFrom(after, other, step).state
        }
      }),
      { numRuns: process.env.CI ? 1000 : 200 },
    )
  })
})

/** A ticket without the number of its events. */
function resting({ seq: _, ...state }: TicketState): Omit<TicketState, 'seq'> {
  return state
}

/** Whether a place stands in the branch of the same name in both flows, or in none. */
function sameBranch(first: SmallFlow, second: SmallFlow, name: string): boolean {
  return branchOf(first, name) === branchOf(second, name)
}

function branchOf({ regions }: SmallFlow, name: string): string {
  for (const [region, { branches }] of Object.entries(regions))
    for (const [index, { nodes }] of branches.entries())
      if (Object.hasOwn(nodes, name)) return `${region}${index}`
  return ''
}
