import type { JsonValue, RoundingMode, Type } from '#core/values'

/** The compiled form of a pack: one JSON document, byte-stable, complete without the text it came from. */
export interface Blueprint {
  readonly formatVersion: 1
  readonly pack: PackBlueprint
  readonly enums: Readonly<Record<string, EnumBlueprint>>
  readonly entities: Readonly<Record<string, EntityBlueprint>>
  readonly forms: Readonly<Record<string, FormBlueprint>>
  readonly tables: Readonly<Record<string, TableBlueprint>>
}

export interface PackBlueprint {
  readonly name: string
  readonly label: string
  readonly version: number
  readonly locales: readonly string[]
  readonly currency: string
  readonly zone: string
}

export interface EnumBlueprint {
  readonly label: string
  readonly ordered: boolean
  /** Value name to its label, in order. */
  readonly values: Readonly<Record<string, string>>
}

export type HitPolicy = 'unique' | 'first' | 'any'

export interface TableBlueprint {
  readonly label: string
  readonly policy: HitPolicy
  readonly partial: boolean
  readonly inputs: readonly ColumnBlueprint[]
  readonly outputs: readonly ColumnBlueprint[]
  readonly rows: readonly RowBlueprint[]
  readonly computed: readonly ComputedBlueprint[]
}

export interface ColumnBlueprint {
  readonly name: string
  readonly type: Type
}

export interface RowBlueprint {
  /** One test per input column; null says nothing about it. An `else` row has none and answers when no other does. */
  readonly when: readonly (CellTest | null)[] | 'else'
  readonly then: readonly JsonValue[]
}

export interface CellTest {
  readonly not: boolean
  readonly any: readonly CellRange[]
}

/** An interval of the column's order; a missing end is open. A single value has both ends equal and closed. */
export interface CellRange {
  readonly from?: JsonValue
  readonly fromOpen?: boolean
  readonly to?: JsonValue
  readonly toOpen?: boolean
}

export interface ComputedBlueprint {
  readonly name: string
  readonly type: Type
  readonly value: Code
  readonly rounding?: RoundingBlueprint
}

export interface RoundingBlueprint {
  readonly mode: RoundingMode
  /** Decimal text of the step, such as "0.01". */
  readonly step: string
}

export interface EntityBlueprint {
  readonly label: string
  readonly key: string | null
  readonly fields: Readonly<Record<string, FieldBlueprint>>
  readonly events: readonly string[]
}

export interface FormBlueprint {
  readonly label: string
  /** The entity the form is about, if any. */
  readonly subject: string | null
  readonly fields: Readonly<Record<string, FieldBlueprint>>
  readonly checks: readonly { readonly condition: Code; readonly message: string }[]
}

/** A missing clause says nothing: no bound, never required, always visible. */
export interface FieldBlueprint {
  readonly label: string
  readonly type: Type
  readonly optional: boolean
  readonly help?: string
  readonly required?: Code
  readonly visible?: Code
  readonly default?: Code
  readonly min?: Code
  readonly max?: Code
  readonly maxOpen?: boolean
  /** Characters of a text, pictures of a photo field. */
  readonly size?: { readonly min: number; readonly max: number }
  /** The ticket node at which the field is filled. */
  readonly at?: string
  /** The field is computed and read-only. */
  readonly computed?: Code
  readonly rounding?: RoundingBlueprint
}

/** A typed, bound expression: names are resolved, every operator knows the type it works on. */
export type Code =
  | { readonly op: 'const'; readonly type: Type; readonly value: JsonValue }
  | { readonly op: 'name'; readonly type: Type; readonly name: string }
  | { readonly op: 'member'; readonly type: Type; readonly of: Code; readonly name: string }
  | { readonly op: 'list'; readonly type: Type; readonly items: readonly Code[] }
  /** Looks a table up; one argument per input column, in the table's order. */
  | { readonly op: 'table'; readonly type: Type; readonly name: string; readonly args: readonly Code[] }
  | { readonly op: 'apply'; readonly type: Type; readonly fn: string; readonly args: readonly Code[] }
