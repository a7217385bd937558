/** A place in the source: offsets in UTF-16 units, end exclusive. */
export interface Span {
  readonly start: number
  readonly end: number
}

export interface Name extends Span {
  readonly text: string
}

/** A label for people, beside the name that references use. */
export interface Label extends Span {
  readonly value: string
}

export type LiteralKind =
  'text' | 'int' | 'decimal' | 'percent' | 'money' | 'duration' | 'date' | 'time' | 'bool' | 'null'

export type BinaryOperator =
  | ('where' | 'or' | 'and' | '=' | '!=' | '<' | '<=' | '>' | '>=' | 'in' | 'has' | 'within')
  | ('..' | '..<' | '+' | '-' | '*' | '/' | 'of')

export type Expression =
  | ({ readonly kind: 'literal'; readonly literal: LiteralKind; readonly image: string } & Span)
  | ({ readonly kind: 'name'; readonly name: string } & Span)
  | ({ readonly kind: 'member'; readonly object: Expression; readonly name: Name } & Span)
  | ({ readonly kind: 'call'; readonly callee: Expression; readonly args: readonly Argument[] } & Span)
  | ({ readonly kind: 'unary'; readonly operator: 'not' | '-'; readonly operand: Expression } & Span)
  | ({
      readonly kind: 'binary'
      readonly operator: BinaryOperator
      readonly left: Expression
      readonly right: Expression
    } & Span)
  | ({
      readonly kind: 'if'
      readonly condition: Expression
      readonly then: Expression
      readonly else: Expression
    } & Span)
  | ({ readonly kind: 'list'; readonly items: readonly Expression[] } & Span)
  | ({ readonly kind: 'record'; readonly entries: readonly Entry[] } & Span)

export interface Argument extends Span {
  readonly name: Name | undefined
  readonly value: Expression
}

export interface Entry extends Span {
  readonly name: Name
  readonly value: Expression
}

/** `text`, `photo[1..6]`, `set(text)`, `date?`, `enum { 成功, 失败 }`. */
export interface TypeNode extends Span {
  readonly name: Name
  readonly args: readonly TypeNode[]
  readonly size: Expression | undefined
  readonly optional: boolean
  readonly values: readonly EnumValue[]
}

export interface EnumValue extends Span {
  readonly name: Name
  readonly label: Label | undefined
}

export interface Rounding extends Span {
  readonly mode: Name
  readonly step: Expression
}

interface DeclarationBase extends Span {
  readonly name: Name
  readonly label: Label | undefined
}

export interface PackNode extends DeclarationBase {
  readonly kind: 'pack'
  readonly version: number
  readonly locales: readonly Name[]
  readonly currency: Name | undefined
  readonly zone: Label | undefined
}

export interface EnumNode extends DeclarationBase {
  readonly kind: 'enum'
  readonly ordered: boolean
  readonly values: readonly EnumValue[]
}

/** `use region china`, `use channel wecom, sms`. */
export interface UseNode extends DeclarationBase {
  readonly kind: 'use'
  readonly what: Name
  readonly names: readonly Name[]
}

export interface SettingNode extends DeclarationBase {
  readonly kind: 'setting'
  readonly type: TypeNode
  readonly bounds: Expression | undefined
  readonly default: Expression | undefined
  readonly help: Label | undefined
}

/** `role 客服, 主管 extends 客服`, and in the same shape team, skill and party. */
export interface NamesNode extends DeclarationBase {
  readonly kind: 'role' | 'team' | 'skill' | 'party'
  readonly names: readonly NamedItem[]
}

export interface NamedItem extends Span {
  readonly name: Name
  readonly label: Label | undefined
  readonly extends: Name | undefined
}

export interface TableNode extends DeclarationBase {
  readonly kind: 'table'
  readonly open: boolean
  readonly partial: boolean
  readonly policy: Name | undefined
  readonly grid: GridNode
  readonly computed: readonly ComputedNode[]
}

export interface ComputedNode extends Span {
  readonly name: Name
  readonly type: TypeNode | undefined
  readonly value: Expression
  readonly rounding: Rounding | undefined
}

export interface GridNode extends Span {
  readonly inputs: readonly Column[]
  readonly outputs: readonly Column[]
  readonly rows: readonly Row[]
}

export interface Column extends Span {
  /** The subject of the column as written, such as `订单.客户.等级`. */
  readonly subject: Expression
  readonly type: TypeNode | undefined
}

export interface Row extends Span {
  readonly isElse: boolean
  readonly inputs: readonly Cell[]
  readonly outputs: readonly Cell[]
}

/** One cell; no items means `-`, which says nothing. */
export interface Cell extends Span {
  readonly negated: boolean
  readonly items: readonly CellItem[]
}

export interface CellItem extends Span {
  readonly operator: '=' | '!=' | '<' | '<=' | '>' | '>='
  readonly value: Expression
}

export interface TableTestNode extends DeclarationBase {
  readonly kind: 'test'
  readonly grid: GridNode
}

/** A declaration of the language that this version reads by shape only. */
export interface OtherNode extends DeclarationBase {
  readonly kind: 'other'
  readonly word: Name
}

export type Declaration =
  (PackNode | EnumNode | UseNode | SettingNode | NamesNode | TableNode | TableTestNode) | OtherNode

export type DeclarationKind = Declaration['kind']
