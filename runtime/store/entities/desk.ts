import { defineEntity, p } from '@mikro-orm/core'

/** A tenant's desk; business time is real time plus `clockOffsetMs`. */
export const Desk = defineEntity({
  name: 'Desk',
  tableName: 'desk',
  properties: {
    tenant: p.text().primary(),
    name: p.text(),
    clockOffsetMs: p.bigint('number').default(0),
    demo: p.boolean().default(false),
    chatTicket: p.text().nullable(),
    createdAt: p.bigint('number'),
  },
})

/** The full text of one pack as this desk holds it, and the release it came from. */
export const DeskSource = defineEntity({
  name: 'DeskSource',
  tableName: 'desk_source',
  properties: {
    tenant: p.text().primary(),
    pack: p.text().primary(),
    baseRelease: p.text().nullable(),
    files: p.json<Readonly<Record<string, string>>>(),
    revision: p.integer(),
  },
})

/** One publication of a pack: from `at` on its new tickets follow this blueprint, those of the named stores alone where some are. */
export const DeskVersion = defineEntity({
  name: 'DeskVersion',
  tableName: 'desk_version',
  properties: {
    tenant: p.text().primary(),
    seq: p.integer().primary(),
    pack: p.text(),
    blueprintHash: p.text(),
    stores: p.array().nullable(),
    byStaff: p.text().nullable(),
    at: p.bigint('number'),
  },
})

/** An installed release: what was consented to, and which outward acts are switched on. */
export const DeskInstall = defineEntity({
  name: 'DeskInstall',
  tableName: 'desk_install',
  properties: {
    tenant: p.text().primary(),
    pack: p.text().primary(),
    releaseHash: p.text(),
    state: p.text(),
    consent: p.json<unknown>().default('{}'),
    settings: p.json<unknown>().default('{}'),
    roles: p.json<unknown>().default('{}'),
    departments: p.json<unknown>().default('{}'),
    outward: p.json<unknown>().default('{}'),
    apart: p.array().default([]),
    updatedAt: p.bigint('number'),
  },
})
