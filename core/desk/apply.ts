import type { ClockState, TicketEvent, TicketState, Token } from './state.ts'

/** Folds one event into a ticket; the first event must be `opened`, on no state. Replay is this fold from the start. */
export function apply(state: TicketState | undefined, event: TicketEvent): TicketState {
  const { happened } = event
  if (!state) {
    if (happened.kind !== 'opened') throw new Error(`a ticket begins with opened, not ${happened.kind}`)
    return {
      id: happened.id,
      kind: happened.ticket,
      seq: event.seq,
      entry: happened.entry,
      openedAt: event.at,
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
  return { ...state, ...change(state, event), seq: event.seq }
}

/** The ticket its events make; undefined when there are none. */
export function replay(events: readonly TicketEvent[]): TicketState | undefined {
  return events.reduce<TicketState | undefined>(apply, undefined)
}

function change(state: TicketState, { at, happened }: TicketEvent): Partial<TicketState> {
  switch (happened.kind) {
    case 'fields-filled':
      return { fields: { ...state.fields, ...happened.fields } }
    case 'node-entered':
      return {
        visits: { ...state.visits, [happened.node]: happened.visit },
        tokens: { ...state.tokens, [happened.node]: newToken(happened.visit, at, happened.from) },
      }
    case 'clock-started': {
      const { clock: name, dueAt } = happened
      return withClocks(state, happened.node, clocks => [
        ...clocks,
        { name, startedAt: at, dueAt, breached: false },
      ])
    }
    case 'clock-reached':
      return withClocks(state, happened.node, clocks =>
        clocks.map(clock =>
          clock.name === happened.clock && Number(happened.share) >= 1 ? { ...clock, breached: true } : clock,
        ),
      )
    case 'timer-set':
      return { timers: [...state.timers, happened.timer] }
    case 'timer-fired':
      return { timers: state.timers.filter(timer => timer.id !== happened.id) }
    case 'assigned': {
      const { node, team, assignee } = happened
      const settled = assignee !== null
      return {
        ...withToken(state, node, token => ({ ...token, team, assignee })),
        timers: state.timers.filter(t => !(settled && t.node === node && t.kind === 'route')),
      }
    }
    case 'subject-chosen':
      return { subject: happened.subject }
    case 'marked':
      return { priority: happened.priority }
    case 'node-left':
      return leave(state, happened)
    case 'region-entered':
      return {
        regions: {
          ...state.regions,
          [happened.parallel]: Object.fromEntries(happened.branches.map(branch => [branch, 'open' as const])),
        },
      }
    case 'branch-done':
      return {
        regions: {
          ...state.regions,
          [happened.parallel]: { ...state.regions[happened.parallel], [happened.branch]: 'done' },
        },
      }
    case 'region-left':
      return { regions: without(state.regions, happened.parallel) }
    case 'action-started':
      return withToken(state, happened.node, token => ({ ...token, run: { state: 'running', detail: null } }))
    case 'action-ended': {
      const { node, outcome, detail } = happened
      const faulted = outcome === 'fault'
      return faulted ? withToken(state, node, token => ({ ...token, run: { state: 'faulted', detail } })) : {}
    }
    case 'priced': {
      const { price, stage, total } = happened
      return { prices: { ...state.prices, [price]: { stage, total } } }
    }
    case 'migrated': {
      const { fields, tokens, regions, visits, counts, timers } = happened
      return { fields, tokens, regions, visits, counts, timers, prices: {} }
    }
    case 'closed':
      return { outcome: happened.outcome, closedAt: at, timers: [] }
    default:
      return {}
  }
}

function leave(
  state: TicketState,
  { node, counted }: { node: string; counted: string | null },
): Partial<TicketState> {
  return {
    tokens: without(state.tokens, node),
    timers: state.timers.filter(timer => timer.node !== node),
    ...(counted !== null && {
      counts: { ...state.counts, [counted]: (state.counts[counted] ?? 0) + 1 },
    }),
  }
}

function newToken(visit: number, since: number, from: string | null): Token {
  return { visit, since, from, team: null, assignee: null, clocks: [] }
}

function withToken(state: TicketState, node: string, change: (token: Token) => Token): Partial<TicketState> {
  const token = state.tokens[node]
  return token ? { tokens: { ...state.tokens, [node]: change(token) } } : {}
}

function withClocks(
  state: TicketState,
  node: string,
  change: (clocks: readonly ClockState[]) => readonly ClockState[],
): Partial<TicketState> {
  return withToken(state, node, token => ({ ...token, clocks: change(token.clocks) }))
}

function without<T>(record: Readonly<Record<string, T>>, key: string): Record<string, T> {
  return Object.fromEntries(Object.entries(record).filter(([name]) => name !== key))
}
