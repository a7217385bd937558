import type { QueueRowReply, SessionReply, StaffReply, VocabularyReply } from '#core/wire'
import { language, locale, t } from '../text/text.ts'
import { ApiError, get, goToLogin } from './api.ts'

/** What every page of staff knows: who reads it, the pack's words, the people, the desk's time. */
export interface Desk {
  readonly session: SessionReply
  readonly vocabulary: VocabularyReply
  readonly staff: readonly StaffReply[]
}

/** Whether a pack runs on the desk: without one there are no words of any. */
export const hasPack = ({ vocabulary: { labels } }: Desk): boolean => Object.keys(labels).length > 0

let offsetMs = 0
let zone = 'Asia/Shanghai'

/** Loads the desk of the session; without one the reader goes to log in. Throws ApiError. */
export async function loadDesk(): Promise<Desk> {
  try {
    const session = await get<SessionReply>('/api/session')
    const [vocabulary, staff] = await Promise.all([
      get<VocabularyReply>('/api/vocabulary'),
      get<StaffReply[]>('/api/staff'),
    ])
    setClock(vocabulary)
    return { session, vocabulary, staff }
  } catch (error) {
    if (error instanceof ApiError && error.problem?.status === 401) goToLogin()
    throw error
  }
}

/** Keeps pages on the desk's business time. */
export function setClock(given: { readonly now: number; readonly zone?: string }): void {
  offsetMs = given.now - Date.now()
  zone = given.zone ?? zone
}

/** The desk's business time, epoch ms. */
export function deskNow(): number {
  return Date.now() + offsetMs
}

/** What a qualified name of the pack (`客诉.受理`) reads as; without words, its last part. */
export function nameOf(labels: VocabularyReply['labels'], qualified: string): string {
  return labels[language()]?.[qualified] ?? labels.zh?.[qualified] ?? qualified.split('.').at(-1)!
}

/** What a role reads as; administering is one that no pack names. */
export const roleName = ({ vocabulary: { labels } }: Desk, role: string): string =>
  role === 'admin' ? t('people.admin') : nameOf(labels, role)

/** The name of a member of staff, who may have left. */
export function staffName(desk: Desk, id: string | null): string {
  if (id === null) return t('queue.waiting')
  const left = desk.vocabulary.formerStaff[id]
  return (
    desk.staff.find(person => person.id === id)?.name ??
    (left === undefined ? t('who.unknown') : t('who.left', { name: left }))
  )
}

/** Who a ticket waits for: its assignee, the customer, an action, or whoever comes free. */
export function whoWorks(desk: Desk, { kind, nodes, assignee }: QueueRowReply): string {
  const { customerNodes, actionNodes } = desk.vocabulary
  const all = (places: readonly string[]) =>
    nodes.length > 0 && nodes.every(node => places.includes(`${kind}.${node}`))
  if (all(customerNodes)) return t('who.customer')
  return all(actionNodes) ? t('who.system') : staffName(desk, assignee)
}

/** Whether the reader has emulated phones: of a demo, or as an administrator of a desk that tries things before it connects WeCom. */
export const triesOut = (desk: Desk) => desk.vocabulary.demo || (desk.vocabulary.emulated && isAdmin(desk))

export const isAdmin = (desk: Desk) => desk.session.staff.roles.includes('admin')

/** The month (`2026-03`) of an instant in the desk's zone. */
export const monthOf = (at: number): string => dayOf(at).slice(0, 7)

const yearOf = (at: number): string => dayOf(at).slice(0, 4)

/** The day (`2026-03-02`) of an instant in the desk's zone. */
export function dayOf(at: number): string {
  const parts = new Intl.DateTimeFormat('en', {
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    timeZone: zone,
  }).formatToParts(at)
  const part = (type: string) => parts.find(one => one.type === type)?.value ?? ''
  return `${part('year')}-${part('month')}-${part('day')}`
}

/** An instant of the desk in the reader's language and the desk's zone; of another year with the year. */
export function timeText(at: number): string {
  const options = {
    ...(yearOf(at) !== yearOf(deskNow()) && { year: 'numeric' as const }),
    month: 'long',
    day: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    hour12: false,
  } as const
  const tag = locale() === 'en' ? 'en-GB' : 'zh-CN'
  return new Intl.DateTimeFormat(tag, { ...options, timeZone: zone }).format(at)
}

/** An instant of real time, as the desk's business time reads: a demo desk shows its own. */
export function realTimeText(at: number): string {
  return timeText(at + offsetMs)
}
