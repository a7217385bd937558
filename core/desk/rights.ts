import type { Blueprint, Right } from '#core/blueprint'
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
