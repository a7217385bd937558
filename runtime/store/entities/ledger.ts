import { defineEntity, p } from '@mikro-orm/core'

/** The answer given under an idempotency key; without a status the request is still under way. */
export const Idempotency = defineEntity({
  name: 'Idempotency',
  tableName: 'idempotency',
  properties: {
    tenant: p.text().primary(),
    key: p.text().primary(),
    requestHash: p.text(),
    status: p.integer().nullable(),
    response: p.json<unknown>().nullable(),
    at: p.bigint('number'),
  },
})

/** Who did what; never changed or removed. */
export const Audit = defineEntity({
  name: 'Audit',
  tableName: 'audit',
  properties: {
    tenant: p.text().primary(),
    seq: p.bigint('number').primary(),
    at: p.bigint('number'),
    actor: p.text(),
    action: p.text(),
    target: p.text(),
    data: p.json<unknown>().default('{}'),
    prev: p.text().default(''),
    hash: p.text().default(''),
  },
})

/** A number that only grows, such as the last ticket number. */
export const Counter = defineEntity({
  name: 'Counter',
  tableName: 'counter',
  properties: { tenant: p.text().primary(), name: p.text().primary(), value: p.bigint('number') },
})
