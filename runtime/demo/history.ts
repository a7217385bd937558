import type { Holders } from './equip.ts'
import type { Deps } from '../deps.ts'
import { dispatchWaiting } from '../usecases/dispatch-waiting.ts'
import { moveClock } from '../usecases/move-clock.ts'
import { openTicket, takeTransition, type TicketStep } from '../usecases/tickets.ts'
import { createChance, type Chance } from './chance.ts'
import type { Matter, Story } from './story.ts'

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
/** When history ends and the present begins: the third day, in the afternoon. */
export const PRESENT_MS = 2 * DAY + 6.5 * 60 * MINUTE

/** A ticket in somebody's hands. */
interface Work {
  readonly ticket: string
  readonly customer: string
  readonly matter: Matter
  /** Nodes somebody already means to work. */
  readonly planned: Set<string>
}

interface Due {
  readonly at: number
  readonly run: () => Promise<readonly Due[]>
}

interface World {
  readonly deps: Deps
  readonly story: Story
  readonly holders: Holders
  readonly chance: Chance
}

/**
 * Lets three days of tickets happen on the desk's virtual time, through the same use cases as people's. `deps.now` must
 * stand still meanwhile; `startsAt` (epoch ms) is the desk's nine o'clock of the first day. Yields the ids of the tickets.
 */
export async function makeHistory(
  deps: Deps,
  {
    story,
    holders,
    startsAt,
    say,
  }: { story: Story; holders: Holders; startsAt: number; say: (done: number) => void },
): Promise<string[]> {
  const { tenant } = story
  const world: World = { deps, story, holders, chance: createChance(tenant) }
  const ids: string[] = []
  const openings = story.perDay.flatMap((count, day) => openingsOf(world, { day, count, startsAt, ids }))
  const waiting: Due[] = [...openings]
  let now = startsAt
  const end = startsAt + PRESENT_MS
  for (;;) {
    waiting.sort((a, b) => a.at - b.at)
    const next = waiting.shift()
    if (!next || next.at > end) break
    await moveClock(deps, tenant, Math.max(0, next.at - now))
    now = Math.max(now, next.at)
    waiting.push(...(await next.run()))
    say(ids.length)
  }
  await moveClock(deps, tenant, end - now)
  await dispatchWaiting(deps, tenant)
  return ids
}

function openingsOf(
  world: World,
  { day, count, startsAt, ids }: { day: number; count: number; startsAt: number; ids: string[] },
): Due[] {
  const { chance, story } = world
  const opensFor = day === 2 ? PRESENT_MS / MINUTE - 2 * 24 * 60 - 2 : 8 * 60
  return Array.from({ length: count }, (_, index): Due => {
    const minute = Math.floor((opensFor * (index + 1)) / count) - chance.between(0, 25)
    const at = startsAt + day * DAY + minute * MINUTE
    return {
      at,
      run: async () => {
        const customer = chance.pick(story.customers).key
        const matter = chance.pick(story.matters)
        const step = await openTicket(
          world.deps,
          { tenant: story.tenant, who: { kind: 'customer', id: customer } },
          {
            ...{ ticket: story.ticket, entry: 'chat', customer },
            ...{ subject: matter.subjectOf?.(customer) ?? null, fields: matter.fields },
          },
        )
        ids.push(step.id)
        return nextOf(world, { ticket: step.id, customer, matter, planned: new Set() }, { step, at })
      },
    }
  })
}

/** What the people at the places that a step newly led to will do, and when. */
function nextOf(world: World, work: Work, { step, at }: { step: TicketStep; at: number }): Due[] {
  return step.nodes
    .filter(node => !work.planned.has(node))
    .flatMap(node => {
      const move = world.story.moves[node]
      if (!move) return []
      work.planned.add(node)
      const [from, to] = move.minutes
      const when = inTheDay(at + world.chance.between(from, to) * MINUTE)
      const run = async () => {
        work.planned.delete(node)
        const { event, fields } = move.takes(work.matter, world.chance, work.customer)
        const who =
          move.role === 'customer'
            ? ({ kind: 'customer', id: work.customer } as const)
            : ({ kind: 'staff', id: world.chance.pick(world.holders[move.role]!) } as const)
        const request = { id: work.ticket, node, event, fields }
        const after = await takeTransition(world.deps, { tenant: world.story.tenant, who }, request)
        return nextOf(world, work, { step: after, at: when })
      }
      return [{ at: when, run }]
    })
}

/** Nobody works at night: what would fall after six in the evening happens the next morning. */
function inTheDay(at: number): number {
  const local = (at + 8 * 60 * MINUTE) % DAY
  const [open, close] = [9 * 60 * MINUTE, 18 * 60 * MINUTE]
  if (local < open) return at + open - local
  return local > close ? at + DAY - local + open + 20 * MINUTE : at
}
