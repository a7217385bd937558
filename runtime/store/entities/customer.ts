import { defineEntity, p } from '@mikro-orm/core'

/** A customer; `externalId` is WeCom's, unique within the desk. */
export const Customer = defineEntity({
  name: 'Customer',
  tableName: 'customer',
  properties: {
    tenant: p.text().primary(),
    id: p.text().primary(),
    externalId: p.text().nullable(),
    name: p.text(),
    data: p.json<unknown>().default('{}'),
    stamps: p.json<unknown>().default('{}'),
    updatedAt: p.bigint('number'),
  },
})

/** A row of a declared entity (an order, a product) under its key. */
export const RecordRow = defineEntity({
  name: 'RecordRow',
  tableName: 'record',
  properties: {
    tenant: p.text().primary(),
    entity: p.text().primary(),
    key: p.text().primary(),
    data: p.json<unknown>(),
    stamps: p.json<unknown>().default('{}'),
    updatedAt: p.bigint('number'),
  },
})
