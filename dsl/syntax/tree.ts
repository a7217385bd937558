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

export interface TicketNode extends DeclarationBase {
  readonly kind: 'ticket'
  readonly form: Name
  readonly entries: readonly Name[]
  readonly first: Name | undefined
  readonly clocks: readonly ClockNode[]
  readonly nodes: readonly StationNode[]
  readonly parallels: readonly ParallelNode[]
  readonly ends: readonly EndNode[]
}

export interface ClockNode extends Span {
  readonly name: Name
  readonly duration: Expression
  readonly reactions: readonly Reaction[]
}

/** One node of a ticket's flow; `by` a role or the customer, or `run` by an action. */
export interface StationNode extends Span {
  readonly name: Name
  readonly label: Label | undefined
  readonly by: Name | undefined
  readonly run: Expression | undefined
  readonly public: Label | undefined
  readonly publicNotify: boolean
  readonly asks: readonly Name[]
  readonly clocks: readonly ClockNode[]
  readonly reactions: readonly Reaction[]
}

/** *trigger* [`when` e] *acts* [`-> target` [`max n else -> target`]]: the one reaction form. */
export interface Reaction extends Span {
  readonly trigger: 'on' | 'after' | 'at'
  /** Names of transitions or outcomes for `on`. */
  readonly events: readonly Name[]
  /** The duration of `after`, the share of `at`. */
  readonly moment: Expression | undefined
  readonly when: Expression | undefined
  readonly acts: readonly Act[]
  readonly target: Target | undefined
  readonly max: number | undefined
  readonly beyond: Target | undefined
}

export interface Act extends Span {
  readonly kind: 'notify' | 'escalate' | 'mark' | 'ask'
  readonly names: readonly Name[]
}

export interface Target extends Span {
  readonly kind: 'go' | 'done' | 'abort'
  readonly name: Name | undefined
}

export interface ParallelNode extends Span {
  readonly name: Name
  readonly join: 'all' | 'any' | number
  readonly branches: readonly BranchNode[]
  readonly target: Target
}

export interface BranchNode extends Span {
  readonly name: Name
  readonly when: Expression | undefined
  readonly nodes: readonly StationNode[]
}

export interface EndNode extends Span {
  readonly name: Name
  readonly outcomes: readonly { readonly name: Name; readonly result: 'ok' | 'fail' }[]
}

export interface RouteNode extends DeclarationBase {
  readonly kind: 'route'
  readonly policy: Name | undefined
  readonly grid: GridNode
  readonly picks: readonly Name[]
  readonly cap: number | undefined
  readonly after: Reaction | undefined
  readonly keep: { readonly what: Name; readonly within: Expression } | undefined
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
  readonly kind: 'net' | 'secret' | 'read'
  readonly text: string
}

/** `library 服务项目 { 码: text key, … | 码 | … | }`: an entity whose rows come with the pack. */
export interface LibraryNode extends DeclarationBase {
  readonly kind: 'library'
  readonly fields: readonly FieldNode[]
  readonly columns: readonly Name[]
  readonly rows: readonly LibraryRow[]
}

export interface LibraryRow extends Span {
  readonly values: readonly Expression[]
}

/** `price 报价 for 报修单 { line … total 应收: money = sum(lines) }`: lines add up, their steps run top to bottom. */
export interface PriceNode extends DeclarationBase {
  readonly kind: 'price'
  readonly form: Name
  readonly lines: readonly PriceLineNode[]
  readonly total: Name | undefined
  readonly totalType: TypeNode | undefined
}

export interface PriceLineNode extends Span {
  readonly name: Name
  readonly label: Label | undefined
  /** The list field whose rows each make a line. */
  readonly per: Name | undefined
  readonly when: Expression | undefined
  readonly steps: readonly PriceStepNode[]
  readonly rounding: Rounding | undefined
}

export interface PriceStepNode extends Span {
  readonly kind: 'base' | 'times' | 'plus' | 'cap'
  readonly value: Expression
  readonly when: Expression | undefined
}

/** `settle 分账 on 报修.完成 { base …; round down ¥0.01; split { … } }`. */
export interface SettleNode extends DeclarationBase {
  readonly kind: 'settle'
  readonly on: Name
  readonly hold: Expression | undefined
  readonly base: Expression | undefined
  readonly rounding: Rounding | undefined
  readonly shares: readonly ShareNode[]
}

