import type { ClockState, TicketEvent, TicketState, Token } from './state.ts'

/** Folds one event into a ticket; the first event must be `opened`, on no state. Replay is this fold from the start. */
export function apply(state: TicketState | undefined, event: TicketEvent): TicketState {
  if (!state) return begin(event)
  const next = { ...state }
  fold(next, event)
  return next
}

/** The ticket its events make; undefined when there are none. */
export function replay(events: readonly TicketEvent[]): TicketState | undefined {
  const [first, ...rest] = events
  if (!first) return undefined
  const state = begin(first)
  for (const event of rest) fold(state, event)
  return state
}

/** A state that nobody else has seen: what it holds is still never changed but replaced. */
export type OwnState = { -readonly [K in keyof TicketState]: TicketState[K] }

function begin({ seq, at, happened }: TicketEvent): OwnState {
  if (happened.kind !== 'opened') throw new Error(`a ticket begins with opened, not ${happened.kind}`)
  return {
    id: happened.id,
    kind: happened.ticket,
    seq,
    entry: happened.entry,
    openedAt: at,
    closedAt: null,
    outcome: null,
    priority: '中',
    customer: happened.customer,
    subject: happened.subject,
    fields: happened.fields,
    tokens: {},
    regions: {},
    visits: {},
    counts: {},
    timers: [],
    prices: {},
  }
}

/** The same as `apply` on a state of one's own, in place: a decision of many events copies the state once. */
export function fold(state: OwnState, { seq, at, happened }: TicketEvent): void {
  state.seq = seq
  switch (happened.kind) {
    case 'fields-filled':
      state.fields = { ...state.fields, ...happened.fields }
      return
    case 'node-entered': {
      const { node, visit, from } = happened
      state.visits = { ...state.visits, [node]: visit }
      state.tokens = { ...state.tokens, [node]: newToken(visit, at, from) }
      return
    }
    case 'clock-started': {
      const clock = { name: happened.clock, startedAt: at, dueAt: happened.dueAt, breached: false }
      return withClocks(state, happened.node, clocks => [...clocks, clock])
    }
    case 'clock-reached':
      return withClocks(state, happened.node, clocks =>
        clocks.map(clock =>
          clock.name === happened.clock && Number(happened.share) >= 1 ? { ...clock, breached: true } : clock,
        ),
      )
    case 'timer-set':
      state.timers = [...state.timers, happened.timer]
      return
    case 'timer-fired':
      state.timers = state.timers.filter(timer => timer.id !== happened.id)
      return
    case 'assigned': {
      const { node, team, assignee } = happened
      withToken(state, node, token => ({ ...token, team, assignee }))
      if (assignee !== null)
        state.timers = state.timers.filter(timer => timer.node !== node || timer.kind !== 'route')
      return
    }
    case 'subject-chosen':
      state.subject = happened.subject
      return
    case 'marked':
      state.priority = happened.priority
      return
    case 'node-left':
      return leave(state, happened)
    case 'region-entered':
      state.regions = {
        ...state.regions,
        [happened.parallel]: Object.fromEntries(happened.branches.map(branch => [branch, 'open' as const])),
      }
      return
    case 'branch-done': {
      const { parallel, branch } = happened
      state.regions = { ...state.regions, [parallel]: { ...state.regions[parallel], [branch]: 'done' } }
      return
    }
    case 'region-left':
      state.regions = without(state.regions, happened.parallel)
      return
    case 'action-started':
      return withToken(state, happened.node, token => ({ ...token, run: { state: 'running', detail: null } }))
    case 'action-ended': {
      const { node, outcome, detail } = happened
      if (outcome === 'fault')
        withToken(state, node, token => ({ ...token, run: { state: 'faulted', detail } }))
      return
    }
    case 'priced': {
      const { price, stage, total } = happened
      state.prices = { ...state.prices, [price]: { stage, total } }
      return
    }
    case 'migrated': {
      const { fields, tokens, regions, visits, counts, timers } = happened
      Object.assign(state, { fields, tokens, regions, visits, counts, timers, prices: {} })
      return
    }
    case 'closed':
      state.outcome = happened.outcome
      state.closedAt = at
      state.timers = []
      return
    default:
  }
}

function leave(state: OwnState, { node, counted }: { node: string; counted: string | null }): void {
  state.tokens = without(state.tokens, node)
  state.timers = state.timers.filter(timer => timer.node !== node)
  if (counted !== null) state.counts = { ...state.counts, [counted]: (state.counts[counted] ?? 0) + 1 }
}

function newToken(visit: number, since: number, from: string | null): Token {
  return { visit, since, from, team: null, assignee: null, clocks: [] }
}

function withToken(state: OwnState, node: string, change: (token: Token) => Token): void {
  const token = state.tokens[node]
  if (token) state.tokens = { ...state.tokens, [node]: change(token) }
}

function withClocks(
  state: OwnState,
  node: string,
  change: (clocks: readonly ClockState[]) => readonly ClockState[],
): void {
  withToken(state, node, token => ({ ...token, clocks: change(token.clocks) }))
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  const rest: Record<string, T> = {}
  for (const name in record) if (name !== key) rest[name] = record[name]!
  return rest
}
