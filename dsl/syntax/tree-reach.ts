import type { Act } from './tree-flow.ts'
import type { InstantNode } from './tree-money.ts'
import type { DeclarationBase, Expression, GridNode, Label, Name, Span } from './tree.ts'

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
  readonly slows: readonly SlowNode[]
  readonly caps: readonly SenderCapNode[]
  readonly requires: readonly RequireNode[]
}

/** `slow promo 50% when unanswered >= 3` */
export interface SlowNode extends Span {
  readonly purpose: Name
  readonly share: Expression
  readonly when: Expression
}

/** `cap 40 per 1h per sender else queue` */
export interface SenderCapNode extends Span {
  readonly count: number
  readonly per: Expression
  readonly whose: Name
  readonly beyond: Name
}

/** `require "投资有风险" in template when category = 理财` */
export interface RequireNode extends Span {
  readonly text: Label
  readonly when: Expression | undefined
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
  readonly recurs: Recurrence | undefined
  readonly when: Expression | undefined
  readonly once: Expression | undefined
}

/** `during 出生日..出生日 + 3mo every 2w at 10:00` and `yearly start_of_month(生日) + 10:00`. */
export type Recurrence =
  | ({
      readonly kind: 'during'
      readonly range: Expression
      readonly every: Expression
      readonly at: Expression
    } & Span)
  | ({ readonly kind: 'yearly'; readonly moment: Expression } & Span)

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
      readonly message: Message
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
  | ({
      readonly kind: 'run'
      readonly name: Name
      readonly when: Expression | undefined
      readonly call: Expression
    } & Span)
  /** `step 跟进 create 跟进单 { 顾问: 试听预约.顾问 }` */
  | ({
      readonly kind: 'create'
      readonly name: Name
      readonly when: Expression | undefined
      readonly of: Name
      readonly record: Expression
    } & Span)
  /** `wait until 日期 - 1d + 10:00` */
  | ({ readonly kind: 'until'; readonly moment: Expression } & Span)
  | ({
      readonly kind: 'wait'
      readonly duration: Expression
      readonly until: Name | undefined
      readonly target: Name | undefined
    } & Span)

/** What is sent: words written in place, or a template with what goes into it. */
export type Message = Label | TemplateCall

export interface TemplateCall extends Span {
  readonly template: Name
  readonly args: readonly Expression[]
}

/** `template 会员日券(名: text) category 理财 { wecom "{名}，…"; sms "…" }`. */
export interface TemplateNode extends DeclarationBase {
  readonly kind: 'template'
  readonly parameters: readonly Parameter[]
  readonly category: Name | undefined
  readonly texts: readonly { readonly channel: Name; readonly text: Label }[]
}

export interface Parameter extends Span {
  readonly name: Name
  readonly type: Name
}

/** `stage 生命周期 for customer { 新朋友 when …; 活跃粉 else; on 沉睡户 notify 导购 "…" }`: the first that holds. */
export interface StageNode extends DeclarationBase {
  readonly kind: 'stage'
  readonly entity: Name
  readonly stages: readonly StageCase[]
  readonly reactions: readonly { readonly stage: Name; readonly acts: readonly Act[] }[]
}

export interface StageCase extends Span {
  readonly name: Name
  /** Undefined for `else`. */
  readonly when: Expression | undefined
}

/** `campaign 会员日 { for …; at …; arm 甲 50% send …; winner by …; stop when …; goal … }`. */
export interface CampaignNode extends DeclarationBase {
  readonly kind: 'campaign'
  readonly audience:
    | {
        readonly segment: Name
        readonly when: Expression | undefined
        readonly once: Expression | undefined
      }
    | undefined
  readonly at: InstantNode | undefined
  readonly arms: readonly ArmNode[]
  readonly winner:
    { readonly by: Name; readonly after: Expression; readonly when: Expression | undefined } | undefined
  readonly stops: readonly StopNode[]
  readonly goal: { readonly event: Name; readonly within: Expression } | undefined
}

/** `arm 甲 50% send wecom 会员日券(name, "满减券")`. */
export interface ArmNode extends Span {
  readonly name: Name
  readonly share: Expression
  readonly channels: readonly Name[]
  readonly purpose: Name | undefined
  readonly message: Message
}

/** `stop when complaints >= 2 per 1000 sends`. */
export interface StopNode extends Span {
  readonly when: Expression
  readonly per: number | undefined
}
