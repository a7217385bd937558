import type { RouteNode, TicketNode } from './tree-flow.ts'
import type {
  OverlayNode,
  PoolNode,
  PriceNode,
  QuoteNode,
  RatesNode,
  RebateNode,
  SettleNode,
} from './tree-money.ts'
import type {
  CampaignNode,
  LexiconNode,
  LimitNode,
  SegmentNode,
  SopNode,
  StageNode,
  TemplateNode,
} from './tree-reach.ts'
import type { AlertNode, BoardNode, ClassifyNode, MetricNode, SignalNode, SourceNode } from './tree-watch.ts'

export type * from './tree-flow.ts'
export type * from './tree-money.ts'
export type * from './tree-reach.ts'
export type * from './tree-watch.ts'

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
  | 'text'
  | 'int'
  | 'decimal'
  | 'percent'
  | 'money'
  | 'duration'
  | 'date'
  | 'time'
  | 'datetime'
  | 'bool'
  | 'null'

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

export interface DeclarationBase extends Span {
  readonly name: Name
  readonly label: Label | undefined
  /** Whether a desk may change it; what says neither may be changed too, but is not offered. */
  readonly point?: 'open' | 'closed' | undefined
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

/** `use region china`, `use channel wecom, sms`, `use pack retail.aftersale version 3 { 订单, 渠道 }`. */
export interface UseNode extends DeclarationBase {
  readonly kind: 'use'
  readonly what: Name
  /** What is used; of a pack, what is imported from it. */
  readonly names: readonly Name[]
  /** Only of a pack. */
  readonly version: number | undefined
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
  readonly kind: 'role' | 'team' | 'skill' | 'party' | 'pool' | 'mode'
  readonly names: readonly NamedItem[]
}

export interface NamedItem extends Span {
  readonly name: Name
  readonly label: Label | undefined
  readonly extends: Name | undefined
}

export interface TableNode extends DeclarationBase {
  readonly kind: 'table'
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
  /** `rows from "items.csv"`: further rows stand in a file of the pack. */
  readonly from?: Label | undefined
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

/** `hours 营业 { mon..fri 09:00..12:00, 13:30..18:00; except holiday(CN) }`. */
export interface HoursNode extends DeclarationBase {
  readonly kind: 'hours'
  readonly lines: readonly HoursLine[]
  readonly except: readonly Expression[]
}

export interface HoursLine extends Span {
  readonly fromDay: Name
  readonly toDay: Name | undefined
  readonly ranges: readonly Expression[]
}

/** `entity 订单 { 号: text key … }` and `extend customer { … }`. */
export interface EntityNode extends DeclarationBase {
  readonly kind: 'entity'
  readonly extends: boolean
  readonly fields: readonly FieldNode[]
  readonly events: readonly Name[]
}

export interface FormNode extends DeclarationBase {
  readonly kind: 'form'
  readonly subject: Name | undefined
  readonly fields: readonly FieldNode[]
  readonly checks: readonly FormCheck[]
}

export interface FormCheck extends Span {
  readonly condition: Expression
  readonly message: Label
}

export interface FieldNode extends Span {
  readonly name: Name
  readonly label: Label | undefined
  readonly type: TypeNode
  readonly isKey: boolean
  /** `=` makes the field computed and read-only. */
  readonly value: Expression | undefined
  readonly rounding: Rounding | undefined
  readonly clauses: readonly FieldClause[]
}

export type FieldClause =
  | ({ readonly kind: 'in' | 'default' | 'visible' | 'max'; readonly value: Expression } & Span)
  | ({ readonly kind: 'required'; readonly when: Expression | undefined } & Span)
  | ({ readonly kind: 'help'; readonly text: Label } & Span)
  | ({ readonly kind: 'at'; readonly node: Name } & Span)

/** Rows of fields against columns of roles; each cell `write`, `read` or `-`. */
export interface AccessNode extends DeclarationBase {
  readonly kind: 'access'
  readonly roles: readonly Name[]
  readonly rows: readonly AccessRow[]
}

export interface AccessRow extends Span {
  readonly fields: readonly Name[]
  readonly rights: readonly Name[]
}

/** `action erp.退款 { in …; out …; needs …; key …; timeout 10s; retry 3 backoff 2s..1m; undo … }`. */
export interface ActionNode extends DeclarationBase {
  readonly kind: 'action'
  readonly inputs: readonly ActionField[]
  readonly outputs: readonly ActionField[]
  readonly needs: readonly ActionNeed[]
  readonly key: Expression | undefined
  readonly timeout: Expression | undefined
  readonly retry: { readonly count: number; readonly backoff: Expression | undefined } | undefined
  readonly undo: Expression | undefined
}

export interface ActionField extends Span {
  readonly name: Name
  readonly type: TypeNode
}

/** `net "host"`, `secret NAME`, `read customer.id`. */
export interface ActionNeed extends Span {
  readonly kind: 'net' | 'secret' | 'read' | 'write' | 'send' | 'kv'
  /** A host, a secret’s name or a field’s path; empty where there is nothing to name. */
  readonly text: string
}

/** `library 服务项目 { 码: text key, … | 码 | … | }`: an entity whose rows come with the pack. */
export interface LibraryNode extends DeclarationBase {
  readonly kind: 'library'
  readonly fields: readonly FieldNode[]
  readonly columns: readonly Name[]
  readonly rows: readonly LibraryRow[]
  /** `rows from "parts.csv"`. */
  readonly from: Label | undefined
}

export interface LibraryRow extends Span {
  readonly values: readonly Expression[]
}

/** `test "主管超时只升级" { at …; given …; create …; do …; wait …; expect … }`: a story on a virtual clock. */
export interface ScenarioNode extends DeclarationBase {
  readonly kind: 'scenario'
  readonly steps: readonly ScenarioStep[]
}

export type ScenarioStep =
  | ({ readonly kind: 'at'; readonly date: string; readonly time: string } & Span)
  | ({ readonly kind: 'given'; readonly entity: Name; readonly record: Expression } & Span)
  | ({ readonly kind: 'given-signal'; readonly signal: Name; readonly record: Expression } & Span)
  | ({ readonly kind: 'given-setting'; readonly record: Expression } & Span)
  | ({ readonly kind: 'given-action'; readonly action: Name; readonly record: Expression } & Span)
  | ({
      readonly kind: 'create'
      readonly ticket: Name
      readonly record: Expression
      readonly as: Name | undefined
    } & Span)
  | ({
      readonly kind: 'do'
      readonly transition: Name
      readonly record: Expression | undefined
      readonly as: Name
    } & Span)
  | ({ readonly kind: 'wait'; readonly duration: Expression } & Span)
  /** `report 订单.下单`: what a connector would say of the record named last. */
  | ({ readonly kind: 'report'; readonly event: Name } & Span)
  | ({ readonly kind: 'expect'; readonly condition: Expression } & Span)

/** `property "从不为负" { for 等级, 金额: money in ¥0..¥9,999; when …; expect … }`: what holds for every value. */
export interface PropertyNode extends DeclarationBase {
  readonly kind: 'property'
  readonly variables: readonly VariableNode[]
  readonly when: Expression | undefined
  readonly expects: readonly Expression[]
}

export interface VariableNode extends Span {
  readonly name: Name
  readonly type: TypeNode | undefined
  readonly bounds: Expression | undefined
}

/** `labels en { 退款单 "Refund request" { 原因 "Reason" } }`: what people read instead of the names. */
export interface LabelsNode extends DeclarationBase {
  readonly kind: 'labels'
  readonly items: readonly LabelItem[]
}

export interface LabelItem extends Span {
  readonly name: Name
  readonly label: Label | undefined
  readonly items: readonly LabelItem[]
}

/** `migrate from 2 { node 退款.审核 -> 退款.复核; drain 退款.线下打款 }`: where what is in flight goes. */
export interface MigrateNode extends DeclarationBase {
  readonly kind: 'migrate'
  readonly from: number
  readonly moves: readonly MigrateMove[]
  /** Nodes of the old version whose tickets end as they began. */
  readonly drains: readonly Name[]
}

export interface MigrateMove extends Span {
  readonly what: 'node' | 'field' | 'value'
  readonly from: Name
  readonly to: Name
}

export type Declaration =
  | (PackNode | EnumNode | UseNode | SettingNode | NamesNode | TableNode | TableTestNode)
  | (HoursNode | EntityNode | FormNode | AccessNode | TicketNode | RouteNode)
  | (LibraryNode | PriceNode | SettleNode | ActionNode)
  | (ScenarioNode | PropertyNode | LabelsNode | MigrateNode)
  | (LexiconNode | SegmentNode | LimitNode | SopNode)
  | (OverlayNode | RebateNode | RatesNode | QuoteNode | PoolNode)
  | (TemplateNode | StageNode | CampaignNode)
  | (SignalNode | AlertNode | MetricNode | BoardNode | ClassifyNode | SourceNode)

export type DeclarationKind = Declaration['kind']
