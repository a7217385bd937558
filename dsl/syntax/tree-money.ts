import type { DeclarationBase, Expression, GridNode, Label, Name, Rounding, Span, TypeNode } from './tree.ts'

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
  /** `by 归属(…)`: what the sums are grouped by. */
  readonly by: Expression | undefined
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

/** `overlay 应急定价 on 报价.备件 { from …..<… in 华东; times 120% when 加急; cap ¥500 }`: steps for a while. */
export interface OverlayNode extends DeclarationBase {
  readonly kind: 'overlay'
  /** `price.line`. */
  readonly on: Name
  readonly window: WindowNode | undefined
  readonly steps: readonly PriceStepNode[]
}

/** `from 2026-11-10 08:00..<2026-11-13 08:00 in 华东`: half-open, in the pack's zone; regions or none for everywhere. */
export interface WindowNode extends Span {
  readonly from: InstantNode
  readonly to: InstantNode
  readonly regions: readonly Expression[]
}

/** `2026-11-10 08:00`. */
export interface InstantNode extends Span {
  readonly date: string
  readonly time: string
}

/** `rebate 季度返利 marginal on 门店.季度进货 { | 进货: money || 返点: percent | … }`. */
export interface RebateNode extends DeclarationBase {
  readonly kind: 'rebate'
  /** Each band pays its own rate, or the whole amount pays the rate of the band it falls into. */
  readonly mode: 'marginal' | 'whole'
  /** The amount it is reckoned on: `entity.field`. */
  readonly on: Name
  readonly grid: GridNode
  readonly rounding: Rounding | undefined
}

/** `rates USD { 2026-01-01 7.12; 2026-04-01 7.05 }`: what one unit is worth in the pack's currency, from each date on. */
export interface RatesNode extends DeclarationBase {
  readonly kind: 'rates'
  readonly rates: readonly RateNode[]
}

export interface RateNode extends Span {
  readonly date: string
  readonly rate: Expression
}

/** `quote 安装报价 for 报修单 { option 标准 报价; option 延保 延保报价; valid 14d }`. */
export interface QuoteNode extends DeclarationBase {
  readonly kind: 'quote'
  readonly form: Name
  readonly options: readonly QuoteOption[]
  readonly valid: Expression | undefined
}

export interface QuoteOption extends Span {
  readonly name: Name
  readonly price: Name
}

/** `pool 线索池 { claim 5 per 1d; protect 7d; return after 14d }`: leads that staff claim. */
export interface PoolNode extends DeclarationBase {
  readonly kind: 'lead-pool'
  readonly claim: { readonly count: number; readonly per: Expression } | undefined
  readonly protect: Expression | undefined
  readonly returns: Expression | undefined
}
