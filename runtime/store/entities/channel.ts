import { defineEntity, p } from '@mikro-orm/core'

/** A message received once, however often it was delivered. */
export const Inbox = defineEntity({
  name: 'Inbox',
  tableName: 'inbox',
  properties: {
    tenant: p.text().primary(),
    channel: p.text().primary(),
    messageId: p.text().primary(),
    account: p.text(),
    receivedAt: p.bigint('number'),
    data: p.json<unknown>(),
    ticketId: p.text().nullable(),
  },
})

/** An account messages are pulled from, and how far they were. */
export const ChannelAccount = defineEntity({
  name: 'ChannelAccount',
  tableName: 'channel_account',
  properties: {
    tenant: p.text().primary(),
    channel: p.text().primary(),
    account: p.text().primary(),
    config: p.json<unknown>().default('{}'),
    cursor: p.text().nullable(),
  },
})

/** A callback's nonce, seen at a real time. */
export const ChannelNonce = defineEntity({
  name: 'ChannelNonce',
  tableName: 'channel_nonce',
  properties: { tenant: p.text().primary(), nonce: p.text().primary(), at: p.bigint('number') },
})

/** A message to be sent, with what became of it. */
export const Outbox = defineEntity({
  name: 'Outbox',
  tableName: 'outbox',
  properties: {
    tenant: p.text().primary(),
    id: p.text().primary(),
    kind: p.text(),
    toKind: p.text(),
    toId: p.text(),
    ticketId: p.text().nullable(),
    body: p.json<unknown>(),
    state: p.text(),
    createdAt: p.bigint('number'),
    sentAt: p.bigint('number').nullable(),
    attempts: p.integer().default(0),
    reason: p.text().nullable(),
    pack: p.text().nullable(),
  },
})
