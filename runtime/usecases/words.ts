import { explainJudgement } from '#core/limit'
import { isRefusal, maySpeak } from '#core/desk'
import type { WordsJudgedReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import type { Tx } from '../store/index.ts'
import { loadBlueprint, type DeskRow } from '../store/load-desk.ts'
import { loadStaff } from '../store/load-facts.ts'
import { once } from '../store/once.ts'
import { findTicket, type TicketRow } from '../store/ticket-rows.ts'
import { isAgain } from './deliveries.ts'
import { lockCustomer, releaseSends, REPLIES_PER_WINDOW } from './gate-sends.ts'
import { notFound, Problem } from './problem.ts'
import { replyReach } from './reply-reach.ts'
import { deskOf, refused, runCommand } from './run-command.ts'
import { judgeForDesk, loadSendCases } from './send-case.ts'
import type { Act, TicketStep } from './tickets.ts'

/** What somebody says on a ticket, to its customer or to staff alone. */
export interface Words {
  readonly id: string
  readonly to: 'customer' | 'staff'
  readonly text: string
}

/**
 * Leaves words on an open ticket. An answer waits for the send gate as notices do; one that could not go to the customer now, or
 * that the gate would stop for good, is refused. Throws Problem.
 */
export function sayWords(deps: Deps, act: Act, { id, to, text: written }: Words): Promise<TicketStep> {
  const { tenant, who } = act
  const text = written.trim()
  return deps.store.inTenant(tenant, tx =>
    once(tx, { tenant, at: deps.now(), request: act.idempotency }, async () => {
      if (text === '') throw new Problem('words-empty', 422)
      // Why before the decision: what it says does not take its own place in the window.
      const fault = to === 'customer' ? await whyNot(deps, tx, id, text) : undefined
      const command = { command: 'say', to, text } as const
      const answer = await runCommand(deps, tx, { tenant, ticket: id, who, command })
      // Why the refusal first: who may not speak learns nothing else. A problem takes the decision back.
      if (isRefusal(answer)) throw refused(answer)
      if (fault) throw fault
      const { seq, tokens, outcome } = answer.state
      return { id, seq, nodes: Object.keys(tokens), outcome }
    }),
  )
}

/** What the send gate would make of an answer now; nothing is kept. Throws Problem. */
export function judgeWords(
  deps: Deps,
  { tenant, id, text }: { tenant: string; id: string; text: string },
): Promise<WordsJudgedReply> {
  return deps.store.snapshot(tenant, async tx => {
    const ticket = await findTicket(tx, id)
    if (!ticket) throw notFound()
    return judged(deps, tx, ticket, text.trim())
  })
}

/** Sends a message of a ticket that surely did not arrive once more, through the gate again: the same row, once. Throws Problem. */
export function sendAgain(deps: Deps, act: Act, { id, send }: { id: string; send: string }): Promise<void> {
  const { tenant, who } = act
  return deps.store.inTenant(tenant, async tx => {
    const ticket = await findTicket(tx, id)
    if (!ticket) throw notFound()
    const blueprint = await loadBlueprint(tx, ticket.blueprintHash)
    const roles = (await loadStaff(tx)).find(person => person.id === who.id)?.roles ?? []
    const refusal = maySpeak({ blueprint, state: ticket.state, asker: { actor: who, roles } })
    if (refusal) throw refused(refusal)
    const { customer } = ticket.state
    if (customer !== null) await lockCustomer(tx, customer)
    const [row] = await tx.query<{ state: string; reason: string | null }>(
      `select state, reason from outbox where id = $1 and ticket_id = $2 and to_kind = 'customer' for update`,
      [send, id],
    )
    if (!row) throw notFound()
    if (!isAgain(row.state, row.reason)) throw new Problem('send-not-failed', 409)
    await releaseSends(tx, [send])
    await tx.query(
      `update outbox set state = 'queued', reason = null, attempts = 0, way = null, cleared_at = null where id = $1`,
      [send],
    )
    tx.enqueue('outbox', { tenant })
    tx.afterCommit(() => deps.bus.publish({ desk: tenant, kind: 'ticket', id, seq: ticket.state.seq }))
  })
}

/** Why an answer could not go to the ticket's customer now; undefined when it could, or where the engine says why not. */
async function whyNot(deps: Deps, tx: Tx, id: string, text: string): Promise<Problem | undefined> {
  const ticket = await findTicket(tx, id)
  if (!ticket || ticket.state.customer === null) return undefined
  const { at, pack } = await placeOf(deps, tx, ticket)
  const { unreachable } = await replyReach(tx, { customer: ticket.state.customer, pack, at })
  if (unreachable !== null)
    return new Problem(unreachable, 409, { params: { max: String(REPLIES_PER_WINDOW) } })
  const { verdict, why } = await judged(deps, tx, ticket, text)
  return verdict === 'drop'
    ? new Problem('reply-stopped', 409, { params: { zh: why.zh.join('；'), en: why.en.join('; ') } })
    : undefined
}

/** Judged as the gate will: it is asked again when the message leaves. */
async function judged(deps: Deps, tx: Tx, ticket: TicketRow, text: string): Promise<WordsJudgedReply> {
  const { customer } = ticket.state
  if (customer === null) throw new Problem('reply-nobody', 409)
  const { desk, at, pack, zone } = await placeOf(deps, tx, ticket)
  const message = { purpose: 'service', channel: 'wecom', text } as const
  const judgement = judgeForDesk(await loadSendCases(tx, { desk, pack, customer, message, id: '', at }))
  const { verdict, until } = judgement
  // Why: beside what stands in the way, what would allow it says nothing.
  const reasons = judgement.reasons.filter(({ reason }) => verdict === 'allow' || reason !== 'row')
  return { verdict, until, why: explainJudgement({ reasons }, zone) }
}

async function placeOf(
  deps: Deps,
  tx: Tx,
  { blueprintHash }: TicketRow,
): Promise<{ desk: DeskRow; pack: string; zone: string; at: number }> {
  const desk = await deskOf(tx)
  const { pack } = await loadBlueprint(tx, blueprintHash)
  return { desk, pack: pack.name, zone: pack.zone, at: deps.now() + desk.clockOffsetMs }
}
