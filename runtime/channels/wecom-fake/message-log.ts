import { createHash } from 'node:crypto'
import { done, fault, type Answer, type Fields } from './answer.ts'
import type { Dice } from './dice.ts'
import type { Faults } from './faults.ts'
import { createRate } from './rate.ts'

/** How long sync_msg finds a message, in milliseconds. */
export const KEEP_MS = 3 * 24 * 3_600_000
/** How long a callback's token opens sync_msg, in milliseconds. */
export const MSG_TOKEN_MS = 600_000
/** How often an account is synced without a token per minute; WeCom says "strictly limited" and no number. */
export const SYNC_WITHOUT_TOKEN_PER_MINUTE = 60

const MAX_LIMIT = 1_000

/** The stream of messages and events that sync_msg pages through. */
export type MessageLog = {
  /** Stores one message; false when its msgid is known, which changes nothing. */
  readonly add: (message: LoggedMessage) => boolean
  /** A new token for the callback about an account. */
  readonly issueToken: (openKfId: string) => string
  /** Answers sync_msg. */
  readonly sync: (request: Fields) => Answer
}

/** A message as sync_msg shows it. */
export type LoggedMessage = Fields & { readonly msgid: string; readonly open_kfid: string }

/** An empty log; the key makes its cursors unforgeable. */
export function createMessageLog(parts: {
  readonly key: string
  readonly now: () => number
  readonly dice: Dice
  readonly faults: Faults
}): MessageLog {
  const { key, now, dice, faults } = parts
  const entries: { at: number; message: LoggedMessage }[] = []
  const known = new Set<string>()
  const tokens = new Map<string, { openKfId: string; at: number }>()
  const withoutToken = createRate(SYNC_WITHOUT_TOKEN_PER_MINUTE, 60_000)
  let pruned = 0

  const prune = () => {
    const first = entries.findIndex(entry => entry.at > now() - KEEP_MS)
    const gone = entries.splice(0, first < 0 ? entries.length : first)
    for (const { message } of gone) known.delete(message.msgid)
    pruned += gone.length
    // Why: tokens are kept in the order they were issued, so the first fresh one ends the search.
    for (const [token, { at }] of tokens) {
      if (at > now() - MSG_TOKEN_MS) break
      tokens.delete(token)
    }
  }

  const page = (openKfId: string, after: number, limit: number) => {
    const messages: LoggedMessage[] = []
    let last = Math.max(after, pruned)
    for (let index = last - pruned; index < entries.length; index++) {
      const message = entries[index]?.message
      const wanted = message && (openKfId === '' || message.open_kfid === openKfId)
      if (wanted && messages.length === limit) return { messages, last, more: 1 }
      if (wanted) messages.push(message)
      last = pruned + index + 1
    }
    return { messages, last, more: 0 }
  }

  return {
    add: message => {
      prune()
      if (known.has(message.msgid)) return false
      known.add(message.msgid)
      entries.push({ at: now(), message })
      return true
    },
    issueToken: openKfId => {
      const token = `ENC${dice.id(40)}`
      tokens.set(token, { openKfId, at: now() })
      return token
    },
    sync: request => {
      prune()
      const { cursor = '', token = '', open_kfid: openKfId = '', limit = MAX_LIMIT } = request
      if (typeof openKfId !== 'string' || typeof cursor !== 'string' || !isLimit(limit)) return fault(40058)
      const after = cursor === '' ? 0 : positionOf(key, openKfId, cursor)
      if (after === undefined) return fault(40058)
      if (token === '') {
        if (!withoutToken(openKfId, now())) return fault(45009)
      } else {
        const issued = typeof token === 'string' ? tokens.get(token) : undefined
        if (!issued || (openKfId !== '' && issued.openKfId !== openKfId)) return fault(95007)
      }
      const size = dice.chance(faults.shortPages) ? 1 + dice.below(limit) : limit
      const { messages, last, more } = page(openKfId, after, size)
      return done({ next_cursor: cursorAt(key, openKfId, last), has_more: more, msg_list: messages })
    },
  }
}

function isLimit(limit: unknown): limit is number {
  return Number.isInteger(limit) && (limit as number) >= 1 && (limit as number) <= MAX_LIMIT
}

function cursorAt(key: string, openKfId: string, position: number): string {
  const tag = createHash('sha256').update(`${key}/${openKfId}/${position}`).digest('base64url')
  return `${position.toString(36)}.${tag.slice(0, 16)}`
}

function positionOf(key: string, openKfId: string, cursor: string): number | undefined {
  const position = Number.parseInt(cursor, 36)
  return Number.isSafeInteger(position) && cursorAt(key, openKfId, position) === cursor ? position : undefined
}
