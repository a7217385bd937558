import type { Blueprint } from '#core/blueprint'
import {
  finish,
  refuse,
  startDraft,
  type Command,
  type Decision,
  type Question,
  type Refusal,
} from './command.ts'
import { happen } from './draft.ts'
import { effectiveRoles } from './rights.ts'
import type { TicketState } from './state.ts'

/** The longest answer to a customer, in characters: WeCom takes 2,048 bytes, and a character has up to four. */
export const MAX_REPLY = 500

/** Words of whoever works an open ticket: an answer that the customer gets, or a note that only staff read. */
export function say(question: Question, { to, text }: Command & { command: 'say' }): Decision | Refusal {
  const state = question.state!
  if (state.closedAt !== null) return refuse('closed')
  const refusal = maySpeak(question)
  if (refusal) return refusal
  const draft = startDraft(question)
  if (to === 'customer') {
    if (state.customer === null) return refuse('reply-nobody')
    if ([...text].length > MAX_REPLY) return refuse('reply-long', { max: String(MAX_REPLY) })
    happen(draft, { kind: 'replied', text })
    const [node = ''] = Object.keys(state.tokens)
    draft.effects.push({ effect: 'notify-customer', purpose: 'service', text, node, said: draft.state!.seq })
    return finish(draft)
  }
  happen(draft, { kind: 'noted', text })
  for (const [node, { assignee }] of Object.entries(state.tokens))
    if (assignee !== null && assignee !== question.asker.actor.id)
      draft.effects.push({ effect: 'notify-staff', staff: [assignee], reason: 'noted', node })
  return finish(draft)
}

/**
 * Why a person may not speak for a ticket; undefined when they may: they hold it, or a role of one of its open places, or
 * are an administrator. While no member of staff is waited for, those of the places that it came by speak for it.
 */
export function maySpeak({
  blueprint,
  state,
  asker,
}: Pick<Question, 'blueprint' | 'state' | 'asker'>): Refusal | undefined {
  const { tokens } = state!
  const roles = speakers(blueprint, state!)
  const held = effectiveRoles(blueprint, asker.roles)
  const holds = Object.values(tokens).some(({ assignee }) => assignee === asker.actor.id)
  const may = asker.roles.includes('admin') || holds || roles.some(role => held.has(role))
  return asker.actor.kind === 'staff' && may ? undefined : refuse('role', { role: roles[0] ?? 'admin' })
}

function speakers({ tickets }: Blueprint, { kind, tokens, visits }: TicketState): string[] {
  const { nodes } = tickets[kind]!
  const ofStaff = (places: object) =>
    Object.keys(places).flatMap(name => {
      const node = nodes[name]
      return node && !node.run && node.by !== 'customer' ? [node.by] : []
    })
  const now = ofStaff(tokens)
  return now.length > 0 ? now : ofStaff(visits)
}
