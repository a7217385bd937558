import { defineEntity, p } from '@mikro-orm/core'

/** A ticket's snapshot: `state` as folded up to event `seq`, and the columns the queue filters on. */
export const Ticket = defineEntity({
  name: 'Ticket',
  tableName: 'ticket',
  properties: {
    tenant: p.text().primary(),
    id: p.text().primary(),
    number: p.integer(),
    kind: p.text(),
    blueprintHash: p.text(),
    customerId: p.text().nullable(),
    status: p.text(),
    outcome: p.text().nullable(),
    nodes: p.array().default([]),
    assignee: p.text().nullable(),
    team: p.text().nullable(),
    priority: p.text(),
    dueAt: p.bigint('number').nullable(),
    seq: p.integer(),
    state: p.json<unknown>(),
    openedAt: p.bigint('number'),
    updatedAt: p.bigint('number'),
  },
})

/** What happened to a ticket, numbered from 1 without gaps; never changed or removed. */
export const TicketEvent = defineEntity({
  name: 'TicketEvent',
  tableName: 'ticket_event',
  properties: {
    tenant: p.text().primary(),
    ticketId: p.text().primary(),
    seq: p.integer().primary(),
    at: p.bigint('number'),
    actor: p.json<unknown>(),
    kind: p.text(),
    data: p.json<unknown>(),
    trace: p.json<unknown>().nullable(),
  },
})

/** Something due at a business time; a fired timer whose generation is stale is ignored. */
export const Timer = defineEntity({
  name: 'Timer',
  tableName: 'timer',
  properties: {
    tenant: p.text().primary(),
    id: p.text().primary(),
    ticketId: p.text().nullable(),
    dueAt: p.bigint('number'),
    kind: p.text(),
    ref: p.json<unknown>(),
    generation: p.integer().default(0),
  },
})
