import { defineEntity, p } from '@mikro-orm/core'

/** A member of a desk; `login` is unique within it. */
export const Staff = defineEntity({
  name: 'Staff',
  tableName: 'staff',
  properties: {
    tenant: p.text().primary(),
    id: p.text().primary(),
    name: p.text(),
    login: p.text(),
    passwordHash: p.text().nullable(),
    roles: p.array().default([]),
    teams: p.array().default([]),
    skills: p.array().default([]),
    departments: p.array().default([]),
    weight: p.integer().default(1),
    onShift: p.boolean().default(true),
    store: p.text().nullable(),
    wecomUser: p.text().nullable(),
    active: p.boolean().default(true),
  },
})

/** A login; only the token's hash is kept, `expiresAt` is real time. */
export const Session = defineEntity({
  name: 'Session',
  tableName: 'session',
  properties: {
    tenant: p.text().primary(),
    tokenHash: p.text().primary(),
    staffId: p.text(),
    expiresAt: p.bigint('number'),
  },
})
