import {
  changedFacts,
  inputsOf,
  nearest,
  wholeMinute,
  type Change,
  type Changed,
  type Input,
  type Place,
  type World,
} from '#core/otherwise'
import type { SpanBlueprint } from '#core/blueprint'
import { spanInstant, type TimeFrame } from './span.ts'

/** A clock that ran from one instant (epoch ms) to another, or is looked at then while it runs. */
export interface ClockRun {
  readonly span: SpanBlueprint
  readonly frame: TimeFrame
  readonly startedAt: number
  readonly endedAt: number
}

/** How a clock stands: in time, or over; null when the calendar does not reach that far. */
export interface ClockVerdict {
  readonly late: boolean
  readonly dueAt: number
}

/** A clock's names beside those its length reads: when it started and when it was answered. */
export const CLOCK_STARTED = '(started)'
export const CLOCK_ENDED = '(ended)'

/** What is done at the very instant a clock is due is late: the timer fires first. */
export function clockVerdict(
  world: World,
  run: ClockRun,
  changes: readonly Changed<Place>[] = [],
): ClockVerdict | null {
  const { span, frame } = run
  const instant = (name: string, otherwise: number) =>
    (changes.find(change => change.name.path[0] === name)?.to as number | undefined) ?? otherwise
  const rest = changes.filter(({ name }) => name.path[0] !== CLOCK_STARTED && name.path[0] !== CLOCK_ENDED)
  const facts = changedFacts(world, rest)
  const from = instant(CLOCK_STARTED, run.startedAt)
  const due = spanInstant(world.blueprint, { span, facts, frame }, { from, thousandths: 1000 })
  return 'at' in due ? { late: due.at <= instant(CLOCK_ENDED, run.endedAt), dueAt: due.at } : null
}

/** A change after which a clock is met that was missed, or the other way round. */
export interface ClockOtherwise {
  readonly changes: readonly Change<Place>[]
  readonly late: boolean
  readonly dueAt: number
}

/** The smallest changes of a clock's run, to the minute: answered earlier, started later, or of another length. */
export function clockOtherwise(world: World, run: ClockRun): ClockOtherwise[] {
  const now = clockVerdict(world, run)
  if (!now) return []
  const decide = (changes: readonly Changed<Place>[]) => String(clockVerdict(world, run, changes)?.late ?? '')
  const inputs = [
    endInput(run, now.dueAt),
    startInput(run),
    ...inputsOf(world, [{ code: run.span.duration }]),
  ]
  const wanted = (decision: string) => decision === String(!now.late)
  return nearest({ inputs, decide, wanted }).map(({ changes }) => ({
    changes,
    ...clockVerdict(world, run, changes)!,
  }))
}

const MINUTE = 60_000
const instants = { kind: 'datetime' } as const

/** The whole minutes on both sides of the instant that is due. */
function endInput({ startedAt, endedAt }: ClockRun, dueAt: number): Input<Place> {
  const after = Math.ceil(dueAt / MINUTE) * MINUTE
  const tried = [
    { to: after - MINUTE, rank: 1, side: -1 as const },
    { to: after, rank: 1, side: 1 as const },
  ]
  return {
    name: { path: [CLOCK_ENDED], type: instants },
    from: endedAt,
    tried: tried.filter(({ to, side }) => to >= startedAt && (side > 0 ? to > endedAt : to < endedAt)),
  }
}

/** Minute by minute; nothing starts after it was answered. */
function startInput({ startedAt, endedAt }: ClockRun): Input<Place> {
  const away = (steps: number) => {
    const to = wholeMinute(startedAt, steps)
    return to <= endedAt && Math.abs(to - startedAt) <= MAX_MOVE ? to : undefined
  }
  return { name: { path: [CLOCK_STARTED], type: instants }, from: startedAt, tried: [], away }
}

const MAX_MOVE = 366 * 24 * 3_600_000
