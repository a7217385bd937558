import type { TicketEvent } from '#core/desk'

/** What of a ticket's history people would notice, as comparable text. */
export interface Trait {
  readonly what:
    'place' | 'assigned' | 'clock' | 'escalated' | 'price' | 'settled' | 'told' | 'action' | 'end'
  readonly at: number
  readonly says: string
}

export function traitsOf(events: readonly TicketEvent[]): Trait[] {
  return events.flatMap(({ at, happened }): Trait[] => {
    const one = (what: Trait['what'], ...parts: readonly (string | number | null)[]): Trait[] => [
      { what, at, says: parts.map(part => part ?? '—').join(' ') },
    ]
    switch (happened.kind) {
      case 'node-entered':
        return one('place', happened.node)
      case 'assigned':
        return one('assigned', happened.node, happened.team, happened.assignee)
      case 'clock-started':
        return one('clock', happened.node, happened.clock, happened.dueAt)
      case 'clock-reached':
        return one('escalated', happened.node, happened.clock, happened.share)
      case 'escalated':
      case 'notified':
        return one('escalated', ...happened.to)
      case 'marked':
        return one('escalated', happened.priority)
      case 'priced':
        return one('price', happened.price, happened.stage, happened.total)
      case 'unpriced':
        return one('price', happened.price, happened.line, happened.step)
      case 'settled':
        return one(
          'settled',
          happened.settlement,
          ...happened.shares.map(({ party, amount }) => `${party} ${amount}`),
        )
      case 'customer-told':
        return one('told', happened.node, happened.text)
      case 'action-started':
        return one('action', happened.node, happened.action, JSON.stringify(happened.input))
      case 'closed':
        return one('end', happened.outcome)
      default:
        return []
    }
  })
}
