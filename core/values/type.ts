/** The static type of a field, a column or an expression. Enums and regions are compared by their declaration's order or tree. */
export type Type =
  | { readonly kind: ScalarKind }
  | { readonly kind: 'enum'; readonly name: string }
  | { readonly kind: 'list' | 'set' | 'range'; readonly of: Type }

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
  'region',
])

export function sameType(a: Type, b: Type): boolean {
  if (a.kind !== b.kind) return false
  if (a.kind === 'enum' && b.kind === 'enum') return a.name === b.name
  return 'of' in a && 'of' in b ? sameType(a.of, b.of) : true
}

/** A type as people write it: `money`, `等级`, `list(text)`. */
export function printType(type: Type): string {
  if (type.kind === 'enum') return type.name
  return 'of' in type ? `${type.kind}(${printType(type.of)})` : type.kind
}
