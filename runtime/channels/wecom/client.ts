import { createCall, type Answer, type Call, type WecomClientOptions } from './call.ts'
import { corpCalls, type CorpCalls } from './corp.ts'
import { UNREADABLE, WecomError } from './error.ts'
import { asNumber, asRecord, asText, readMessage, type KfMessage } from './message.ts'

/** The most messages one syncMessages asks for. */
export const SYNC_MAX_LIMIT = 1_000
/** The most customers one batchget answers; longer lists are asked for in batches. */
export const CUSTOMERS_PER_CALL = 100
/** The most members one application message goes to; longer lists are sent in batches. */
export const MEMBERS_PER_CALL = 1_000
/** The longest text of one message, in UTF-8 bytes; WeCom refuses (customers) or cuts (members) what is longer. */
export const TEXT_MAX_BYTES = 2_048

/** The WeCom API as far as the product uses it; every method throws WecomError and nothing else. */
export type WecomClient = CorpCalls & {
  /** One page of an account's messages after `cursor` (empty: the last three days); `unreadable` counts entries left out. */
  readonly syncMessages: (request: {
    readonly cursor: string
    /** The callback's token, ten minutes good; without it WeCom limits the rate strictly. */
    readonly token?: string
    readonly openKfId: string
    readonly limit?: number
  }) => Promise<SyncPage>
  /** Sends a text to a customer; `msgId` (≤ 32 of [0-9a-zA-Z_-]) makes repeating harmless; yields the id in force. */
  readonly sendKfText: (message: {
    readonly externalUserId: string
    readonly openKfId: string
    readonly text: string
    readonly msgId: string
  }) => Promise<{ readonly msgId: string }>
  /** Sends an application text to members; with `onceWithinS` (≤ 14,400 s) WeCom drops an equal text to the same members. */
  readonly sendAppText: (message: {
    readonly toUsers: readonly string[]
    readonly text: string
    readonly onceWithinS?: number
  }) => Promise<{ readonly invalidUsers: readonly string[] }>
  /** Makes a mass-send task that a member must confirm; `refused` lists customers no member has as a contact. Repeating makes another. */
  readonly createMassSend: (message: {
    readonly externalUserIds: readonly string[]
    readonly text: string
    /** The member who is to confirm; without it WeCom takes each customer's own. */
    readonly sender?: string
  }) => Promise<{ readonly task: string; readonly refused: readonly string[] }>
  /** What became of a task so far, per customer. */
  readonly massSendResults: (task: string) => Promise<readonly MassSendResult[]>
  /** Withdraws a task for members who have not confirmed it. */
  readonly cancelMassSend: (task: string) => Promise<void>
  /** How far WeCom’s clock was ahead of ours at its last answer; undefined when it said no time. */
  readonly clockSkewMs: () => number | undefined
  /** The names of customers, in any order; unknown ones are left out. */
  readonly customers: (externalUserIds: readonly string[]) => Promise<readonly KfCustomer[]>
}

/** 0 not confirmed yet, 1 sent, 2 no longer a contact, 3 the customer has had WeCom's number of mass sends. */
export type MassSendResult = {
  readonly externalUserId: string
  readonly status: 0 | 1 | 2 | 3
  readonly sender: string
  /** Epoch milliseconds, to the second; absent until something was sent. */
  readonly sentAt?: number
}

/** A page of messages, oldest first; `nextCursor` is to be kept with them in one transaction. */
export type SyncPage = {
  readonly messages: KfMessage[]
  readonly nextCursor: string
  readonly hasMore: boolean
  readonly unreadable: number
}

/** A customer as WeCom knows them; unionId only where a developer account is bound. */
export type KfCustomer = {
  readonly externalUserId: string
  readonly nickname: string
  readonly avatar?: string
  readonly unionId?: string
}

