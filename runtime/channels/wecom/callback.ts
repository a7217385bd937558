import { readDocument } from './document.ts'

/** What an opened callback says: new messages wait at an account, or another event (empty name when unreadable). */
export type Callback =
  | {
      readonly kind: 'kf_msg_or_event'
      readonly openKfId: string
      /** Goes into syncMessages; good for ten minutes. */
      readonly token: string
      /** Seconds since the epoch. */
      readonly createTime: number
    }
  | { readonly kind: 'other'; readonly event: string }

/** Reads the XML of an opened callback; never throws, what it does not know is `other`. */
export function readCallback(xml: string): Callback {
  const fields = readDocument(xml)
  const event = fields?.['Event'] ?? fields?.['InfoType'] ?? fields?.['MsgType'] ?? ''
  const openKfId = fields?.['OpenKfId'] ?? ''
  const token = fields?.['Token'] ?? ''
  const createTime = fields?.['CreateTime'] ?? ''
  if (event !== 'kf_msg_or_event' || openKfId === '' || token === '' || !/^\d{1,12}$/.test(createTime)) {
    return { kind: 'other', event }
  }
  return { kind: 'kf_msg_or_event', openKfId, token, createTime: Number(createTime) }
}
