// What pages read of the places where tickets stand. Instants are epoch ms of the desk's business time.

export interface QueueRowReply {
  readonly id: string
  readonly number: number
  readonly kind: string
  readonly status: string
  readonly priority: string
  readonly nodes: readonly string[]
  /** Who holds each node. */
  readonly holders: Readonly<Record<string, string | null>>
  /** What the ticket is about: the first text of its form that the reader may read, cut short; null where there is none. */
  readonly about: string | null
  readonly assignee: string | null
  readonly team: string | null
  readonly customer: string | null
  readonly dueAt: number | null
  readonly openedAt: number
  readonly closedAt: number | null
  readonly updatedAt: number
}

export interface ClockReply {
  readonly name: string
  readonly startedAt: number
  readonly dueAt: number | null
  readonly breached: boolean
}

export interface PlaceReply {
  readonly node: string
  readonly label: string
  /** A role, or `customer`. */
  readonly by: string
  readonly since: number
  readonly team: string | null
  readonly assignee: string | null
  /** Whom the reader may hand the place to, themselves perhaps among them. */
  readonly takers: readonly string[]
  readonly clocks: readonly ClockReply[]
  /** Of a place where an action runs. */
  readonly run: PlaceRunReply | null
  /** Of a place of staff that nobody holds. */
  readonly wants: PlaceWantsReply | null
}

/** How it is with a place's action: why it is held (`trial`, `off`), or how far it is; `againAt` of one that will be tried again. */
export interface PlaceRunReply {
  readonly action: string
  readonly state: 'trial' | 'off' | 'queued' | 'running' | 'waiting' | 'ended'
  /** The pack that switches the action on. */
  readonly pack: string
  readonly againAt: number | null
}

/** What a place asks for, and whom it finds now. */
export interface PlaceWantsReply {
  readonly role: string
  readonly team: string | null
  readonly skill: string | null
  /** The name of the store. */
  readonly store: string | null
  /** What nobody has of those who have all that is named before it; null where somebody has everything. */
  readonly lacking: 'role' | 'team' | 'skill' | 'store' | null
  /** Of those who have everything: how many are off shift, hold as much as they may (`cap`), and could take it. */
  readonly offShift: number
  readonly full: number
  readonly free: number
  readonly cap: number | null
}
