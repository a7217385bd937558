import { explainJudgement, judgeSend, sendOtherwise, sendOtherwiseWords, type Judgement } from '#core/limit'
import type { Purpose } from '#core/blueprint'
import type { ExplanationReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import type { Tx } from '../store/index.ts'
import type { DeskRow } from '../store/load-desk.ts'
import { notFound } from './problem.ts'
import { deskOf } from './run-command.ts'
import { judgeForDesk, loadSendCases, type PackCase } from './send-case.ts'

interface Judged {
  readonly id: string
  readonly customer: string
  readonly text: string | null
  readonly purpose: Purpose | null
  readonly channel: string | null
  readonly state: string
  readonly pack: string | null
  readonly verdict: Judgement & { readonly at: number }
}

const MAX_SENDS = 50

/** The messages of a ticket that came before the gate, or one of them by its id, with what would have decided otherwise. */
export async function explainSends(
  tx: Tx,
  { ticket, id }: { readonly ticket?: string; readonly id?: string },
): Promise<ExplanationReply[]> {
  const rows = await tx.query<Judged>(
    `select id, to_id as customer, body->>'text' as text, purpose, channel, state, pack, verdict from outbox
     where to_kind = 'customer' and verdict is not null and ($1::text is null or ticket_id = $1)
       and ($2::text is null or id = $2)
     order by created_at desc, id limit ${MAX_SENDS}`,
    [ticket ?? null, id ?? null],
  )
  const desk = await deskOf(tx)
  const replies: ExplanationReply[] = []
  for (const row of rows.reverse()) replies.push(await explainSend(tx, desk, row))
  return replies
}

/** One message of the gate. Throws Problem. */
export function explainOneSend(deps: Deps, tenant: string, id: string): Promise<ExplanationReply> {
  return deps.store.snapshot(tenant, async tx => {
    const [reply] = await explainSends(tx, { id })
    if (!reply) throw notFound()
    return reply
  })
}

/** Judged again by what is known now; only what comes out as it was judged then is spoken of. */
async function explainSend(tx: Tx, desk: DeskRow, row: Judged): Promise<ExplanationReply> {
  const { id, customer, text, purpose, channel, state, pack, verdict } = row
  const message = { purpose: purpose ?? 'service', channel: channel ?? 'wecom', text: text ?? '' }
  const cases = await loadSendCases(tx, { desk, pack, customer, message, id, at: verdict.at })
  const { zone } = cases[0]!.world
  const stale = !isSame(judgeForDesk(cases), verdict)
  return {
    ...{ of: 'send', seq: null, at: verdict.at, actor: { kind: 'system', id: 'gate' }, stale },
    happened: { kind: 'send-judged', ...{ id, customer, state, ...message } } as ExplanationReply['happened'],
    trace: verdict,
    why: explainJudgement(verdict, zone),
    otherwise: stale ? [] : otherwiseFor(cases),
  }
}

/** Where several packs keep a message back, no change to what one of them reads would send it. */
function otherwiseFor(cases: readonly PackCase[]): ExplanationReply['otherwise'] {
  const held = cases.filter(send => judgeSend(send).verdict !== 'allow')
  if (held.length > 1) return []
  const send = held[0] ?? cases[0]!
  return sendOtherwise(send).map(one => ({
    ...sendOtherwiseWords(send.world, one),
    ...{ line: null, row: null, step: null },
  }))
}

function isSame(again: Judgement, recorded: Judgement): boolean {
  const told = ({ verdict, reasons }: Judgement) => [
    verdict,
    ...reasons.map(reason => canonical(reason)).sort(),
  ]
  return told(again).join() === told(recorded).join()
}

/** The database does not keep the order of names. */
function canonical(reason: object): string {
  return JSON.stringify(Object.entries(reason).sort(([a], [b]) => (a < b ? -1 : 1)))
}
