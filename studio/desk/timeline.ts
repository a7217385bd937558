import type { DeliveryReply, EventReply, TicketReply } from '#core/wire'
import { nameOf, staffName, type Desk } from '../data/desk.ts'
import { language, listOf, t, tMaybe } from '../text/text.ts'
import { filledLines } from './filled.ts'
import { againOf, notedLine, repliedLine, withReason } from './said-lines.ts'
import type { Why } from './why.ts'

/** The outcome of an action that could not be had. */
const FAULT = 'fault'

/** One line of a ticket's history in plain words. */
export interface Line {
  readonly at: number
  readonly words: string
  /** What somebody wrote. */
  readonly quote: string | null
  /** What was filled in, a field each. */
  readonly filled: readonly string[]
  readonly tone: 'strong' | 'bad' | 'note' | ''
  /** What would have decided otherwise. */
  readonly otherwise: readonly string[]
  /** A message that may be sent once more, by its id. */
  readonly again?: string
}

interface Names {
  readonly who: string
  readonly node: (name: string) => string
  readonly role: (name: string) => string
  readonly person: (id: string | null) => string
}

/** The history of a ticket for people, newest first; what only machines need is left out. */
export function timelineOf(desk: Desk, ticket: TicketReply, why?: Why): Line[] {
  const names = (event: EventReply): Names => ({
    who: whoDid(desk, ticket, event),
    node: name => eventName(desk, ticket.kind, name),
    role: name => roleName(desk, name),
    person: id => staffName(desk, id),
  })
  const filled = filledLines(desk, ticket)
  const lines = ticket.events.flatMap((event): Line[] => {
    const line = lineOf(event, names(event), filled.get(event.seq) ?? [])
    const otherwise = why?.ofEvent(event.seq) ?? []
    return line ? [{ quote: null, tone: '', filled: [], ...line, at: event.at, otherwise }] : []
  })
  const held = (why?.held ?? []).map(({ at, text, reasons, otherwise }): Line => ({
    ...{ at, quote: text, tone: 'bad', filled: [], otherwise },
    words: t('event.send-held', { reasons: reasons.join(language() === 'en' ? '; ' : '；') }),
  }))
  return [...lines, ...held].sort((a, b) => a.at - b.at).reverse()
}

/** What a transition, or a place, of a kind of ticket is called; an action's fault has no name in its pack. */
export function eventName(desk: Desk, kind: string, event: string): string {
  const { labels } = desk.vocabulary
  const name = nameOf(labels, `${kind}.${event}`)
  return name === FAULT ? t('event.fault') : name
}

export function roleName(desk: Desk, role: string): string {
  if (role === 'customer') return t('who.customer')
  if (role === 'system') return t('who.system')
  if (role === 'admin') return t('who.admin')
  return nameOf(desk.vocabulary.labels, role)
}

function whoDid(desk: Desk, ticket: TicketReply, { actor }: EventReply): string {
  if (actor.kind === 'staff') return staffName(desk, actor.id)
  if (actor.kind === 'customer') return ticket.customer?.name || t('who.customer')
  // A message brings its ticket with it, in the customer's name.
  if (actor.id === 'wecom') return ticket.customer?.name || t('who.customer')
  return tMaybe(`who.${actor.id}`, t('who.system'))
}

type Wording = Partial<Line> & Pick<Line, 'words'>

