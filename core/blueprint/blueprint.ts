import type { JsonValue, RoundingMode, Type } from '#core/values'

/** The compiled form of a pack: one JSON document, byte-stable, complete without the text it came from. */
export interface Blueprint {
  readonly formatVersion: 1
  readonly pack: PackBlueprint
  readonly enums: Readonly<Record<string, EnumBlueprint>>
  readonly entities: Readonly<Record<string, EntityBlueprint>>
  readonly forms: Readonly<Record<string, FormBlueprint>>
  readonly tables: Readonly<Record<string, TableBlueprint>>
  readonly settings: Readonly<Record<string, SettingBlueprint>>
  readonly hours: Readonly<Record<string, HoursBlueprint>>
  readonly roles: Readonly<Record<string, RoleBlueprint>>
  readonly teams: Readonly<Record<string, string>>
  readonly skills: Readonly<Record<string, string>>
  /** Form to role to field: what each may do. A form without an entry is open to whoever works the ticket. */
  readonly access: Readonly<Record<string, AccessBlueprint>>
  readonly tickets: Readonly<Record<string, TicketBlueprint>>
  /** By `ticket.node`. */
  readonly routes: Readonly<Record<string, RouteBlueprint>>
  /** Rows that come with the pack: entity to key to fields. */
  readonly library: Readonly<Record<string, Readonly<Record<string, Readonly<Record<string, JsonValue>>>>>>
  readonly parties: Readonly<Record<string, string>>
  readonly prices: Readonly<Record<string, PriceBlueprint>>
  /** What a tenant may change: kind and name of the declarations marked `open`. */
  readonly open: readonly string[]
  /** What other systems report: signal to value to type. */
  readonly signals: Readonly<Record<string, Readonly<Record<string, Type>>>>
  /** What other systems send by themselves. */
  readonly sources: Readonly<Record<string, SourceBlueprint>>
  readonly overlays: Readonly<Record<string, OverlayBlueprint>>
  readonly actions: Readonly<Record<string, ActionBlueprint>>
  readonly settlements: Readonly<Record<string, SettlementBlueprint>>
  /** Lexicon to its words. */
  readonly lexicons: Readonly<Record<string, readonly string[]>>
  readonly segments: Readonly<Record<string, SegmentBlueprint>>
  readonly limits: Readonly<Record<string, LimitBlueprint>>
  readonly sops: Readonly<Record<string, SopBlueprint>>
  /** By `from n`. */
  readonly migrations: Readonly<Record<string, MigrationBlueprint>>
  /** Locale to qualified name (`退款单.金额`) to what people read. */
  readonly labels: Readonly<Record<string, Readonly<Record<string, string>>>>
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

/** DMN's hit policies: those up to `priority` answer with one row, the orders and `collect` with all, the rest with one figure. */
export type HitPolicy =
  | ('unique' | 'first' | 'any' | 'priority')
  | ('rule order' | 'output order' | 'collect')
  | ('collect sum' | 'collect min' | 'collect max' | 'collect count')

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
  /** An input that may be absent: then `null` in a cell names the absence, and a complete table answers it. */
  readonly optional?: true
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

/** An interval of the column's order; a missing end is open. A single value has both ends equal and closed; null is the absent one. */
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

export interface SettingBlueprint {
  readonly label: string
  readonly type: Type
  readonly default: JsonValue
  readonly min?: JsonValue
  readonly max?: JsonValue
  readonly help?: string
}

/** Working hours: for Monday to Sunday the half-open intervals `HH:MM`..`HH:MM`, and whose holidays are kept. */
export interface HoursBlueprint {
  readonly label: string
  readonly week: readonly (readonly (readonly [from: string, to: string])[])[]
  readonly holidays: string | null
}

export interface RoleBlueprint {
  readonly label: string
  /** The role whose rights this one has as well. */
  readonly extends: string | null
}

export type Right = 'write' | 'read'
export type AccessBlueprint = Readonly<Record<string, Readonly<Record<string, Right>>>>

export interface TicketBlueprint {
  readonly label: string
  readonly form: string
  readonly entries: readonly string[]
  /** The node or parallel region a new ticket enters. */
  readonly start: string
  /** Clocks that every node has. */
  readonly clocks: readonly ClockBlueprint[]
  readonly nodes: Readonly<Record<string, NodeBlueprint>>
  readonly parallels: Readonly<Record<string, ParallelBlueprint>>
  /** Qualified outcome (`结束.已退款`) to whether the matter ended well. */
  readonly ends: Readonly<Record<string, 'ok' | 'fail'>>
}

export interface NodeBlueprint {
  readonly label: string
  /** A role, or `customer`; `system` where an action runs. */
  readonly by: string
  readonly run?: RunBlueprint
  readonly public?: { readonly text: string; readonly notify: boolean }
  /** Fields to be filled before any transition leaves the node. */
  readonly asks: readonly string[]
  readonly clocks: readonly ClockBlueprint[]
  readonly reactions: readonly ReactionBlueprint[]
  /** The parallel region and branch the node belongs to. */
  readonly within: { readonly parallel: string; readonly branch: string } | null
}

/** A length of time, of working hours when `hours` names them. */
export interface SpanBlueprint {
  readonly duration: Code
  readonly hours: string | null
}

export interface ClockBlueprint {
  readonly name: string
  readonly span: SpanBlueprint
  readonly marks: readonly ClockMark[]
}

/** What happens when a clock has run the given share (decimal text, "0.5") of its time. */
export interface ClockMark {
  readonly share: string
  readonly when?: Code
  readonly acts: readonly ActBlueprint[]
  readonly target?: TargetBlueprint
}

export interface ReactionBlueprint {
  readonly trigger: 'on' | 'after'
  /** Names of the transitions of `on`. */
  readonly events: readonly string[]
  readonly after?: SpanBlueprint
  readonly when?: Code
  readonly acts: readonly ActBlueprint[]
  readonly target?: TargetBlueprint
  readonly max?: number
  readonly beyond?: TargetBlueprint
}

export type ActBlueprint =
  | { readonly act: 'notify' | 'escalate'; readonly to: readonly string[] }
  | { readonly act: 'mark'; readonly priority: Priority }
  | { readonly act: 'ask'; readonly fields: readonly string[] }

export type Priority = '低' | '中' | '高' | '紧急'
export const priorities: readonly Priority[] = ['低', '中', '高', '紧急']

export type TargetBlueprint =
  | { readonly go: 'node' | 'parallel' | 'end'; readonly to: string }
  | { readonly go: 'done' }
  | { readonly go: 'abort'; readonly to: string; readonly kind: 'node' | 'parallel' | 'end' }

export interface ParallelBlueprint {
  /** How many of the branches that started must be done. */
  readonly join: 'all' | 'any' | number
  readonly branches: Readonly<Record<string, BranchBlueprint>>
  readonly target: TargetBlueprint
}

export interface BranchBlueprint {
  readonly when?: Code
  /** Its first node. */
  readonly start: string
}

export interface RouteBlueprint {
  /** The value of each input of the table, from the ticket's names. */
  readonly inputs: readonly Code[]
  /** Inputs as declared; outputs `team` and `skill`. */
  readonly table: TableBlueprint
  readonly picks: readonly string[]
  readonly cap: number | null
  readonly after: { readonly span: SpanBlueprint; readonly team: string } | null
  readonly keep: SpanBlueprint | null
}

/** The action a node runs, with the value of each of its inputs in order. */
export interface RunBlueprint {
  readonly action: string
  readonly args: readonly Code[]
}

/** What an action promises; its code is the pack's file `actions/<name>.ts`. */
export interface ActionBlueprint {
  readonly label: string
  readonly inputs: readonly ActionFieldBlueprint[]
  readonly outputs: readonly ActionFieldBlueprint[]
  /** The values of its first enum output, which a node may react on besides `fault`. */
  readonly outcomes: readonly string[]
  /** Hosts it may call. */
  readonly net: readonly string[]
  readonly secrets: readonly string[]
  /** Fields it may be shown: `customer.name`, `退款单.说明`, or all of an entity. */
  readonly reads: readonly string[]
  /** Fields of the ticket it may fill. */
  readonly writes?: readonly string[]
  /** It may write to the ticket’s customer. */
  readonly sends?: true
  /** It keeps values between its runs. */
  readonly keeps?: true
  /** `ticket.id`, `run.id` or the name of an input: what makes a repeat the same run. */
  readonly key: string | null
  readonly timeoutMs: number
  readonly retries: number
  readonly backoff: { readonly fromMs: number; readonly toMs: number }
  readonly undo: string | null
}

export interface ActionFieldBlueprint {
  readonly name: string
  readonly type: Type
  /** The values of an enum written in place. */
  readonly values?: readonly string[]
  /** Declared with `?`: it may be absent. */
  readonly optional?: true
}

export interface PriceBlueprint {
  readonly label: string
  readonly form: string
  readonly lines: readonly PriceLineBlueprint[]
  /** What the lines' sum is called. */
  readonly total: string
}

export interface PriceLineBlueprint {
  readonly name: string
  readonly label: string
  /** The list field whose rows each make a line. */
  readonly per: string | null
  readonly when?: Code
  readonly steps: readonly PriceStepBlueprint[]
  readonly rounding?: RoundingBlueprint
}

/** `base` starts, `times` multiplies, `plus` adds, `cap` bounds from above; each only while its condition holds. */
export interface PriceStepBlueprint {
  readonly kind: 'base' | 'times' | 'plus' | 'cap'
  readonly value: Code
  readonly when?: Code
  /** The step as written, for explanations. */
  readonly text: string
}

/** Steps that join one line of a price for a while, before its rounding. */
export interface OverlayBlueprint {
  readonly label: string
  readonly price: string
  readonly line: string
  /** Instants in epoch milliseconds, the end exclusive. */
  readonly from: number
  readonly to: number
  /** Where it holds, by the record's `region`; none for everywhere. */
  readonly regions: readonly string[]
  readonly steps: readonly PriceStepBlueprint[]
}

/**
 * Where what was in flight under an older version goes; nodes, fields and values by their qualified names, old to new. What a
 * version says of another leads from that one to itself at once, however many lie between.
 */
export interface MigrationBlueprint {
  /** The number the pack had (`version 2`) in the text that tickets began with; not the desk's own count of versions. */
  readonly from: number
  readonly nodes: Readonly<Record<string, string>>
  readonly fields: Readonly<Record<string, string>>
  readonly values: Readonly<Record<string, string>>
  /** Nodes whose tickets end under the version they began with. */
  readonly drains: readonly string[]
}

/** Where events of another system come in, proved by a secret that both know. */
export interface SourceBlueprint {
  readonly label: string
  /** The name of the desk's secret. */
  readonly secret: string
  readonly mappings: readonly SourceMapping[]
}

/** What an event of the other system is here: what happened to which record, and what is known of it from then on. */
export interface SourceMapping {
  /** What the other system calls it: `order.paid`. */
  readonly says: string
  readonly entity: string
  readonly event: string
  /** Each field by where the message has it, or by a value of the pack's own. */
  readonly fields: Readonly<
    Record<string, { readonly path: readonly string[] } | { readonly value: JsonValue }>
  >
}

export interface SettlementBlueprint {
  readonly label: string
  /** `ticket.outcome`: settles when a ticket of this kind ends so. */
  readonly on: string
  readonly hold: SpanBlueprint | null
  readonly base: Code
  readonly rounding: RoundingBlueprint
  readonly shares: readonly ShareBlueprint[]
}

export interface ShareBlueprint {
  readonly party: string
  /** Decimal text of a percent of the base ("0.35"), what is left of the block, or an equal part of what is left. */
  readonly share: string | 'rest' | 'equal'
  /** Decimal text of an amount. */
  readonly cap?: string
  readonly when?: Code
  /** How a party's share is divided further. */
  readonly shares: readonly ShareBlueprint[]
}

/** Customers of whom the condition holds; it may read `customer`, `today`, `open(…)` and `last(…)`. */
export interface SegmentBlueprint {
  readonly label: string
  readonly condition: Code
}

export type Purpose = 'promo' | 'service' | 'urgent'
export const purposes: readonly Purpose[] = ['promo', 'service', 'urgent']

/** The gate of sends. Every row that fits a message binds it; the table's inputs are worked out by `inputs`. */
export interface LimitBlueprint {
  readonly label: string
  readonly inputs: readonly Code[]
  /** Its columns `purpose` and `channel` say which earlier messages a row counts; it has no outputs. */
  readonly table: TableBlueprint
  readonly rows: readonly LimitRow[]
  readonly skips: readonly { readonly purpose: Purpose; readonly when: Code }[]
  readonly words: readonly { readonly lexicon: string; readonly act: 'block' | 'warn' }[]
  readonly pauses: readonly PauseBlueprint[]
}

/** Caps per calendar day, week (from Monday) and month in the desk's zone; null says nothing. */
export interface LimitRow {
  readonly perDay: Code | null
  readonly perWeek: Code | null
  readonly perMonth: Code | null
  /** Half-open, may wrap midnight: `22:00` to `09:00`. */
  readonly quiet: { readonly from: string; readonly to: string } | null
  /** What becomes of a message beyond a cap or inside the quiet hours. */
  readonly beyond: 'defer' | 'drop' | 'send'
}

export interface PauseBlueprint {
  /** May read `complaints`. */
  readonly when: Code
  readonly notify: readonly string[]
  /** The tickets whose opening is a complaint. */
  readonly complaints: readonly string[]
}

/** Text with places to fill. */
export type TextBlueprint = readonly (string | Code)[]

export interface SopBlueprint {
  readonly label: string
  readonly triggers: readonly SopTriggerBlueprint[]
  readonly steps: readonly SopStepBlueprint[]
  readonly reactions: readonly { readonly event: string; readonly to: 'stop' | 'goal' }[]
  readonly stops: readonly Code[]
  readonly goal: { readonly event: string; readonly within: SpanBlueprint } | null
}

export interface SopTriggerBlueprint {
  /** An event (`订单.下单`), a segment's name (`customer` stands for all), or an entity whose records bring their moment. */
  readonly on: 'event' | 'segment' | 'moment'
  readonly subject: string
  /** An instant that reads the record's own fields by their names; only with `on: 'moment'`. */
  readonly moment?: Code
  readonly when?: Code
  /** Not again within this time of the last enrolment. */
  readonly once: SpanBlueprint | null
}

export type SopStepBlueprint =
  | {
      readonly step: 'send'
      readonly name: string
      readonly when?: Code
      readonly channels: readonly string[]
      readonly purpose: Purpose
      readonly text: TextBlueprint
    }
  | {
      readonly step: 'task'
      readonly name: string
      readonly when?: Code
      readonly role: string
      readonly text: TextBlueprint
      readonly due: SpanBlueprint
      readonly escalate: readonly string[]
    }
  /** An instant; one that is over or absent takes the steps up to the next wait with it. */
  | { readonly step: 'until'; readonly moment: Code }
  | {
      readonly step: 'wait'
      readonly span: SpanBlueprint
      /** Ends the wait early; `to` null goes on with the next step. */
      readonly until: { readonly event: string; readonly to: 'stop' | 'goal' | null } | null
    }

/** A typed, bound expression: names are resolved, every operator knows the type it works on. */
export type Code =
  | { readonly op: 'const'; readonly type: Type; readonly value: JsonValue }
  | { readonly op: 'name'; readonly type: Type; readonly name: string }
  | { readonly op: 'member'; readonly type: Type; readonly of: Code; readonly name: string }
  | { readonly op: 'list'; readonly type: Type; readonly items: readonly Code[] }
  /** Looks a table up; one argument per input column, in the table's order. */
  | { readonly op: 'table'; readonly type: Type; readonly name: string; readonly args: readonly Code[] }
  /** One figure of the rows of a list; `where` and `value` read a row’s fields by their names. */
  | {
      readonly op: 'fold'
      readonly type: Type
      readonly fn: 'sum' | 'count' | 'min' | 'max' | 'median'
      readonly over: Code
      readonly where?: Code
      readonly value?: Code
    }
  | { readonly op: 'apply'; readonly type: Type; readonly fn: string; readonly args: readonly Code[] }
