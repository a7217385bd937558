import { firstTurn, NOW, wholeMinute, type Candidate } from '#core/otherwise'
import { addDays, boundOf, localDate } from '#core/values'
import type { Judgement } from './judge.ts'
import { judgeSend, type SendCase } from './otherwise.ts'

/** So often the next end of what stands in the way is looked for. */
const HOPS = 6
const MINUTE = 60_000
const MAX_MINUTES = 400 * 24 * 60

/** When the gate may judge otherwise for the time alone: ends of all that stands in the way, beginnings of quiet hours. */
export function instantsFor(send: SendCase): Candidate[] {
  const now = judgeSend(send)
  const isSent = now.verdict === 'allow'
  const ahead = isSent ? quietStarts(send, now) : endsAhead(send, now)
  const behind = isSent ? [] : beforeQuiet(send, now)
  return [...ranked(ahead), ...ranked(behind)]
}

function ranked(instants: readonly number[]): Candidate[] {
  return instants.map((to, index) => ({ to, rank: index + 1, side: 0 }))
}

function judgeAt(send: SendCase, at: number): Judgement {
  const name = { path: [NOW], type: { kind: 'datetime' } } as const
  return judgeSend(send, [{ name, to: at }])
}

/** Each time all that stands in the way then is over; something else may then stand in it. */
function endsAhead(send: SendCase, now: Judgement): number[] {
  const instants: number[] = []
  let judged = now
  let doSkipsEnd = true
  for (let hop = 0; hop < HOPS; hop++) {
    const ends = judged.reasons.flatMap(reason =>
      reason.reason === 'quiet' || reason.reason === 'cap' ? [reason.until] : [],
    )
    if (doSkipsEnd && isSkipped(judged)) {
      const end = endOfSkips(send, instants.at(-1) ?? send.at)
      doSkipsEnd = end !== undefined
      if (end !== undefined) ends.push(end)
    }
    if (ends.length === 0) break
    const next = Math.max(...ends)
    instants.push(next)
    judged = judgeAt(send, next)
  }
  return instants
}

/** The minute at which no `skip` holds any longer, where time alone ends them. */
function endOfSkips(send: SendCase, from: number): number | undefined {
  const steps = firstTurn(
    steps => !isSkipped(judgeAt(send, wholeMinute(from, steps))),
    steps => steps <= MAX_MINUTES,
  )
  return steps === undefined ? undefined : wholeMinute(from, steps)
}

function isSkipped({ reasons }: Judgement): boolean {
  return reasons.some(({ reason }) => reason === 'skip')
}

/** The quiet hours of the rows that let a message pass, when they begin next. */
function quietStarts({ world, at }: SendCase, { reasons }: Judgement): number[] {
  const today = localDate(at, world.zone)
  const starts = reasons.flatMap(reason => {
    if (reason.reason !== 'row') return []
    const { quiet } = world.blueprint.limits[reason.limit]!.rows[reason.row]!
    return quiet ? datesOf(quiet.from, [today, addDays(today, 1)], world.zone) : []
  })
  return [...new Set(starts)].filter(start => start > at).sort((a, b) => a - b)
}

/** The last minute before the quiet hours that stand in the way. */
function beforeQuiet({ world, at }: SendCase, { reasons }: Judgement): number[] {
  const today = localDate(at, world.zone)
  const starts = reasons.flatMap(reason =>
    reason.reason === 'quiet' ? datesOf(reason.from, [addDays(today, -1), today], world.zone) : [],
  )
  return [...new Set(starts)]
    .map(start => start - MINUTE)
    .filter(start => start < at)
    .sort((a, b) => b - a)
}

function datesOf(time: string, dates: readonly string[], zone: string): number[] {
  return dates.map(date => boundOf(`${date} ${time}`, zone))
}
