import type { Blueprint } from '#core/blueprint'
import { mappingFor, planMove, type Mapping, type Move, type TicketState } from '#core/desk'
import type { MissingReply, MoveGroupReply, MovePlanReply, MoveProgressReply } from '#core/wire'
import type { Deps } from '../deps.ts'
import type { Tx } from '../store/index.ts'
import { DRAINED, openVersions, type MoveDetail, type MoveState } from '../store/ticket-moves.ts'

const PAGE = 500
/** Of so many tickets each the numbers are told. */
const MAX_NUMBERS = 10
const MAX_UNMAPPED = 200

/** What would become of every open ticket of the pack if this version were published now; changes nothing. */
export async function planMoves(
  tx: Tx,
  { hash, blueprint }: { readonly hash: string; readonly blueprint: Blueprint },
): Promise<MovePlanReply> {
  const versions = new Map(
    (await openVersions(tx, blueprint.pack.name)).map(version => [version.hash, version.blueprint]),
  )
  const groups = new Map<string, MoveGroupReply>()
  for await (const { number, state, hash: under, drained } of openTickets(tx, blueprint.pack.name)) {
    if (under === hash) continue
    const group = groupOf({ before: versions.get(under)!, after: blueprint }, { state, drained })
    const key = JSON.stringify(group)
    const { count, numbers } = groups.get(key) ?? { count: 0, numbers: [] }
    const shown = numbers.length < MAX_NUMBERS ? [...numbers, number] : numbers
    groups.set(key, { ...group, count: count + 1, numbers: shown })
  }
  const all = [...groups.values()]
  const sum = (move: MoveGroupReply['move']) =>
    all.filter(group => group.move === move).reduce((total, { count }) => total + count, 0)
  return {
    ...{ auto: sum('auto'), stays: sum('stays'), needsMapping: sum('needs-mapping'), unsaid: sum('unsaid') },
    groups: all.sort((a, b) => order.indexOf(a.move) - order.indexOf(b.move) || b.count - a.count),
  }
}

const order: readonly MoveGroupReply['move'][] = ['needs-mapping', 'unsaid', 'stays', 'auto']

/** How far the tickets are on their way to a version, and which have no place there. */
export function showMoves(deps: Deps, tenant: string, seq: number): Promise<MoveProgressReply> {
  return deps.store.snapshot(tenant, async tx => {
    const counts = await tx.query<{ state: MoveState; count: number }>(
      'select state, count(*)::int as count from ticket_move where seq = $1 group by state',
      [seq],
    )
    const of = (state: MoveState) => counts.find(row => row.state === state)?.count ?? 0
    const lost = await tx.query<{ number: number; detail: MoveDetail }>(
      `select t.number, m.detail from ticket_move m join ticket t on t.tenant = m.tenant and t.id = m.ticket_id
       where m.seq = $1 and m.state = 'unmapped' order by t.number limit ${MAX_UNMAPPED}`,
      [seq],
    )
    return {
      ...{ pending: of('pending'), waiting: of('waiting'), moved: of('moved'), stays: of('stays') },
      ...{ needsMapping: of('unmapped'), superseded: of('superseded') },
      unmapped: lost.map(({ number, detail }) => ({ number, missing: detail.missing ?? [] })),
    }
  })
}

type Group = Omit<MoveGroupReply, 'count' | 'numbers'>

function groupOf(
  { before, after }: { before: Blueprint; after: Blueprint },
  { state, drained }: { state: TicketState; drained: boolean },
): Group {
  const mapping = mappingFor(after, before)
  const stays = { move: 'stays', ticket: state.id, because: 'drained' } as const
  const move = drained ? stays : mapping && planMove({ before, after, mapping }, state)
  const [was, is] = [before.tickets[state.kind]!, after.tickets[state.kind]]
  const renamed = move?.move === 'auto' ? Object.values(move.places) : []
  return {
    ...{ move: move?.move ?? 'unsaid', from: before.pack.version, ticket: was.label },
    places: Object.keys(state.tokens).map(node => was.nodes[node]!.label),
    to: renamed.map(name => is?.nodes[name]?.label ?? name),
    because: move?.move === 'stays' ? move.because : null,
    fits: !move && planMove({ before, after, mapping: nothingRenamed }, state).move !== 'needs-mapping',
    missing: missingOf(move),
  }
}

/** What `migrate from n {}` says. */
const nothingRenamed: Mapping = { nodes: {}, fields: {}, values: {}, drains: [] }

/** What has no place; nothing when all has one. */
function missingOf(move: Move | undefined): readonly MissingReply[] {
  return move?.move === 'needs-mapping' ? move.missing : []
}

interface OpenTicket {
  readonly id: string
  readonly number: number
  readonly hash: string
  readonly state: TicketState
  readonly drained: boolean
}

async function* openTickets(tx: Tx, pack: string) {
  for (let last = ''; ;) {
    const rows = await tx.query<OpenTicket>(
      `select t.id, t.number, t.blueprint_hash as hash, t.state, ${DRAINED} as drained from ticket t
       where t.status = 'open' and t.id > $1
         and t.blueprint_hash in (select blueprint_hash from desk_version where pack = $2)
       order by t.id limit ${PAGE}`,
      [last, pack],
    )
    yield* rows
    if (rows.length < PAGE) return
    last = rows.at(-1)!.id
  }
}
