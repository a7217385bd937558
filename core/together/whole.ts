import type { Blueprint, EntityBlueprint, FieldBlueprint } from '#core/blueprint'
import type { Type } from '#core/values'
import { nameApart, type SharingPack } from './apart.ts'

/**
 * Everything that the packs of a desk name, as one: records with the fields of all, roles, teams, tickets, sources. Of what two
 * packs name alike the first one's counts, save enums of other values and fields that are kept apart, which are called by their
 * pack as well. For lists and pages: what a ticket, a limit or a journey means is its own pack's business.
 */
export function wholeOf(packs: readonly SharingPack[]): Blueprint {
  const [first, ...others] = packs
  if (!first) throw new RangeError('no packs')
  if (others.length === 0 && first.apart.length === 0) return first.blueprint
  const shown: Blueprint[] = []
  for (const pack of packs) shown.push(asShown(pack, shown))
  return { ...merged(shown), pack: first.blueprint.pack, formatVersion: 1, open: [] }
}

/** A pack's blueprint with its own names for what is its own. */
function asShown({ blueprint, apart }: SharingPack, before: readonly Blueprint[]): Blueprint {
  const { name, label } = blueprint.pack
  const others = before.filter(each => each.pack.name !== name)
  const enums = new Map(
    Object.entries(blueprint.enums).flatMap(([known, { values }]) => {
      const isOther = others.some(
        each =>
          Object.hasOwn(each.enums, known) &&
          Object.keys(each.enums[known]!.values).join('\n') !== Object.keys(values).join('\n'),
      )
      return isOther ? [[known, nameApart(name, known)] as const] : []
    }),
  )
  const entities = Object.entries(blueprint.entities).map(([entity, declared]) => {
    const fields = Object.entries(declared.fields).map(([field, { type, ...rest }]) => {
      const shown = { ...rest, type: named(type, enums) } as FieldBlueprint
      return apart.includes(`${entity}.${field}`)
        ? [nameApart(name, field), { ...shown, label: `${shown.label}（${label}）` }]
        : [field, shown]
    })
    return [entity, { ...declared, fields: Object.fromEntries(fields) as EntityBlueprint['fields'] }]
  })
  const renamed = Object.entries(blueprint.enums).map(([known, each]) => [enums.get(known) ?? known, each])
  return {
    ...blueprint,
    entities: Object.fromEntries(entities) as Blueprint['entities'],
    enums: Object.fromEntries(renamed) as Blueprint['enums'],
  }
}

function named(type: Type, enums: ReadonlyMap<string, string>): Type {
  if (type.kind === 'enum') return { ...type, name: enums.get(type.name) ?? type.name }
  if (type.kind === 'map') return { ...type, by: named(type.by, enums), of: named(type.of, enums) }
  return 'of' in type ? { ...type, of: named(type.of, enums) } : type
}

type Section = Exclude<keyof Blueprint, 'pack' | 'formatVersion' | 'open'>

function merged(packs: readonly Blueprint[]): Pick<Blueprint, Section> {
  const sections = Object.keys(packs[0]!).filter(
    (name): name is Section => !['pack', 'formatVersion', 'open'].includes(name),
  )
  const all = sections.map(section => [section, firstOfEach(packs.map(pack => pack[section]))])
  const { entities, library, labels, ...rest } = Object.fromEntries(all) as Pick<Blueprint, Section>
  return {
    ...rest,
    entities: Object.fromEntries(
      Object.keys(entities).map(name => [
        name,
        sharedEntity(packs.flatMap(({ entities }) => entities[name] ?? [])),
      ]),
    ),
    actions: askingForAll(packs.map(pack => pack.actions)),
    library: byName(packs.map(pack => pack.library)),
    labels: byName(packs.map(pack => pack.labels)),
  }
}

/** Two versions of one pack may ask for other secrets: each has to have a value. */
function askingForAll(all: readonly Blueprint['actions'][]): Blueprint['actions'] {
  const secrets = (name: string) => new Set(all.flatMap(each => each[name]?.secrets ?? []))
  return Object.fromEntries(
    Object.entries(firstOfEach(all)).map(([name, action]) => [
      name,
      { ...action, secrets: [...secrets(name)] },
    ]),
  )
}

function sharedEntity(declared: readonly EntityBlueprint[]): EntityBlueprint {
  return {
    ...declared[0]!,
    fields: firstOfEach(declared.map(({ fields }) => fields)),
    events: [...new Set(declared.flatMap(({ events }) => events))],
  }
}

/** Names of both levels together. */
function byName<Item>(
  all: readonly Readonly<Record<string, Readonly<Record<string, Item>>>>[],
): Record<string, Record<string, Item>> {
  const names = [...new Set(all.flatMap(each => Object.keys(each)))]
  return Object.fromEntries(names.map(name => [name, firstOfEach(all.map(each => each[name] ?? {}))]))
}

/** All names in the order they come, each with what the first says of it. */
function firstOfEach<Item extends object>(all: readonly Item[]): Item {
  const found = new Map<string, unknown>()
  for (const each of all)
    for (const [name, said] of Object.entries(each)) if (!found.has(name)) found.set(name, said)
  return Object.fromEntries(found) as Item
}
