import { purposes, type Blueprint, type SopBlueprint } from '#core/blueprint'
import { isZone } from '#core/values'
import { capOf, capOfAll, gateRows, type GateRow, type MessageKind } from './gate-rows.ts'
import { MAX_DEFER_MS } from './judge.ts'
import { changesClock, mostAsked, windowMs } from './pace.ts'
import { freeMinutes } from './quiet-cover.ts'
import type { Window } from './window.ts'

/** The most messages of a kind to one customer in any calendar window: what SOPs ask for, and what the limits let through. */
export interface SendBound extends MessageKind {
  readonly per: Window
  /** Null when nothing bounds what is asked for. */
  readonly asked: number | null
  /** Whether some course of events really asks for so many. */
  readonly isExact: boolean
  /** Null when neither the SOPs nor a cap bounds it. A message counts when the gate lets it through. */
  readonly passed: number | null
  readonly sops: readonly { readonly sop: string; readonly most: number | null }[]
  /** Whether tickets tell customers things by this kind of message: as often as people move them. */
  readonly hasNotices: boolean
}

export const windows: readonly Window[] = ['day', 'week', 'month']

/**
 * The bounds for every kind of message that something sends, purposes in their order, then channels, then windows. None in
 * a zone there is not, where no window means anything.
 */
export function sendBounds(blueprint: Blueprint): SendBound[] {
  if (!isZone(blueprint.pack.zone)) return []
  return kindsOf(blueprint).flatMap(kind => {
    const rows = gateRows(blueprint, kind)
    return windows.map(per => boundOf(blueprint, { kind, per, rows }))
  })
}

/** The kinds of messages that SOPs and tickets send. */
export function kindsOf(blueprint: Blueprint): MessageKind[] {
  const sends = Object.values(blueprint.sops).flatMap(({ steps }) =>
    steps.flatMap(step => (step.step === 'send' ? [step] : [])),
  )
  const told = tellsCustomers(blueprint) ? [notice] : []
  const all = [
    ...sends.flatMap(({ purpose, channels }) => channels.map(channel => ({ purpose, channel }))),
    ...told,
  ]
  const channels = [...new Set(all.map(({ channel }) => channel))]
  return purposes.flatMap(purpose =>
    channels
      .filter(channel => all.some(kind => kind.purpose === purpose && kind.channel === channel))
      .map(channel => ({ purpose, channel })),
  )
}

/** What a ticket tells its customer. */
const notice: MessageKind = { purpose: 'service', channel: 'wecom' }

function tellsCustomers({ tickets, actions }: Blueprint): boolean {
  return Object.values(tickets).some(({ nodes, clocks }) =>
    Object.values(nodes).some(node => {
      const marks = [...clocks, ...node.clocks].flatMap(clock => clock.marks)
      const acts = [...marks, ...node.reactions].flatMap(each => each.acts)
      const sends = node.run !== undefined && actions[node.run.action]?.sends === true
      return (
        sends || node.public?.notify || acts.some(act => act.act === 'notify' && act.to.includes('customer'))
      )
    }),
  )
}

function boundOf(
  blueprint: Blueprint,
  { kind, per, rows }: { kind: MessageKind; per: Window; rows: readonly GateRow[] },
): SendBound {
  const hasNotices =
    kind.purpose === notice.purpose && kind.channel === notice.channel && tellsCustomers(blueprint)
  const most = (putOffMs: number) =>
    Object.entries(blueprint.sops).flatMap(([sop, declared]) => {
      const count = mostAsked(blueprint, declared, { kind, stretch: { per, putOffMs } })
      return count === 0 ? [] : [{ sop, most: count }]
    })
  const sops = most(0)
  const put = hasNotices ? null : total(most(longestPutOff(blueprint, rows)).map(each => each.most))
  const isExact = !hasNotices && sops.every(({ sop }) => isPlain(blueprint, blueprint.sops[sop]!))
  return {
    ...{ ...kind, per, sops, hasNotices, isExact: isExact && independent(blueprint, sops) },
    asked: hasNotices ? null : total(sops.map(each => each.most)),
    passed: least([put, ...capsOver(blueprint, rows, per)]),
  }
}

/** Caps of the window itself, and those of shorter ones as often as they fit into it. */
function capsOver(blueprint: Blueprint, rows: readonly GateRow[], per: Window): (number | null)[] {
  const times: Readonly<Record<Window, Partial<Record<Window, number>>>> = {
    day: { day: 1, week: 1, month: 1 },
    week: { day: 7, week: 1, month: 2 },
    // A month of 31 days may touch six weeks.
    month: { day: 31, week: 6, month: 1 },
  }
  return windows.map(window => {
    const cap = capOfAll(blueprint, rows, window)
    return cap === null ? null : cap * times[per][window]!
  })
}

/** How much later than it was asked for a message may be let through. */
function longestPutOff(blueprint: Blueprint, rows: readonly GateRow[]): number {
  const deferring = rows.filter(({ row }) => row.beyond === 'defer')
  if (
    deferring.some(({ row }) =>
      windows.some(per => capOf(blueprint, row, per) !== null || countsBy(row, per)),
    )
  )
    return MAX_DEFER_MS
  const quiet = deferring.filter(({ row }) => row.quiet !== null)
  if (quiet.length === 0) return 0
  // Whichever of the rows bind: the next minute at which none of them is quiet is at most a day away, if there is one.
  return freeMinutes(quiet).length === 0 ? MAX_DEFER_MS : windowMs(blueprint.pack.zone, 'day')
}

const countsBy = ({ perDay, perWeek, perMonth }: GateRow['row'], per: Window) =>
  ({ day: perDay, week: perWeek, month: perMonth })[per] !== null

/**
 * Whether the most that an SOP may ask for is what it does ask for in some course of events: it begins by an event, whenever
 * that comes, and has no condition, no choice and no month in it.
 */
function isPlain(blueprint: Blueprint, { triggers, steps, reactions, stops, goal }: SopBlueprint): boolean {
  const isLength = ({
    duration,
    hours,
  }: {
    duration: { op: string; value?: unknown }
    hours: string | null
  }) => hours === null && duration.op === 'const' && !String(duration.value).endsWith('mo')
  const begins = triggers.every(({ on, when, once }) => on === 'event' && !when && (!once || isLength(once)))
  const goesOn = steps.every(step => {
    if (step.step === 'wait') return step.until === null && isLength(step.span)
    return step.step !== 'until' && !step.when
  })
  const isUndisturbed = reactions.length === 0 && stops.length === 0 && goal === null
  return begins && goesOn && isUndisturbed && !changesClock(blueprint.pack.zone)
}

/** SOPs that begin by events of their own may be at their busiest at once. */
function independent(blueprint: Blueprint, sops: readonly { readonly sop: string }[]): boolean {
  const events = sops.flatMap(({ sop }) => blueprint.sops[sop]!.triggers.map(({ subject }) => subject))
  return new Set(events).size === events.length
}

function total(counts: readonly (number | null)[]): number | null {
  return counts.reduce((sum, count) => (sum === null || count === null ? null : sum + count), 0)
}

function least(bounds: readonly (number | null)[]): number | null {
  const known = bounds.filter(bound => bound !== null)
  return known.length === 0 ? null : Math.min(...known)
}
