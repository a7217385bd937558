import type { Blueprint, EntityBlueprint, FieldBlueprint } from '#core/blueprint'
import type { FieldValues } from '#core/form'
import type { Type } from '#core/values'

/**
 * A pack as it shares a desk with others. `apart` names fields (`customer.等级`) of records that every desk has, which this pack
 * means otherwise than another: their values are kept under the pack's own name.
 */
export interface SharingPack {
  readonly blueprint: Blueprint
  readonly apart: readonly string[]
}

/** Every desk has customers and stores, whatever its packs; what two packs say of one may differ. */
export const everyDesks: readonly string[] = ['customer', 'store']

/** What a field that is kept apart is called on the desk. */
export const nameApart = (pack: string, field: string): string => `${pack}/${field}`

/** The fields of every desk's records that a pack has to keep apart beside these others; those it keeps so stay so. */
export function fieldsApart({ blueprint, apart }: SharingPack, others: readonly SharingPack[]): string[] {
  const more = everyDesks.flatMap(entity =>
    Object.keys(blueprint.entities[entity]?.fields ?? {}).flatMap(field => {
      const name = `${entity}.${field}`
      const differs = others.some(
        other => !other.apart.includes(name) && differsIn(blueprint, other.blueprint, { entity, field }),
      )
      return differs && !apart.includes(name) ? [name] : []
    }),
  )
  return [...apart, ...more]
}

/** Whether two packs mean two things by a field of one record. */
export function differsIn(
  one: Blueprint,
  other: Blueprint,
  { entity, field }: { entity: string; field: string },
): boolean {
  const [mine, theirs] = [one, other].map(({ entities }) => fieldOf(entities[entity], field))
  return mine !== undefined && theirs !== undefined && meaningOf(one, mine) !== meaningOf(other, theirs)
}

function fieldOf(entity: EntityBlueprint | undefined, field: string): FieldBlueprint | undefined {
  return entity && Object.hasOwn(entity.fields, field) ? entity.fields[field] : undefined
}

/** What is kept for a field, as text: its type with the values of enums; a computed field keeps nothing. */
function meaningOf(blueprint: Blueprint, { type, computed }: FieldBlueprint): string {
  return computed === undefined ? typeText(blueprint, type) : 'computed'
}

function typeText(blueprint: Blueprint, type: Type): string {
  if (type.kind === 'enum')
    return JSON.stringify([type, Object.keys(blueprint.enums[type.name]?.values ?? {})])
  if ('of' in type) return JSON.stringify([type.kind, typeText(blueprint, type.of)])
  return JSON.stringify(type)
}

/** A record as the desk keeps it, read by a pack: its own fields by its own names. */
export function asPackReads(
  { blueprint, apart }: SharingPack,
  entity: string,
  kept: FieldValues,
): FieldValues {
  const own = ownFields(apart, entity)
  if (own.length === 0) return kept
  const read = { ...kept }
  for (const field of own) {
    const value = kept[nameApart(blueprint.pack.name, field)]
    if (value === undefined) delete read[field]
    else read[field] = value
  }
  return read
}

/** What a pack says of a record, by the names the desk keeps it under. */
export function asDeskKeeps(
  { blueprint, apart }: SharingPack,
  entity: string,
  said: FieldValues,
): FieldValues {
  const own = ownFields(apart, entity)
  if (own.length === 0) return said
  return Object.fromEntries(
    Object.entries(said).map(([field, value]) => [
      own.includes(field) ? nameApart(blueprint.pack.name, field) : field,
      value,
    ]),
  )
}

function ownFields(apart: readonly string[], entity: string): string[] {
  return apart.flatMap(name => (name.startsWith(`${entity}.`) ? [name.slice(entity.length + 1)] : []))
}
