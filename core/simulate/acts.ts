import type { Actor, Command, TicketEvent } from '#core/desk'
import type { FieldValues } from '#core/form'
import type { History } from '#core/wire'

/** What came from outside at an instant: somebody's act, or a shift that began or ended. */
export type Act =
  | {
      readonly act: 'command'
      readonly at: number
      readonly ticket: string
      readonly actor: Actor
      readonly command: Command
    }
  | { readonly act: 'shift'; readonly at: number; readonly staff: string; readonly onShift: boolean }

type Ticket = { readonly id: string; readonly events: readonly TicketEvent[] }

/** Reads the acts off what they brought, in the order of their instants: shifts first, who is given what waits last. */
export function actsOf(
  tickets: readonly Ticket[],
  shifts: NonNullable<History['shifts']> = [],
): { readonly acts: readonly Act[]; readonly unread: Readonly<Record<string, number>> } {
  const unread: Record<string, number> = {}
  // Why: nobody knows what the desk's timers did after the last event.
  const end = Math.max(...tickets.map(({ events }) => events.at(-1)!.at))
  const acts: Act[] = shifts.filter(({ at }) => at <= end).map(shift => ({ act: 'shift', ...shift }))
  for (const { id, events } of tickets)
    for (const group of decisionsIn(events)) {
      const [{ at, actor, happened }] = group as [TicketEvent]
      const command = commandOf(group)
      if (command === 'time') continue
      if (command) acts.push({ act: 'command', at, ticket: id, actor, command })
      else unread[happened.kind] = (unread[happened.kind] ?? 0) + 1
    }
  return { acts: acts.sort((a, b) => a.at - b.at || rankOf(a) - rankOf(b)), unread }
}

function rankOf(act: Act): number {
  if (act.act === 'shift') return 0
  return act.command.command === 'assign' ? 2 : 1
}

/** Events of one decision have one instant and one actor; each timer fires by itself. */
function decisionsIn(events: readonly TicketEvent[]): TicketEvent[][] {
  const groups: TicketEvent[][] = []
  for (const event of events) {
    const last = groups.at(-1)?.at(-1)
    const goesOn =
      last?.at === event.at &&
      last.actor.kind === event.actor.kind &&
      last.actor.id === event.actor.id &&
      event.happened.kind !== 'timer-fired'
    if (goesOn) groups.at(-1)!.push(event)
    else groups.push([event])
  }
  return groups
}

/** What was asked; `time` for what timers and moves between versions did; undefined when the events do not tell. */
function commandOf(group: readonly TicketEvent[]): Command | 'time' | undefined {
  const [{ actor, happened: first }] = group as [TicketEvent]
  switch (first.kind) {
    case 'opened': {
      const { id, ticket, entry, customer, subject, fields } = first
      const draft = entry === 'chat' || entry === 'group'
      return { command: 'open', id, ticket, entry, customer, subject, fields, draft }
    }
    case 'timer-fired':
    case 'migrated':
      return 'time'
    case 'message-received':
      return { command: 'message', text: first.text, messageId: first.messageId }
    case 'replied':
      return { command: 'say', to: 'customer', text: first.text }
    case 'noted':
      return { command: 'say', to: 'staff', text: first.text }
    case 'subject-chosen':
      return { command: 'about', subject: first.subject }
    case 'action-ended': {
      const { node, outcome, output, detail } = first
      return { command: 'outcome', node, visit: 0, outcome, output, detail }
    }
    case 'assigned':
      return {
        ...{ command: 'assign', node: first.node, to: actor.kind === 'system' ? null : first.assignee },
        reason: first.handed?.reason ?? undefined,
      }
    default:
      return transitionOf(group)
  }
}

function transitionOf(group: readonly TicketEvent[]): Command | undefined {
  const fields: FieldValues = Object.assign(
    {},
    ...group.map(({ happened }) => (happened.kind === 'fields-filled' ? happened.fields : {})),
  )
  for (const { happened } of group)
    if (happened.kind === 'node-left' && happened.event !== null)
      return { command: 'transition', node: happened.node, event: happened.event, fields }
  return undefined
}
