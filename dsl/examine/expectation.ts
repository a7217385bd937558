import { hasMet } from '#core/play'
import { evaluate } from '#core/table'
import { encodeValue } from '#core/values'
import type { Expectation } from '#dsl/check'
import { namesOf, type Story } from './story.ts'

/** Whether what a story expects is so. */
export function holds(story: Story, expected: Expectation): boolean {
  switch (expected.is) {
    case 'both':
      return holds(story, expected.left) && holds(story, expected.right)
    case 'either':
      return holds(story, expected.left) || holds(story, expected.right)
    case 'not':
      return !holds(story, expected.operand)
    case 'in':
      return standsIn(story, expected)
    case 'notified':
      return wasTold(story, expected.who)
    case 'assigned':
      return isHeldBy(story, expected.name)
    case 'open':
      return [...story.world.tickets.values()].some(
        ({ kind, closedAt }) => kind === expected.ticket && closedAt === null,
      )
    case 'message':
      return hasMet(story.world.reach, expected)
    case 'code':
      return evaluate(story.world.blueprint, expected.code, namesOf(story.world)) === true
  }
}

function standsIn(story: Story, { ticket, place }: { ticket: string; place: string }): boolean {
  const state = [...story.world.tickets.values()].findLast(({ kind }) => kind === ticket)
  if (!state) return false
  const ended = state.outcome === place || state.outcome?.startsWith(`${place}.`) === true
  const isInTeam = Object.values(state.tokens).some(({ team }) => team === place)
  return ended || isInTeam || Object.hasOwn(state.tokens, place) || Object.hasOwn(state.regions, place)
}

function isHeldBy(story: Story, name: string): boolean {
  const ids = story.world.people.roster.flatMap(person => (person.name === name ? [person.id] : []))
  const tokens = [...story.world.tickets.values()].flatMap(({ tokens }) => Object.values(tokens))
  return tokens.some(({ assignee }) => assignee !== null && ids.includes(assignee))
}

/** Told by a notice or an escalation; being given a ticket to work does not count. */
function wasTold(story: Story, who: string): boolean {
  return story.effects.some(effect => {
    if (effect.effect === 'notify-customer') return who === 'customer'
    if (effect.effect === 'notify-admin') return who === 'admin'
    if (effect.effect !== 'notify-staff' || effect.reason === 'assigned') return false
    return story.world.people.roster.some(({ id, roles }) => roles.includes(who) && effect.staff.includes(id))
  })
}

/** What stands on both sides of a comparison that did not hold: `872.96 = 1`; empty for anything else. */
export function sidesOf(story: Story, expected: Expectation): string {
  if (expected.is === 'both')
    return sidesOf(story, holds(story, expected.left) ? expected.right : expected.left)
  if (expected.is !== 'code' || expected.code.op !== 'apply' || expected.code.args.length !== 2) return ''
  const names = namesOf(story.world)
  const [left, right] = expected.code.args.map(arg => {
    const value = encodeValue(evaluate(story.world.blueprint, arg, names))
    return value === null ? '—' : typeof value === 'string' ? value : JSON.stringify(value)
  })
  return `${left} ${expected.code.fn} ${right}`
}
