import { takersOf, waitingNeed, type Question } from '#core/desk'
import { assign, type Need, type StaffFact, type Verdict } from '#core/routing'
import type { PlaceReply, PlaceRunReply, PlaceWantsReply } from '#core/wire'
import type { Tx } from '../store/index.ts'
import { silenceOf } from './gate-sends.ts'

/** `offsetMs`: how far the desk's time is ahead of real time. */
interface Viewed extends Question {
  readonly offsetMs: number
}

/** The places where a ticket stands: who holds each, whom it waits for, or how it is with its action. */
export async function placeViews(tx: Tx, question: Viewed): Promise<PlaceReply[]> {
  const { blueprint, facts } = question
  const state = question.state!
  const views: PlaceReply[] = []
  for (const [node, token] of Object.entries(state.tokens)) {
    const { label, by, run } = blueprint.tickets[state.kind]!.nodes[node]!
    const { since, team, assignee, clocks } = token
    const waits = state.closedAt === null && assignee === null && !run && by !== 'customer'
    const need = waits ? waitingNeed(question, node) : undefined
    views.push({
      ...{ node, label, by, since, team, assignee, clocks },
      takers: takersOf(question, node),
      run: run ? await runView(tx, question, { node, visit: token.visit, action: run.action }) : null,
      wants: need ? wantsOf(need, facts.staff, storeName(question, need)) : null,
    })
  }
  return views
}

/** What a place asks for, and how many have it. */
export function wantsOf(need: Need, staff: readonly StaffFact[], store: string | null): PlaceWantsReply {
  const verdicts = assign(need, staff).candidates.map(({ verdict }) => verdict)
  const count = (...wanted: readonly Verdict[]) => verdicts.filter(one => wanted.includes(one)).length
  const { role, team, skill, cap } = need
  return {
    ...{ role, team, skill, store, cap },
    lacking: lackingOf(verdicts),
    ...{ offShift: count('shift'), full: count('full'), free: count('chosen', 'later') },
  }
}

/** In the order in which people are judged. */
const asked = ['role', 'team', 'skill', 'store'] as const

/** Why nobody is left: the last thing asked for that somebody was turned away by. */
function lackingOf(verdicts: readonly Verdict[]): PlaceWantsReply['lacking'] {
  if (verdicts.some(verdict => !(asked as readonly Verdict[]).includes(verdict))) return null
  return asked.findLast(one => verdicts.includes(one)) ?? 'role'
}

function storeName({ facts }: Question, { store }: Need): string | null {
  return store === null ? null : String(facts.records.store?.[store]?.name ?? store)
}

interface RunAt {
  readonly node: string
  readonly visit: number
  readonly action: string
}

async function runView(
  tx: Tx,
  { blueprint, state, offsetMs }: Viewed,
  { node, visit, action }: RunAt,
): Promise<PlaceRunReply> {
  const pack = blueprint.pack.name
  const [run] = await tx.query<{ state: string; changedAt: number }>(
    `select state, changed_at::float8 as "changedAt" from action_run
     where ticket_id = $1 and node = $2 and visit = $3`,
    [state!.id, node, visit],
  )
  // Why asked of a queued one too: it is held as soon as it is looked at.
  const isHeld = run?.state === 'held' || run?.state === 'queued'
  const silence = isHeld ? await silenceOf(tx, { pack, kind: `action:${action}` }) : undefined
  const reached =
    run === undefined || run.state === 'done' ? 'ended' : run.state === 'held' ? 'queued' : run.state
  return {
    ...{ action, pack, state: silence ?? (reached as PlaceRunReply['state']) },
    againAt: run?.state === 'waiting' ? run.changedAt + offsetMs : null,
  }
}