/** A client of one corp's application. */
export function createWecomClient(options: WecomClientOptions): WecomClient {
  let skewMs: number | undefined
  const call = createCall({ ...options, onSkew: ms => (skewMs = ms) })
  return {
    syncMessages: async ({ cursor, token, openKfId, limit = SYNC_MAX_LIMIT }) =>
      readPage(
        await call('/cgi-bin/kf/sync_msg', {
          ...(cursor !== '' && { cursor }),
          ...(token !== undefined && token !== '' && { token }),
          ...{ open_kfid: openKfId, limit },
        }),
      ),
    sendKfText: async ({ externalUserId, openKfId, text, msgId }) => {
      const content = { msgtype: 'text', text: { content: text } }
      const body = { touser: externalUserId, open_kfid: openKfId, msgid: msgId, ...content }
      return { msgId: asText((await call('/cgi-bin/kf/send_msg', body))['msgid']) ?? msgId }
    },
    sendAppText: async ({ toUsers, text, onceWithinS }) => {
      const once = { enable_duplicate_check: 1, duplicate_check_interval: onceWithinS }
      const content = { msgtype: 'text', agentid: options.agentId, text: { content: text } }
      const invalidUsers: string[] = []
      for (const batch of batches(toUsers, MEMBERS_PER_CALL)) {
        const body = { touser: batch.join('|'), ...content, ...(onceWithinS !== undefined && once) }
        const invalid = asText((await call('/cgi-bin/message/send', body))['invaliduser']) ?? ''
        invalidUsers.push(...invalid.split('|').filter(user => user !== ''))
      }
      return { invalidUsers }
    },
    clockSkewMs: () => skewMs,
    ...massSends(call),
    ...corpCalls(call, options.agentId),
    customers: async externalUserIds => {
      const found: KfCustomer[] = []
      for (const batch of batches([...new Set(externalUserIds)], CUSTOMERS_PER_CALL)) {
        const answer = await call('/cgi-bin/kf/customer/batchget', { external_userid_list: batch })
        found.push(...readCustomers(answer))
      }
      return found
    },
  }
}

/** How many results one page asks for, and how many pages at most. */
const RESULTS_PER_PAGE = 500
const MAX_RESULT_PAGES = 100

function massSends(call: Call): Pick<WecomClient, 'createMassSend' | 'massSendResults' | 'cancelMassSend'> {
  const path = (name: string) => `/cgi-bin/externalcontact/${name}`
  const pages = async (name: string, list: string, body: object): Promise<Answer[]> => {
    const found: Answer[] = []
    let cursor = ''
    for (let page = 0; page < MAX_RESULT_PAGES; page++) {
      const answer = await call(path(name), { ...body, limit: RESULTS_PER_PAGE, ...(cursor && { cursor }) })
      const entries = answer[list] ?? []
      if (!Array.isArray(entries)) throw new WecomError(UNREADABLE, `${name} gave no list`)
      for (const entry of entries) {
        const fields = asRecord(entry)
        if (fields) found.push(fields)
      }
      cursor = asText(answer['next_cursor']) ?? ''
      if (cursor === '') break
    }
    return found
  }
  return {
    createMassSend: async ({ externalUserIds, text, sender }) => {
      const about = { chat_type: 'single', external_userid: externalUserIds, ...(sender && { sender }) }
      const answer = await call(path('add_msg_template'), { ...about, text: { content: text } })
      const task = asText(answer['msgid'])
      const refused = answer['fail_list'] ?? []
      if (!task || !Array.isArray(refused)) throw new WecomError(UNREADABLE, 'add_msg_template gave no task')
      return { task, refused: refused.flatMap((id: unknown) => asText(id) ?? []) }
    },
    massSendResults: async task => {
      const members = await pages('get_groupmsg_task', 'task_list', { msgid: task })
      const results: MassSendResult[] = []
      for (const userid of members.flatMap(member => asText(member['userid']) ?? []))
        for (const entry of await pages('get_groupmsg_send_result', 'send_list', { msgid: task, userid })) {
          const externalUserId = asText(entry['external_userid'])
          const status = asNumber(entry['status'])
          const sendTime = asNumber(entry['send_time'])
          if (externalUserId && (status === 0 || status === 1 || status === 2 || status === 3))
            results.push({
              ...{ externalUserId, status, sender: userid },
              ...(sendTime !== undefined && { sentAt: sendTime * 1000 }),
            })
        }
      return results
    },
    cancelMassSend: async task => void (await call(path('cancel_groupmsg_send'), { msgid: task })),
  }
}

function readPage(answer: Answer): SyncPage {
  const { next_cursor: nextCursor, has_more: more, msg_list: list = [] } = answer
  if (typeof nextCursor !== 'string' || (more !== 0 && more !== 1) || !Array.isArray(list)) {
    throw new WecomError(UNREADABLE, 'sync_msg gave no page')
  }
  const messages = list.map(readMessage).filter(message => message !== undefined)
  return { messages, nextCursor, hasMore: more === 1, unreadable: list.length - messages.length }
}

function readCustomers(answer: Answer): KfCustomer[] {
  const list = answer['customer_list'] ?? []
  if (!Array.isArray(list)) throw new WecomError(UNREADABLE, 'batchget gave no customers')
  return list.flatMap((entry: unknown) => {
    const fields = asRecord(entry)
    const externalUserId = asText(fields?.['external_userid'])
    const avatar = asText(fields?.['avatar'])
    const unionId = asText(fields?.['unionid'])
    const nickname = asText(fields?.['nickname']) ?? ''
    return externalUserId
      ? [{ externalUserId, nickname, ...(avatar && { avatar }), ...(unionId && { unionId }) }]
      : []
  })
}

function batches<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(all.length / size)
  return Array.from({ length: count }, (_, index) => all.slice(index * size, (index + 1) * size))
}