export interface ShareNode extends Span {
  readonly party: Name
  /** A percent of the base, what is left, or an equal part of what is left. */
  readonly share: Expression | 'rest' | 'equal'
  readonly cap: Expression | undefined
  readonly when: Expression | undefined
  readonly shares: readonly ShareNode[]
}

/** `test "主管超时只升级" { at …; given …; create …; do …; wait …; expect … }`: a story on a virtual clock. */
export interface ScenarioNode extends DeclarationBase {
  readonly kind: 'scenario'
  readonly steps: readonly ScenarioStep[]
}

export type ScenarioStep =
  | ({ readonly kind: 'at'; readonly date: string; readonly time: string } & Span)
  | ({ readonly kind: 'given'; readonly entity: Name; readonly record: Expression } & Span)
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
  | ({ readonly kind: 'expect'; readonly condition: Expression } & Span)

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

/** `lexicon 广告法 { "最低价", "全网第一" }` */
export interface LexiconNode extends DeclarationBase {
  readonly kind: 'lexicon'
  readonly words: readonly Label[]
}

/** `segment 沉睡客户 = customer.最近下单 < today - 3mo` */
export interface SegmentNode extends DeclarationBase {
  readonly kind: 'segment'
  readonly condition: Expression
}

/** How often and when a customer is written to: rows of purpose, channel and customer; each other clause once. */
export interface LimitNode extends DeclarationBase {
  readonly kind: 'limit'
  readonly grid: GridNode
  readonly skips: readonly SkipNode[]
  readonly words: readonly WordRule[]
  readonly pauses: readonly PauseNode[]
  /** Clauses that no engine runs yet. */
  readonly later: readonly Name[]
}

/** `skip promo when 订单.下单 within 7d` */
export interface SkipNode extends Span {
  readonly purpose: Name
  readonly when: Expression
}

export interface WordRule extends Span {
  readonly lexicon: Name
  readonly act: 'block' | 'warn'
}

/** `pause campaign when complaints >= 1 notify admin` */
export interface PauseNode extends Span {
  readonly when: Expression
  readonly notify: readonly Name[]
}

/** A series of messages and to-dos for one customer at a time. */
export interface SopNode extends DeclarationBase {
  readonly kind: 'sop'
  readonly triggers: readonly SopTrigger[]
  readonly steps: readonly SopStep[]
  readonly reactions: readonly SopReaction[]
  readonly stops: readonly Expression[]
  readonly goal: { readonly event: Name; readonly within: Expression } | undefined
}

/** `for 沉睡客户 [when e] [once per 90d]`, `for 设备 at 保养到期 - 14d + 10:00`, `on 订单.下单 [when e] [once per 90d]`. */
export interface SopTrigger extends Span {
  readonly trigger: 'for' | 'on'
  readonly subject: Name
  readonly moment: Expression | undefined
  readonly when: Expression | undefined
  readonly once: Expression | undefined
}

/** `on customer.回复 -> stop` */
export interface SopReaction extends Span {
  readonly event: Name
  readonly target: Name
}

export type SopStep =
  | ({
      readonly kind: 'send'
      readonly name: Name
      readonly when: Expression | undefined
      readonly channels: readonly Name[]
      readonly purpose: Name | undefined
      readonly text: Label
    } & Span)
  | ({
      readonly kind: 'task'
      readonly name: Name
      readonly when: Expression | undefined
      readonly role: Name
      readonly text: Label
      readonly due: Expression
      readonly escalate: readonly Name[]
    } & Span)
  | ({ readonly kind: 'run'; readonly name: Name; readonly call: Expression } & Span)
  /** `wait until 日期 - 1d + 10:00` */
  | ({ readonly kind: 'until'; readonly moment: Expression } & Span)
  | ({
      readonly kind: 'wait'
      readonly duration: Expression
      readonly until: Name | undefined
      readonly target: Name | undefined
    } & Span)

/** A declaration of the language that this version reads by shape only. */
export interface OtherNode extends DeclarationBase {
  readonly kind: 'other'
  readonly word: Name
}

export type Declaration =
  | (PackNode | EnumNode | UseNode | SettingNode | NamesNode | TableNode | TableTestNode)
  | (HoursNode | EntityNode | FormNode | AccessNode | TicketNode | RouteNode)
  | (LibraryNode | PriceNode | SettleNode | ActionNode)
  | (ScenarioNode | LabelsNode | OtherNode)
  | (LexiconNode | SegmentNode | LimitNode | SopNode)

export type DeclarationKind = Declaration['kind']
