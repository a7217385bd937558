import type { DeclarationBase, Expression, GridNode, Label, Name, Span } from './tree.ts'

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
  readonly spawns: readonly SpawnNode[]
  readonly pauses: readonly PauseClockNode[]
}

/** `spawn 领料 { 件: 件, 数量: 数量 } per 用料 join all`: child tickets, one per row of a list or just one. */
export interface SpawnNode extends Span {
  readonly ticket: Name
  readonly record: Expression
  readonly per: Name | undefined
  /** How many must have ended before the node may be left; undefined holds nobody. */
  readonly join: 'all' | 'any' | undefined
}

/** `pause 上门 when open(领料)`: the clock stands still meanwhile. */
export interface PauseClockNode extends Span {
  readonly clock: Name
  readonly when: Expression
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
  readonly kind: 'notify' | 'escalate' | 'mark' | 'ask' | LaterAct
  /** Who is told, the fields asked for, the ticket or entity made. */
  readonly names: readonly Name[]
  /** What they are told. */
  readonly text?: Label | undefined
  /** The fields of what is made. */
  readonly record?: Expression | undefined
  /** The call of `run`. */
  readonly call?: Expression | undefined
}

/** Acts that are read and checked, and that no engine does yet. */
export type LaterAct = 'create' | 'spawn' | 'task' | 'run' | 'reserve'

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
  /** Empty where `filter` and `score` choose among all. */
  readonly grid: GridNode
  readonly filters: readonly Expression[]
  readonly scores: readonly ScoreNode[]
  readonly picks: readonly Name[]
  readonly cap: number | undefined
  readonly after: Reaction | undefined
  readonly keep: { readonly what: Name; readonly within: Expression } | undefined
}

/** `score 50 by near(staff.位置, 设备.位置)` */
export interface ScoreNode extends Span {
  readonly weight: number
  readonly by: Expression
}
