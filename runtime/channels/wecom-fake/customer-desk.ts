import { done, fault, type Answer, type Fields } from './answer.ts'
import type { Dice } from './dice.ts'
import type { MessageLog } from './message-log.ts'

/** How long after a customer's last message they may be written to, in milliseconds. */
export const WINDOW_MS = 48 * 3_600_000
/** How many messages they may be sent before they write again. */
export const MESSAGES_PER_WINDOW = 5
/** The longest text, in UTF-8 bytes. */
export const TEXT_MAX_BYTES = 2_048

/** A text that reached a customer; `at` in epoch milliseconds. */
export type SentToCustomer = {
  readonly msgId: string
  readonly openKfId: string
  readonly externalUserId: string
  readonly text: string
  readonly at: number
}

/** The customers of all accounts: what they write, what reaches them. */
export type CustomerDesk = {
  readonly sent: SentToCustomer[]
  /** Answers send_msg. */
  readonly send: (request: Fields) => Answer
  /** Answers customer/batchget. */
  readonly look: (request: Fields) => Answer
  /** A customer writes; yields the msgid. */
  readonly write: (message: CustomerText) => string
  /** Takes in what an earlier fake knew: who wrote when, and what reached them. */
  readonly recall: (past: CustomersPast) => void
  /** From now on texts to the customer are accepted and fail afterwards, as when they refuse messages. */
  readonly block: (externalUserId: string) => void
}

/** Customers who wrote to an account before, and what reached them; instants in epoch milliseconds. */
export type CustomersPast = {
  readonly customers: readonly {
    readonly externalUserId: string
    readonly openKfId: string
    readonly name: string
    readonly wroteAt: number
    /** Messages to them since. */
    readonly answered: number
  }[]
  readonly sent: readonly SentToCustomer[]
}

/** What a customer writes; the same msgId twice is one message. */
export type CustomerText = {
  readonly externalUserId: string
  readonly openKfId: string
  readonly text: string
  readonly name?: string
  readonly msgId?: string
}

/** A desk without customers; `announce` tells the account's owner that the log has something new. */
export function createCustomerDesk(parts: {
  readonly log: MessageLog
  readonly now: () => number
  readonly dice: Dice
  readonly announce: (openKfId: string) => void
}): CustomerDesk {
  const { log, now, dice, announce } = parts
  const sent: SentToCustomer[] = []
  const names = new Map<string, string>()
  const accounts = new Set<string>()
  const windows = new Map<string, { since: number; count: number }>()
  const answered = new Set<string>()
  const blocked = new Set<string>()

  const store = (message: { msgid: string; open_kfid: string } & Fields) => {
    const isNew = log.add({ send_time: Math.floor(now() / 1000), ...message })
    if (isNew) announce(message.open_kfid)
    return isNew
  }

  const deliver = (message: Omit<SentToCustomer, 'at'>) => {
    answered.add(message.msgId)
    if (!blocked.has(message.externalUserId)) {
      sent.push({ ...message, at: now() })
      return
    }
    const about = { open_kfid: message.openKfId, external_userid: message.externalUserId }
    const event = { event_type: 'msg_send_fail', ...about, fail_msgid: message.msgId, fail_type: 10 }
    store({ msgid: dice.id(32), open_kfid: message.openKfId, origin: 4, msgtype: 'event', event })
  }

  return {
    sent,
    recall: past => {
      for (const { externalUserId, openKfId, name, wroteAt, answered: count } of past.customers) {
        accounts.add(openKfId)
        names.set(externalUserId, name)
        windows.set(`${openKfId}/${externalUserId}`, { since: wroteAt, count })
      }
      for (const message of past.sent) {
        answered.add(message.msgId)
        sent.push(message)
      }
    },
    block: externalUserId => void blocked.add(externalUserId),
    write: ({ externalUserId, openKfId, text, name, msgId = dice.id(32) }) => {
      const about = { open_kfid: openKfId, external_userid: externalUserId }
      accounts.add(openKfId)
      names.set(externalUserId, name ?? names.get(externalUserId) ?? '微信用户')
      if (store({ msgid: msgId, ...about, origin: 3, msgtype: 'text', text: { content: text } })) {
        windows.set(`${openKfId}/${externalUserId}`, { since: now(), count: 0 })
      }
      return msgId
    },
    look: ({ external_userid_list: list }) => {
      if (!isTextList(list) || list.length < 1 || list.length > 100) return fault(40058)
      const customers = list.filter(id => names.has(id))
      return done({
        customer_list: customers.map(id => ({ external_userid: id, nickname: names.get(id), gender: 0 })),
        invalid_external_userid: list.filter(id => !names.has(id)),
      })
    },
    send: request => {
      const message = readText(request, { accounts, names, dice })
      if ('errcode' in message) return message
      const { msgId, openKfId, externalUserId } = message
      if (answered.has(msgId)) return done({ msgid: msgId })
      const window = windows.get(`${openKfId}/${externalUserId}`)
      if (!window || now() - window.since > WINDOW_MS) return fault(95002)
      if (window.count >= MESSAGES_PER_WINDOW) return fault(95001)
      window.count += 1
      deliver(message)
      return done({ msgid: msgId })
    },
  }
}

/** The text a request asks to send, or its refusal. */
function readText(request: Fields, known: { accounts: Set<string>; names: Map<string, string>; dice: Dice }) {
  const { touser, open_kfid: openKfId, msgid: msgId = known.dice.id(32), msgtype, text } = request
  const content = (text as Fields | null | undefined)?.['content']
  if (typeof openKfId !== 'string' || !known.accounts.has(openKfId)) return fault(95000)
  if (typeof touser !== 'string' || !known.names.has(touser)) return fault(40096)
  if (typeof msgId !== 'string' || !/^[0-9a-zA-Z_-]{1,32}$/.test(msgId)) return fault(40058)
  if (msgtype !== 'text') return fault(40008)
  if (typeof content !== 'string' || content === '') return fault(44004)
  if (Buffer.byteLength(content) > TEXT_MAX_BYTES) return fault(45002)
  return { msgId, openKfId, externalUserId: touser, text: content }
}

function isTextList(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every(entry => typeof entry === 'string')
}
