import type { AccessBlueprint, Blueprint, Right } from '#core/blueprint'
import type { FieldValues } from '#core/form'
import type { Actor } from './state.ts'

/** What somebody is to the desk: a customer, or staff with roles. */
export type Person =
  { readonly kind: 'customer' } | { readonly kind: 'staff'; readonly roles: readonly string[] }

/** A person's roles with those they extend. */
export function effectiveRoles(
  { roles: declared }: Blueprint,
  roles: readonly string[],
): ReadonlySet<string> {
  let known = extended.get(declared)
  if (!known) extended.set(declared, (known = new Map()))
  const key = roles.join('\n')
  let all = known.get(key)
  if (!all) {
    if (known.size >= MAX_KNOWN) known.clear()
    known.set(key, (all = withBases(declared, roles)))
  }
  return all
}

/** By the roles of a blueprint: what somebody's own roles, one a line, come to. */
const extended = new WeakMap<Blueprint['roles'], Map<string, ReadonlySet<string>>>()
/** Sets of roles kept for a blueprint; more than a desk has, so that none costs room for ever. */
const MAX_KNOWN = 1000

function withBases(declared: Blueprint['roles'], roles: readonly string[]): ReadonlySet<string> {
  const all = new Set(roles)
  for (const role of all) {
    const base = declared[role]?.extends
    if (base) all.add(base)
  }
  return all
}

/**
 * What a person may do with a field of a form. A form without an `access` block is open to staff for writing and to
 * customers for what they entered. The blueprint is the desk's newest: rights are never those of an old version.
 */
export function rightOn(
  newest: Blueprint,
  person: Person,
  { form, field }: { form: string; field: string },
): Right | null {
  const access = newest.access[form]
  if (!access) return 'write'
  const roles = person.kind === 'customer' ? CUSTOMER : effectiveRoles(newest, person.roles)
  let right: Right | null = null
  for (const role of roles) {
    const granted = access[role]?.[field]
    if (granted === 'write') return granted
    right = granted ?? right
  }
  return right
}

const CUSTOMER = ['customer'] as const

/**
 * The newest version as it judges what is under another: of a form or field that it has not, that other's access holds. Else
 * nobody could fill what their own version asks for, or everybody a form that is gone.
 */
export function judging(newest: Blueprint, own: Blueprint): Blueprint {
  if (newest === own) return newest
  let known = judges.get(newest)
  if (!known) judges.set(newest, (known = new WeakMap()))
  let judge = known.get(own)
  if (!judge) known.set(own, (judge = withLostFields(newest, own)))
  return judge
}

/** By the newest, then by the version it judges. */
const judges = new WeakMap<Blueprint, WeakMap<Blueprint, Blueprint>>()

function withLostFields(newest: Blueprint, own: Blueprint): Blueprint {
  const access = { ...newest.access }
  for (const [form, { fields }] of Object.entries(own.forms)) {
    const kept = newest.forms[form]?.fields
    const before = own.access[form]
    if (!kept) {
      if (before) access[form] = before
      continue
    }
    const lost = Object.keys(fields).filter(field => !Object.hasOwn(kept, field))
    const now = newest.access[form]
    if (now && lost.length > 0) access[form] = withAccess(now, before ?? openTo(newest, lost), lost)
  }
  return { ...newest, access }
}

function withAccess(
  now: AccessBlueprint,
  before: AccessBlueprint,
  fields: readonly string[],
): AccessBlueprint {
  const roles = [...new Set([...Object.keys(now), ...Object.keys(before)])]
  const granted = (role: string) => fields.filter(field => before[role]?.[field] !== undefined)
  return Object.fromEntries(
    roles.map(role => [
      role,
      { ...now[role], ...Object.fromEntries(granted(role).map(field => [field, before[role]![field]!])) },
    ]),
  )
}

/** A form without an access block is open to all. */
function openTo({ roles }: Blueprint, fields: readonly string[]): AccessBlueprint {
  const open = Object.fromEntries(fields.map(field => [field, 'write' as const]))
  return Object.fromEntries([...Object.keys(roles), ...CUSTOMER].map(role => [role, open]))
}

/** The fields a person may see. */
export function readable(
  newest: Blueprint,
  person: Person,
  filled: { form: string; fields: FieldValues },
): FieldValues {
  return Object.fromEntries(
    Object.entries(filled.fields).filter(
      ([field]) => rightOn(newest, person, { form: filled.form, field }) !== null,
    ),
  )
}

/** The entered fields that a person may not write. */
export function forbiddenFields(
  newest: Blueprint,
  person: Person,
  { form, fields }: { form: string; fields: FieldValues },
): string[] {
  return Object.keys(fields).filter(field => rightOn(newest, person, { form, field }) !== 'write')
}

export function personOf(actor: Actor, roles: readonly string[]): Person {
  return actor.kind === 'customer' ? { kind: 'customer' } : { kind: 'staff', roles }
}
