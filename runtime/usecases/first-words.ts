import type { Blueprint } from '#core/blueprint'
import type { FirstWordsReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import { loadDesk, type DeskRow } from '../store/load-desk.ts'
import { notFound, Problem } from './problem.ts'
import { deskOf } from './run-command.ts'

/** A kind of ticket that a customer's message may open, with the version that is in force for all. */
export interface ChatKind {
  readonly blueprint: Blueprint
  readonly ticket: string
}

/** The kinds that a customer's first words may open, of all packs that run, live ones first. */
function chatKinds({ running }: DeskRow): ChatKind[] {
  const live = running.filter(({ state }) => state === 'live')
  const others = running.filter(({ state }) => state !== 'live')
  return [...live, ...others].flatMap(({ blueprint }) =>
    Object.entries(blueprint.tickets).flatMap(([ticket, { entries }]) =>
      entries.includes('chat') ? [{ blueprint, ticket }] : [],
    ),
  )
}

/** The kind that a customer's first words open: the one that was chosen while a pack has it, else the first. */
export function openedByWords(desk: DeskRow): ChatKind | undefined {
  const kinds = chatKinds(desk)
  return kinds.find(({ ticket }) => ticket === desk.chatTicket) ?? kinds[0]
}

/** What customers' first words open, and what they might; nothing on a desk without a pack. Throws Problem. */
export function firstWords(deps: Deps, tenant: string): Promise<FirstWordsReply> {
  return deps.store.snapshot(tenant, async tx => {
    const desk = await loadDesk(tx)
    if (!desk) throw notFound()
    const kinds = chatKinds(desk).map(({ blueprint: { pack, tickets }, ticket }) => ({
      ...{ ticket, label: tickets[ticket]!.label, pack: pack.label },
    }))
    return { kinds, opens: openedByWords(desk)?.ticket ?? null }
  })
}

/** Says which kind of ticket customers' first words open. Throws Problem where no pack that runs has it. */
export function chooseFirstWords(deps: Deps, { tenant, ticket }: { tenant: string; ticket: string }) {
  return deps.store.inTenant(tenant, async tx => {
    const isKnown = chatKinds(await deskOf(tx)).some(kind => kind.ticket === ticket)
    if (!isKnown) throw new Problem('unknown-ticket', 422)
    await tx.query('update desk set chat_ticket = $1', [ticket])
  })
}
