import { done, fault, type Answer, type Fields } from './answer.ts'
import { TEXT_MAX_BYTES } from './customer-desk.ts'
import type { Dice } from './dice.ts'
import { createRate } from './rate.ts'

/** How many application messages one member gets per minute and per hour; what exceeds is dropped without a word. */
export const STAFF_PER_MINUTE = 30
export const STAFF_PER_HOUR = 1_000

const MAX_USERS = 1_000
const MAX_ONCE_S = 14_400

/** A text to one member; `at` in epoch milliseconds. */
export type SentToStaff = {
  readonly msgId: string
  readonly userId: string
  readonly text: string
  readonly at: number
}

/** The members: what reaches them, and what was dropped over their rate. */
export type StaffDesk = {
  readonly sent: SentToStaff[]
  readonly dropped: SentToStaff[]
  /** Answers message/send. */
  readonly send: (request: Fields) => Answer
}

/** A desk of these members, or of anybody when none are named. */
export function createStaffDesk(parts: {
  readonly staff?: readonly string[] | undefined
  readonly agentId?: number | undefined
  readonly now: () => number
  readonly dice: Dice
}): StaffDesk {
  const { staff, agentId, now, dice } = parts
  const sent: SentToStaff[] = []
  const dropped: SentToStaff[] = []
  const perMinute = createRate(STAFF_PER_MINUTE, 60_000)
  const perHour = createRate(STAFF_PER_HOUR, 3_600_000)
  const lastSent = new Map<string, number>()

  const repeats = (request: Fields, users: readonly string[], text: string) => {
    const seconds = Number(request['duplicate_check_interval'] ?? 1_800)
    const key = JSON.stringify([[...users].sort(), text])
    const last = lastSent.get(key) ?? -Infinity
    if (request['enable_duplicate_check'] === 1 && now() - last < Math.min(seconds, MAX_ONCE_S) * 1000)
      return true
    lastSent.set(key, now())
    return false
  }

  return {
    sent,
    dropped,
    send: request => {
      const { touser, agentid, msgtype } = request
      const content = (request['text'] as Fields | null | undefined)?.['content']
      if (agentid === undefined) return fault(41011)
      if (!Number.isInteger(agentid) || (agentId !== undefined && agentid !== agentId)) return fault(40056)
      if (msgtype !== 'text') return fault(40008)
      if (typeof content !== 'string' || content === '') return fault(44004)
      const named = typeof touser === 'string' ? touser.split('|').filter(user => user !== '') : []
      if (named.length > MAX_USERS) return fault(40058)
      const users = [...new Set(named)].filter(user => !staff || staff.includes(user))
      if (users.length === 0) return fault(81013)
      const msgId = dice.id(43)
      const answer = done({
        invaliduser: named.filter(user => !users.includes(user)).join('|'),
        msgid: msgId,
      })
      const text = cut(content)
      if (repeats(request, users, text)) return answer
      for (const userId of users) {
        const admitted = perMinute(userId, now()) && perHour(userId, now())
        const log = admitted ? sent : dropped
        log.push({ msgId, userId, text, at: now() })
      }
      return answer
    },
  }
}

/** The text up to its limit in bytes, never through a character. */
function cut(text: string): string {
  if (Buffer.byteLength(text) <= TEXT_MAX_BYTES) return text
  const whole: string[] = []
  let bytes = 0
  for (const character of text) {
    bytes += Buffer.byteLength(character)
    if (bytes > TEXT_MAX_BYTES) break
    whole.push(character)
  }
  return whole.join('')
}
