import { evaluate } from '#core/table'
import { encodeValue } from '#core/values'
import type { Expectation } from '#dsl/check'
import { hasMet } from './reach.ts'
import { staffIn } from './staff.ts'
import { namesOf, type World } from './world.ts'

/** Whether what a story expects is so. */
export function holds(world: World, expected: Expectation): boolean {
  switch (expected.is) {
    case 'both':
      return holds(world, expected.left) && holds(world, expected.right)
    case 'either':
      return holds(world, expected.left) || holds(world, expected.right)
    case 'not':
      return !holds(world, expected.operand)
    case 'in':
      return standsIn(world, expected)
    case 'notified':
      return wasTold(world, expected.who)
    case 'assigned':
      return isHeldBy(world, expected.name)
    case 'open':
      return [...world.tickets.values()].some(
        ({ kind, closedAt }) => kind === expected.ticket && closedAt === null,
      )
    case 'message':
      return hasMet(world.reach, expected)
    case 'code':
      return evaluate(world.blueprint, expected.code, namesOf(world)) === true
  }
}

function standsIn(world: World, { ticket, place }: { ticket: string; place: string }): boolean {
  const state = [...world.tickets.values()].findLast(({ kind }) => kind === ticket)
  if (!state) return false
  const ended = state.outcome === place || state.outcome?.startsWith(`${place}.`) === true
  const isInTeam = Object.values(state.tokens).some(({ team }) => team === place)
  return ended || isInTeam || Object.hasOwn(state.tokens, place) || Object.hasOwn(state.regions, place)
}

function isHeldBy(world: World, name: string): boolean {
  const ids = staffIn(world).flatMap(person => (person.name === name ? [person.id] : []))
  const tokens = [...world.tickets.values()].flatMap(({ tokens }) => Object.values(tokens))
  return tokens.some(({ assignee }) => assignee !== null && ids.includes(assignee))
}

/** Told by a notice or an escalation; being given a ticket to work does not count. */
function wasTold(world: World, who: string): boolean {
  return world.effects.some(effect => {
    if (effect.effect === 'notify-customer') return who === 'customer'
    if (effect.effect === 'notify-admin') return who === 'admin'
    if (effect.effect !== 'notify-staff' || effect.reason === 'assigned') return false
    return staffIn(world).some(({ id, roles }) => roles.includes(who) && effect.staff.includes(id))
  })
}

/** What stands on both sides of a comparison that did not hold: `872.96 = 1`; empty for anything else. */
export function sidesOf(world: World, expected: Expectation): string {
  if (expected.is === 'both')
    return sidesOf(world, holds(world, expected.left) ? expected.right : expected.left)
  if (expected.is !== 'code' || expected.code.op !== 'apply' || expected.code.args.length !== 2) return ''
  const names = namesOf(world)
  const [left, right] = expected.code.args.map(arg => {
    const value = encodeValue(evaluate(world.blueprint, arg, names))
    return value === null ? '—' : typeof value === 'string' ? value : JSON.stringify(value)
  })
  return `${left} ${expected.code.fn} ${right}`
}
