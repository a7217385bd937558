import type { Blueprint } from '#core/blueprint'
import { decodeValue, findRegion, isDate, parseDecimal, type JsonValue, type Type } from '#core/values'
import type { Draw } from '#core/wire'
import { settled, written } from './draw.ts'

/** What of a draw a type does not take, each as the path to it. */
export function misfits(blueprint: Blueprint, type: Type, draw: Draw): string[] {
  if ('always' in draw)
    return fits(blueprint, type, settled(type, draw.always as JsonValue)) ? [] : ['always']
  if ('pick' in draw)
    return Object.keys(draw.pick).flatMap(name =>
      fits(blueprint, type, written(type, name)) ? [] : [`pick/${name}`],
    )
  if ('between' in draw) return draw.between.every(bound => isBound(type, bound)) ? [] : ['between']
  if (type.kind !== 'list') return ['rows']
  const item = type.of.kind === 'ref' ? blueprint.entities[type.of.name]?.fields : undefined
  return [
    ...misfits(blueprint, { kind: 'int' }, draw.rows.count).map(path => `rows/count/${path}`),
    ...Object.entries(draw.rows.fields).flatMap(([name, each]) => {
      const field = item?.[name]
      const paths = field ? misfits(blueprint, field.type, each) : ['']
      return paths.map(path => `rows/fields/${name}${path && `/${path}`}`)
    }),
  ]
}

function fits(blueprint: Blueprint, type: Type, value: JsonValue): boolean {
  if (decodeValue(value, type) === undefined) return false
  if (type.kind === 'enum')
    return (
      blueprint.enums[type.name] === undefined ||
      Object.hasOwn(blueprint.enums[type.name]!.values, String(value))
    )
  if (type.kind === 'region') return findRegion(String(value)) !== undefined
  const library = type.kind === 'ref' && typeof value === 'string' ? blueprint.library[type.name] : undefined
  return library === undefined || Object.hasOwn(library, value as string)
}

function isBound({ kind }: Type, bound: string | number): boolean {
  if (kind === 'date') return isDate(String(bound))
  if (kind === 'int') return Number.isSafeInteger(Number(bound))
  return ['decimal', 'money', 'percent'].includes(kind) && parseDecimal(String(bound)) !== undefined
}