function lineOf(
  { happened: given, actor, delivery }: EventReply,
  names: Names,
  filled: readonly string[],
): Wording | undefined {
  const happened = given as Happened
  const text = (name: string) => String(happened[name] ?? '')
  const list = (name: string) => (happened[name] ?? []) as readonly string[]
  const { who, node, role, person } = names
  switch (happened.kind) {
    case 'opened':
      return { words: t('event.opened', { who }), tone: 'strong' }
    case 'fields-filled':
      return {
        words: t(filled.length === 0 ? 'event.fields-unread' : 'event.fields-filled', { who }),
        filled,
      }
    case 'message-received':
      return { words: t('event.message-received'), quote: text('text'), tone: 'strong' }
    case 'replied':
      return repliedLine(delivery, who, text('text'))
    case 'noted':
      return notedLine(who, text('text'))
    case 'node-entered':
      return { words: t('event.node-entered', { node: node(text('node')) }), tone: 'strong' }
    case 'node-left':
      return happened.event === null
        ? undefined
        : { words: t('event.node-left', { who, event: node(text('event')) }) }
    case 'assigned': {
      if (happened.handed !== undefined) return handedLine(happened, actor.id, names)
      const waits = happened.assignee === null
      const params = {
        node: node(text('node')),
        assignee: person((happened.assignee ?? null) as string | null),
      }
      return { words: t(waits ? 'event.assigned-waiting' : 'event.assigned', params) }
    }
    case 'clock-reached':
      return clockLine(Number(happened.share), { node: node(text('node')), clock: node(text('clock')) })
    case 'escalated':
      return { words: t('event.escalated', { to: receivers(list('to'), list('staff'), names) }), tone: 'bad' }
    case 'notified':
      return { words: t('event.notified', { to: receivers(list('to'), list('staff'), names) }) }
    case 'subject-chosen':
      return { words: t('event.subject-chosen', { subject: text('subject') }) }
    case 'marked':
      return {
        words: t('event.marked', { priority: tMaybe(`priority.${text('priority')}`, text('priority')) }),
      }
    case 'customer-told':
      return toldLine(delivery, text('text'))
    case 'region-entered':
      return { words: t('event.region-entered', { branches: listOf(list('branches').map(role)) }) }
    case 'priced':
      return { words: t('event.priced', { price: node(text('price')), total: text('total') }) }
    case 'unpriced':
      return { words: t('event.unpriced', { price: node(text('price')), line: text('line') }), tone: 'bad' }
    case 'settled':
      return { words: t('event.settled', { amount: `${text('base')} ${text('currency')}` }) }
    case 'migrated':
      return migratedLine(happened, node)
    case 'closed':
      return { words: t('event.closed', { outcome: node(text('outcome')) }), tone: 'strong' }
    default:
      return undefined
  }
}

interface Happened {
  readonly kind: string
  readonly handed?: { readonly reason: string | null }
  readonly [name: string]: unknown
}

/** Who gave a place to whom, and why where they said it. */
function handedLine({ node, assignee, handed }: Happened, by: string, names: Names): Wording {
  const to = names.person(String(assignee))
  const params = { who: names.who, node: names.node(String(node)), assignee: to }
  const quote = handed?.reason ?? null
  return { words: t(assignee === by ? 'event.taken' : 'event.handed', params), quote, tone: 'strong' }
}

/** Where the ticket is called to stand otherwise, `审核 → 复核`; most often nowhere. */
function migratedLine({ from, to, places }: Happened, node: Names['node']): Wording {
  const renamed = Object.entries((places ?? {}) as Readonly<Record<string, string>>)
  const params = { from: String(from), to: String(to) }
  if (renamed.length === 0) return { words: t('event.migrated', params) }
  const said = listOf(renamed.map(([old, now]) => `${node(old)} → ${node(now)}`))
  return { words: t('event.migrated-places', { ...params, places: said }) }
}

/** What became of a notice to the customer; told is what was sent. */
function toldLine(delivery: DeliveryReply | undefined, text: string): Wording {
  const { state, reason } = delivery ?? { state: 'queued', reason: null }
  const word = state === 'held' ? `event.told.held.${reason ?? ''}` : `event.told.${state}`
  const isOut = ['sent', 'queued', 'cleared', 'sending', 'waiting'].includes(state)
  const unsaid = withReason(t('event.told.failed', { text }), reason)
  const failed = tMaybe(`event.told.failed.${reason ?? ''}`, unsaid, { text })
  const words = state === 'failed' ? failed : tMaybe(word, t('event.told.held', { text }), { text })
  return { words, tone: isOut ? '' : 'bad', ...againOf(delivery) }
}

function clockLine(share: number, params: { node: string; clock: string }): Wording {
  if (share >= 1) return { words: t('event.clock-over', params), tone: 'bad' }
  return { words: t('event.clock-reached', { ...params, share: Math.round(share * 100) }) }
}

/** People where they are known, roles otherwise. */
function receivers(to: readonly string[], staff: readonly string[], { role, person }: Names): string {
  return listOf(staff.length > 0 ? staff.map(person) : to.map(role)) || t('none')
}
