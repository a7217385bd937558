import { done, fault, type Answer, type Fields } from './answer.ts'
import type { Dice } from './dice.ts'

/** The longest text of a mass send, in UTF-8 bytes, and the most customers of one task. */
export const MASS_TEXT_MAX_BYTES = 4_000
export const MASS_MAX_CUSTOMERS = 10_000

/** A mass send that reached a customer; `at` in epoch milliseconds. */
export type MassSent = {
  readonly task: string
  readonly userId: string
  readonly externalUserId: string
  readonly text: string
  readonly at: number
}

/** A task as the member who is to confirm it sees it. */
export type MassTask = {
  readonly task: string
  readonly userId: string
  readonly text: string
  readonly externalUserIds: readonly string[]
  readonly state: 'open' | 'confirmed' | 'cancelled'
}

/** Members, their contacts, and the mass sends they are asked to confirm. */
export type MassDesk = {
  readonly sent: MassSent[]
  readonly tasks: () => readonly MassTask[]
  /** A customer becomes a member's contact; or, without a member, nobody's any more. */
  readonly befriend: (externalUserId: string, userId: string | undefined) => void
  /** The member confirms a task: everybody who may still get it gets it. False when there is nothing to confirm. */
  readonly confirm: (task: string, userId: string) => boolean
  readonly create: (request: Fields) => Answer
  readonly members: (request: Fields) => Answer
  readonly results: (request: Fields) => Answer
  readonly cancel: (request: Fields) => Answer
}

type Status = 0 | 1 | 2 | 3
type Entry = { readonly externalUserId: string; status: Status; at: number }
type Share = { readonly userId: string; state: MassTask['state']; at: number; readonly entries: Entry[] }

/** A desk without contacts. `monthlyCap` mass sends reach a customer in one month of China, whoever sends them. */
export function createMassDesk(parts: {
  readonly now: () => number
  readonly dice: Dice
  readonly monthlyCap?: number | undefined
}): MassDesk {
  const { now, dice } = parts
  const contacts = new Map<string, string>()
  const tasks = new Map<string, { readonly text: string; readonly shares: Share[] }>()
  const sent: MassSent[] = []

  const deliver = (task: string, text: string, { userId, entries }: Share) => {
    for (const entry of entries) {
      const { externalUserId } = entry
      const had = sent.filter(
        one => one.externalUserId === externalUserId && monthOf(one.at) === monthOf(now()),
      )
      entry.at = now()
      if (contacts.get(externalUserId) !== userId) entry.status = 2
      else if (had.length >= (parts.monthlyCap ?? daysInMonth(now()))) entry.status = 3
      else {
        entry.status = 1
        sent.push({ task, userId, externalUserId, text, at: now() })
      }
    }
  }

  return {
    sent,
    tasks: () =>
      [...tasks].flatMap(([task, { text, shares }]) =>
        shares.map(({ userId, state, entries }) => ({
          ...{ task, userId, text, state },
          externalUserIds: entries.map(entry => entry.externalUserId),
        })),
      ),
    befriend: (externalUserId, userId) =>
      void (userId === undefined ? contacts.delete(externalUserId) : contacts.set(externalUserId, userId)),
    confirm: (task, userId) => {
      const found = tasks.get(task)
      const share = found?.shares.find(entry => entry.userId === userId && entry.state === 'open')
      if (!found || !share) return false
      Object.assign(share, { state: 'confirmed', at: now() })
      deliver(task, found.text, share)
      return true
    },
    create: request => {
      const read = readTemplate(request)
      if ('errcode' in read) return read
      const { ids, text, sender } = read
      const owner = (id: string) =>
        sender === undefined || contacts.get(id) === sender ? contacts.get(id) : undefined
      const reachable = ids.filter(id => owner(id) !== undefined)
      if (reachable.length === 0) return fault(41048)
      const task = dice.id(40)
      const members = [...new Set(reachable.map(id => owner(id)!))]
      const shares = members.map((userId): Share => {
        const own = reachable.filter(id => owner(id) === userId)
        const entries = own.map((externalUserId): Entry => ({ externalUserId, status: 0, at: 0 }))
        return { userId, state: 'open', at: 0, entries }
      })
      tasks.set(task, { text, shares })
      return done({ fail_list: ids.filter(id => !reachable.includes(id)), msgid: task })
    },
    members: ({ msgid }) => {
      const found = tasks.get(String(msgid))
      if (!found) return fault(40058)
      const list = found.shares.map(({ userId, state, at }) => ({
        ...{ userid: userId, status: state === 'confirmed' ? 2 : 0 },
        ...(at > 0 && { send_time: Math.floor(at / 1000) }),
      }))
      return done({ task_list: list, next_cursor: '' })
    },
    results: ({ msgid, userid }) => {
      const share = tasks.get(String(msgid))?.shares.find(entry => entry.userId === userid)
      if (!share) return fault(40058)
      const list = share.entries.map(({ externalUserId, status, at }) => ({
        ...{ external_userid: externalUserId, userid: share.userId, status },
        ...(at > 0 && { send_time: Math.floor(at / 1000) }),
      }))
      return done({ send_list: list, next_cursor: '' })
    },
    cancel: ({ msgid }) => {
      const found = tasks.get(String(msgid))
      if (!found) return fault(40058)
      for (const share of found.shares) if (share.state === 'open') share.state = 'cancelled'
      return done()
    },
  }
}

function readTemplate(request: Fields): { ids: string[]; text: string; sender: string | undefined } | Answer {
  const { chat_type: type = 'single', external_userid: ids, sender, text } = request
  const content = (text as Fields | null | undefined)?.['content']
  if (type !== 'single') return fault(40058)
  if (!Array.isArray(ids) || ids.length < 1 || ids.length > MASS_MAX_CUSTOMERS) return fault(40058)
  if (!ids.every(id => typeof id === 'string')) return fault(40096)
  if (sender !== undefined && typeof sender !== 'string') return fault(40003)
  if (typeof content !== 'string' || content === '') return fault(44004)
  if (Buffer.byteLength(content) > MASS_TEXT_MAX_BYTES) return fault(45002)
  return { ids: ids as string[], text: content, sender }
}

const CHINA_MS = 8 * 3_600_000

function monthOf(at: number): string {
  return new Date(at + CHINA_MS).toISOString().slice(0, 7)
}

/** WeCom's cap unless the corp asked for another: one a day on average. */
function daysInMonth(at: number): number {
  const [year, month] = monthOf(at).split('-').map(Number)
  return new Date(Date.UTC(year!, month!, 0)).getUTCDate()
}
