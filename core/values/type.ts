/** The static type of a field, a column or an expression. Enums and regions are compared by their declaration's order or tree. */
export type Type =
  | { readonly kind: ScalarKind }
  | { readonly kind: 'enum'; readonly name: string }
  /** A record of an entity, by its key. */
  | { readonly kind: 'ref'; readonly name: string }
  /** What looking a table up yields: its outputs and computed names. */
  | { readonly kind: 'answer'; readonly name: string }
  /** A ticket of a kind: its form’s fields, and whether it ended so or so. */
  | { readonly kind: 'ticket'; readonly name: string }
  /** The fields of a ticket, by the name of its form. */
  | { readonly kind: 'form'; readonly name: string }
  | { readonly kind: 'list' | 'set' | 'range'; readonly of: Type }
  /** One value per key, such as a stock per warehouse. */
  | { readonly kind: 'map'; readonly by: Type; readonly of: Type }

export type ScalarKind =
  | (
      | 'text'
      | 'int'
      | 'decimal'
      | 'bool'
      | 'percent'
      | 'money'
      | 'date'
      | 'time'
      | 'datetime'
      | 'duration'
      | 'region'
    )
  | ('photo' | 'file' | 'signature' | 'scan' | 'location')
  | 'null'

export const scalarKinds: ReadonlySet<string> = new Set<ScalarKind>([
  ...([
    'text',
    'int',
    'decimal',
    'bool',
    'percent',
    'money',
    'date',
    'time',
    'datetime',
    'duration',
  ] as const),
  ...(['region', 'photo', 'file', 'signature', 'scan', 'location'] as const),
])

export function sameType(a: Type, b: Type): boolean {
  if (a.kind !== b.kind) return false
  if ('name' in a && 'name' in b) return a.name === b.name
  if (a.kind === 'map' && b.kind === 'map') return sameType(a.by, b.by) && sameType(a.of, b.of)
  return 'of' in a && 'of' in b ? sameType(a.of, b.of) : true
}

/** A type as people write it: `money`, `等级`, `list(text)`. */
export function printType(type: Type): string {
  if ('name' in type) return type.name
  if (type.kind === 'map') return `map(${printType(type.by)}, ${printType(type.of)})`
  return 'of' in type ? `${type.kind}(${printType(type.of)})` : type.kind
}
