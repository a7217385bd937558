import type { Blueprint } from '#core/blueprint'
import {
  decide,
  hasRunning,
  isRefusal,
  type Asker,
  type Command,
  type Decision,
  type Refusal,
} from '#core/desk'
import type { Deps } from '../deps.ts'
import { commitDecision } from '../store/commit-decision.ts'
import { newestFor } from '../store/desk-packs.ts'
import type { Tx } from '../store/index.ts'
import { loadBlueprint, loadDesk, type DeskRow } from '../store/load-desk.ts'
import { loadFacts, type About } from '../store/load-facts.ts'
import { resumeMove } from '../store/ticket-moves.ts'
import { lockTicket, type TicketRow } from '../store/ticket-rows.ts'
import { noticeComplaint } from './complaints.ts'
import { noticeLink } from './customer-link.ts'
import { aboutOpening, openingVersion } from './opening-version.ts'
import { notFound, Problem } from './problem.ts'

/** Who asks: a person of the desk by id, the customer, or the desk's own clock. */
export type Who = Asker['actor']

export interface Request {
  readonly tenant: string
  readonly ticket: string
  readonly who: Who
  readonly command: Command
  /** Business time, epoch ms; without it, now. */
  readonly at?: number
}

/** The one verb shape: load, decide, commit; inside a transaction of the ticket's tenant. */
export async function runCommand(deps: Deps, tx: Tx, request: Request): Promise<Decision | Refusal> {
  const { tenant, command, who } = request
  const desk = await deskOf(tx)
  const row = command.command === 'open' ? undefined : await lockTicket(tx, request.ticket)
  if (command.command !== 'open' && !row) throw notFound()
  const under = row
    ? { hash: row.blueprintHash, blueprint: await loadBlueprint(tx, row.blueprintHash) }
    : await openingVersion(tx, desk, command as Command & { command: 'open' })
  const { blueprint, hash: blueprintHash } = under
  const about = row
    ? aboutTicket(blueprint, row, command)
    : aboutOpening(under, command as Command & { command: 'open' })
  const facts = await loadFacts(tx, { blueprint, desk, about })
  const asker: Asker = { actor: who, roles: rolesOf(facts.staff, who) }
  const at = request.at ?? deps.now() + desk.clockOffsetMs
  const question = { blueprint, newest: newestFor(desk, under), state: row?.state, asker, at, facts }
  const answer = decide(question, command)
  if (isRefusal(answer)) return answer
  const link = await noticeLink(deps, tx, { tenant, blueprint, decision: answer })
  const pack = blueprint.pack.name
  await commitDecision(tx, { tenant, pack, blueprintHash, decision: answer, at, isNew: !row, link })
  if (command.command === 'open' && command.customer !== null)
    await noticeComplaint(tx, { tenant, desk, kind: command.ticket, customer: command.customer, at })
  const { id, seq } = answer.state
  if (row && hasRunning(row.state) && !hasRunning(answer.state)) await resumeMove(tx, tenant, id)
  tx.afterCommit(() => deps.bus.publish({ desk: tenant, kind: 'ticket', id, seq }))
  return answer
}

/** The desk of this transaction; throws when nothing is published on it yet. */
export async function deskOf(tx: Tx): Promise<DeskRow> {
  const desk = await loadDesk(tx)
  if (!desk) throw notFound()
  if (desk.packs.length === 0) throw new Problem('nothing-published', 409)
  return desk
}

/** A refusal as a problem: what is wrong with the request, or with the moment. */
export function refused({ refused: code, params, problems }: Refusal): Problem {
  const status = unfit.has(code) ? 422 : forbidden.has(code) ? 403 : 409
  return new Problem(code, status, { params, ...(problems && { fields: problems }) })
}

const unfit: ReadonlySet<string> = new Set(['fields', 'entry', 'subject'])
const forbidden: ReadonlySet<string> = new Set(['role', 'field-forbidden'])

function rolesOf(staff: readonly { id: string; roles: readonly string[] }[], who: Who): readonly string[] {
  return who.kind === 'staff' ? (staff.find(({ id }) => id === who.id)?.roles ?? []) : []
}

function aboutTicket(blueprint: Blueprint, { state }: TicketRow, command: Command): About {
  const { form } = blueprint.tickets[state.kind]!
  const subject = command.command === 'about' ? command.subject : state.subject
  return { id: state.id, form, customer: state.customer, subject, fields: state.fields }
}
