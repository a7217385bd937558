import {
  explainHistory,
  explainOpen,
  filledForm,
  personOf,
  rightOn,
  type Happening,
  type History,
} from '#core/desk'
import { explained, type ExplainedSort, type ExplanationReply, type OpenTransitionReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { newestFor } from '../store/desk-packs.ts'
import type { Tx } from '../store/index.ts'
import { loadBlueprint } from '../store/load-desk.ts'
import { loadFacts } from '../store/load-facts.ts'
import { findTicket, ticketEvents } from '../store/ticket-rows.ts'
import { explainSends } from './explain-send.ts'
import { notFound, Problem } from './problem.ts'
import { deskOf, type Who } from './run-command.ts'

/** Which happenings answer which question; messages are no part of a ticket's history. */
const answers: Readonly<Record<ExplainedSort, readonly Happening['kind'][]>> = {
  assignment: ['assigned'],
  transition: ['node-left', 'node-entered', 'region-entered', 'branch-done', 'region-left', 'closed'],
  price: ['priced', 'unpriced', 'settled'],
  clock: ['clock-started', 'clock-reached', 'escalated', 'notified', 'marked'],
  send: [],
}

/**
 * Why: the recorded decisions of the asked sorts (`price` or `price,clock`) with their traces, oldest first, then the
 * transitions that are open; each with what would have decided otherwise. Throws Problem.
 */
export function explainTicket(
  deps: Deps,
  { tenant, who, id, of }: { tenant: string; who: Who; id: string; of: string },
): Promise<ExplanationReply[]> {
  const sorts = of.split(',')
  if (!sorts.every(sort => Object.hasOwn(answers, sort)))
    throw new Problem('unknown-explanation', 422, { params: { known: explained.join(', ') } })
  return deps.store.snapshot(tenant, async tx => {
    const history = await historyOf(deps, tx, { who, id })
    const recorded = (sorts as ExplainedSort[]).flatMap(sort => ofSort(history, sort))
    const replies = recorded.sort((a, b) => a.seq! - b.seq!)
    const open = sorts.includes('transition') ? openOnes(history) : []
    const sends = sorts.includes('send') ? await explainSends(tx, { ticket: id }) : []
    return [...replies, ...open, ...sends]
  })
}

async function historyOf(deps: Deps, tx: Tx, { who, id }: { who: Who; id: string }): Promise<History> {
  const row = await findTicket(tx, id)
  if (!row) throw notFound()
  const desk = await deskOf(tx)
  const blueprint = await loadBlueprint(tx, row.blueprintHash)
  const filled = filledForm(blueprint, row.state)
  const facts = await loadFacts(tx, { blueprint, desk, about: { id, ...filled } })
  const person = personOf(who, facts.staff.find(one => one.id === who.id)?.roles ?? [])
  const { form } = filled
  const newest = newestFor(desk, { hash: row.blueprintHash, blueprint })
  return {
    ...{ blueprint, facts, events: await ticketEvents(tx, id) },
    now: deps.now() + desk.clockOffsetMs,
    mayRead: field => rightOn(newest, person, { form, field }) !== null,
  }
}

function ofSort(history: History, of: ExplainedSort): ExplanationReply[] {
  return explainHistory(history, new Set(answers[of])).map(({ event, otherwise, stale }) => ({
    ...{ of, ...event, otherwise, stale },
  }))
}

function openOnes(history: History): ExplanationReply[] {
  return explainOpen(history).map(({ node, event, target, otherwise }) => {
    const happened: OpenTransitionReply = { kind: 'transition-open', node, event, possible: target !== null }
    return {
      ...{ of: 'transition' as const, seq: null, at: history.now, happened, otherwise, stale: false },
      actor: { kind: 'system' as const, id: 'desk' },
    }
  })
}
