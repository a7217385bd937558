import type { Blueprint, SourceMapping } from '#core/blueprint'
import type { JsonValue, Type } from '#core/values'

/** The `data` of a message that a mapping can read: every field it looks for, with a value of its type, for whoever sends the first one. */
export function sampleData(
  blueprint: Blueprint,
  { entity, fields }: SourceMapping,
): Readonly<Record<string, JsonValue>> {
  const data: Record<string, JsonValue> = {}
  for (const [name, from] of Object.entries(fields)) {
    const declared = blueprint.entities[entity]?.fields[name]
    if ('path' in from && declared) put(data, from.path, sampleOf(blueprint, declared.type))
  }
  return data
}

/** Why `sample`: what is not known to be otherwise is a text. */
function sampleOf(blueprint: Blueprint, type: Type): JsonValue {
  switch (type.kind) {
    case 'list':
    case 'set':
      return [sampleOf(blueprint, type.of)]
    case 'enum':
      return Object.keys(blueprint.enums[type.name]?.values ?? {})[0] ?? null
    default:
      return Object.hasOwn(samples, type.kind) ? samples[type.kind]! : 'sample'
  }
}

const samples: Readonly<Record<string, JsonValue>> = {
  ...{ money: '9.90', decimal: '1.5', percent: '0.5', int: 1, bool: true },
  ...{ date: '2026-03-02', datetime: '2026-03-02T09:00:00+08:00', time: '09:00', duration: '2h' },
  // What only people hand in, or what nobody can make up.
  ...{ photo: null, file: null, signature: null, scan: null, location: null, region: null, map: null },
}

function put(
  data: Record<string, JsonValue>,
  [name = '', ...rest]: readonly string[],
  value: JsonValue,
): void {
  if (rest.length === 0) {
    data[name] = value
    return
  }
  const below = data[name]
  const inside = typeof below === 'object' && below !== null && !Array.isArray(below) ? below : {}
  data[name] = inside
  put(inside as Record<string, JsonValue>, rest, value)
}
