import { defineEntity, p } from '@mikro-orm/core'

/** An immutable, content-addressed release of a pack; seen by all tenants. */
export const PackRelease = defineEntity({
  name: 'PackRelease',
  tableName: 'pack_release',
  properties: {
    hash: p.text().primary(),
    name: p.text(),
    version: p.integer(),
    files: p.json<unknown>(),
    manifest: p.json<unknown>(),
    createdAt: p.bigint('number'),
  },
})

/** An immutable compiled desk with the text it came from. */
export const BlueprintRow = defineEntity({
  name: 'BlueprintRow',
  tableName: 'blueprint',
  properties: {
    hash: p.text().primary(),
    json: p.json<unknown>(),
    source: p.json<unknown>(),
    createdAt: p.bigint('number'),
  },
})

/** A key whose signature on a release is trusted. */
export const TrustedKey = defineEntity({
  name: 'TrustedKey',
  tableName: 'trusted_key',
  properties: { id: p.text().primary(), publicKey: p.text(), name: p.text() },
})

/** Which desks exist; seen by the owner alone, to resolve a login. */
export const TenantIndex = defineEntity({
  name: 'TenantIndex',
  tableName: 'tenant_index',
  properties: { tenant: p.text().primary(), name: p.text() },
})
