import type { Act } from './tree-flow.ts'
import type { ActionField, DeclarationBase, Expression, GridNode, Name, Span, TypeNode } from './tree.ts'

/** `signal 雨季 { from weather.forecast(region); out 系数: percent; every 6h; bound 系数 100%..110%; on 暴雨 … }`. */
export interface SignalNode extends DeclarationBase {
  readonly kind: 'signal'
  readonly from: { readonly source: Name; readonly args: readonly Expression[] } | undefined
  readonly outputs: readonly ActionField[]
  readonly every: Expression | undefined
  readonly bounds: readonly { readonly output: Name; readonly range: Expression }[]
  readonly reactions: readonly { readonly event: Name; readonly acts: readonly Act[] }[]
}

/** `alert 批量问题 on 报修.完工 { by 设备.型号; when count >= 3 per 30d; once per 24h; notify 品控 "…" }`. */
export interface AlertNode extends DeclarationBase {
  readonly kind: 'alert'
  /** `ticket.transition` or `entity.event`. */
  readonly on: Name
  readonly by: readonly Expression[]
  readonly when: { readonly condition: Expression; readonly per: Expression } | undefined
  readonly once: Expression | undefined
  readonly acts: readonly Act[]
}

/** `metric 首响: duration = median(报修.受理.用时) by region, 项目`. */
export interface MetricNode extends DeclarationBase {
  readonly kind: 'metric'
  readonly type: TypeNode
  readonly value: Expression
  readonly by: readonly Name[]
}

/** `board 运营 for 店长 { show 首响 as heat by region }`. */
export interface BoardNode extends DeclarationBase {
  readonly kind: 'board'
  readonly roles: readonly Name[]
  readonly shows: readonly ShowNode[]
}

export interface ShowNode extends Span {
  readonly metric: Name
  readonly as: Name
  readonly by: readonly Name[]
}

/** `classify 来意 for 咨询单 { | words || 类型 | priority | … unsure -> 分诊 }`: words and facts to a kind of matter. */
export interface ClassifyNode extends DeclarationBase {
  readonly kind: 'classify'
  readonly form: Name
  readonly grid: GridNode
  /** The role that what is unsure goes to. */
  readonly unsure: Name | undefined
}

/** `source 商城 from webhook { secret SHOP; on "order.paid" -> 订单.下单 { 号: order_no } }`. */
export interface SourceNode extends DeclarationBase {
  readonly kind: 'source'
  readonly by: Name
  readonly secret: Name | undefined
  readonly mappings: readonly SourceMapping[]
}

export interface SourceMapping extends Span {
  /** What the other system calls it. */
  readonly says: string
  readonly event: Name
  /** The entity's field by the path of the message's. */
  readonly record: Expression
}
