/** A message or event of a customer service account, as sync_msg gives it. */
export type KfMessage = {
  readonly msgId: string
  readonly openKfId: string
  /** Empty for an event about no customer. */
  readonly externalUserId: string
  /** Seconds since the epoch. */
  readonly sendTime: number
  /** 3 the customer, 4 an event of the system, 5 staff. */
  readonly origin: number
  /** `text`, `image`, `event`, … */
  readonly msgType: string
  /** Present for `text`. */
  readonly text?: string
  /** Present for `event`. */
  readonly event?: KfEvent
}

/** An event inside the message stream; which fields are present depends on its type. */
export type KfEvent = {
  /** `enter_session`, `msg_send_fail`, `session_status_change`, `user_recall_msg`, … */
  readonly type: string
  /** Of `enter_session`: where the customer came from. */
  readonly scene?: string
  /** Of `enter_session`: answers once, within 20 seconds. */
  readonly welcomeCode?: string
  /** Of `msg_send_fail`: the message that did not arrive. */
  readonly failMsgId?: string
  /** Of `msg_send_fail`: 4 over 48 hours, 6 over five messages, 10 the customer refuses. */
  readonly failType?: number
  /** Of `user_recall_msg`: the message taken back. */
  readonly recallMsgId?: string
}

/** Reads one entry of `msg_list`, or undefined when it lacks what every message has. */
export function readMessage(entry: unknown): KfMessage | undefined {
  const fields = asRecord(entry)
  const event = asRecord(fields?.['event'])
  const msgId = asText(fields?.['msgid'])
  const msgType = asText(fields?.['msgtype'])
  // Why: an event may name the account and the customer only inside itself.
  const openKfId = asText(fields?.['open_kfid']) ?? asText(event?.['open_kfid'])
  const externalUserId = asText(fields?.['external_userid']) ?? asText(event?.['external_userid'])
  const sendTime = asNumber(fields?.['send_time'])
  const origin = asNumber(fields?.['origin'])
  if (!msgId || !msgType || !openKfId || sendTime === undefined || origin === undefined) return undefined
  const text = asText(asRecord(fields?.['text'])?.['content'])
  if (msgType === 'text' && (text === undefined || !externalUserId)) return undefined
  return {
    ...{ msgId, openKfId, externalUserId: externalUserId ?? '', sendTime, origin, msgType },
    ...(msgType === 'text' && text !== undefined && { text }),
    ...(msgType === 'event' && event && { event: readEvent(event) }),
  }
}

/** The value as an object with unknown fields, or undefined. */
export function asRecord(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined
}

/** The value as text, or undefined. */
export function asText(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined
}

/** The value as a whole number, or undefined. */
export function asNumber(value: unknown): number | undefined {
  return Number.isSafeInteger(value) ? (value as number) : undefined
}

function readEvent(fields: Readonly<Record<string, unknown>>): KfEvent {
  const optional = {
    scene: asText(fields['scene']),
    welcomeCode: asText(fields['welcome_code']),
    failMsgId: asText(fields['fail_msgid']),
    failType: asNumber(fields['fail_type']),
    recallMsgId: asText(fields['recall_msgid']),
  }
  const present = Object.entries(optional).filter(([, value]) => value !== undefined)
  return { type: asText(fields['event_type']) ?? '', ...Object.fromEntries(present) }
}
