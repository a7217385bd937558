import type { Candidate } from '#core/otherwise'
import { addDays, boundOf, localDate } from '#core/values'
import { judge, type GateQuestion, type Judgement } from './judge.ts'
import type { SendCase } from './otherwise.ts'

/** So often the next end of what stands in the way is looked for. */
const HOPS = 6
const MINUTE = 60_000

/** When the gate may judge otherwise for the time alone: ends of quiet hours and of windows ahead; beginnings of quiet hours. */
export function instantsFor(send: SendCase): Candidate[] {
  const question = questionOf(send)
  const now = judge(question)
  const ahead = now.verdict === 'allow' ? quietStarts(question, now) : endsAhead(question, now)
  const behind = now.verdict === 'allow' ? [] : beforeQuiet(question, now)
  const ranked = (instants: readonly number[]): Candidate[] =>
    instants.map((to, index) => ({ to, rank: index + 1, side: 0 }))
  return [...ranked(ahead), ...ranked(behind)]
}

function questionOf({ world, ...rest }: SendCase): GateQuestion {
  return { ...rest, blueprint: world.blueprint, facts: world.fresh(), zone: world.zone }
}

function endsAhead(question: GateQuestion, now: Judgement): number[] {
  const instants: number[] = []
  let judged = now
  for (let hop = 0; hop < HOPS; hop++) {
    const ends = judged.reasons.flatMap(reason =>
      reason.reason === 'quiet' || reason.reason === 'cap' ? [reason.until] : [],
    )
    if (ends.length === 0) break
    const next = Math.max(...ends)
    instants.push(next)
    judged = judge({ ...question, at: next })
  }
  return instants
}

/** The quiet hours of the rows that let a message pass, when they begin next. */
function quietStarts({ blueprint, at, zone }: GateQuestion, { reasons }: Judgement): number[] {
  const today = localDate(at, zone)
  const starts = reasons.flatMap(reason => {
    const quiet = reason.reason === 'row' ? blueprint.limits[reason.limit]!.rows[reason.row]!.quiet : null
    if (!quiet) return []
    return [today, addDays(today, 1)].map(date => boundOf(`${date} ${quiet.from}`, zone))
  })
  return [...new Set(starts)].filter(start => start > at).sort((a, b) => a - b)
}

/** The last minute before the quiet hours that stand in the way. */
function beforeQuiet({ at, zone }: GateQuestion, { reasons }: Judgement): number[] {
  const today = localDate(at, zone)
  const starts = reasons.flatMap(reason =>
    reason.reason === 'quiet'
      ? [addDays(today, -1), today].map(date => boundOf(`${date} ${reason.from}`, zone) - MINUTE)
      : [],
  )
  return [...new Set(starts)].filter(start => start < at).sort((a, b) => b - a)
}
