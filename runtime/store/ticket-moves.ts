import type { Blueprint } from '#core/blueprint'
import { mappingFor, type Missing } from '#core/desk'
import { json } from './index.ts'
import { loadBlueprint, type PackVersion } from './load-desk.ts'
import type { Tx } from './transaction.ts'

/**
 * How far the move of a ticket to a version is: `pending` until it is looked at, `waiting` while an action runs, then for good
 * `moved`, `stays` or `unmapped`; `superseded` when another version came before its turn.
 */
export type MoveState = 'pending' | 'waiting' | 'moved' | 'stays' | 'unmapped' | 'superseded'

/** Why it stays, or what has no place. */
export interface MoveDetail {
  readonly because?: string
  readonly missing?: readonly Missing[]
}

/** A ticket that drained once ends under its version, wherever it stands by now and whatever is published. */
export const DRAINED = `exists (select 1 from ticket_move d where d.tenant = t.tenant and d.ticket_id = t.id
  and d.state = 'stays' and d.detail->>'because' = 'drained')`

/** Lists the open tickets that a version says something of, those that are not listed yet; yields how many. */
export async function listMoves(tx: Tx, tenant: string, serving: PackVersion): Promise<number> {
  const before = await openVersions(tx, serving.blueprint.pack.name)
  const hashes = before.filter(({ blueprint }) => mappingFor(serving.blueprint, blueprint))
  const listed = await tx.query(
    `insert into ticket_move (tenant, seq, ticket_id, state)
     select $1, $2, t.id, 'pending' from ticket t
     where t.status = 'open' and t.blueprint_hash = any($3) and not ${DRAINED}
     on conflict do nothing returning ticket_id`,
    [tenant, serving.seq, hashes.map(({ hash }) => hash).filter(hash => hash !== serving.hash)],
  )
  return listed.length
}

/** The blueprints of a pack that open tickets are under. */
export async function openVersions(tx: Tx, pack: string): Promise<{ hash: string; blueprint: Blueprint }[]> {
  const rows = await tx.query<{ hash: string }>(
    `select distinct blueprint_hash as hash from ticket where status = 'open'
       and blueprint_hash in (select blueprint_hash from desk_version where pack = $1)`,
    [pack],
  )
  const found: { hash: string; blueprint: Blueprint }[] = []
  for (const { hash } of rows) found.push({ hash, blueprint: await loadBlueprint(tx, hash) })
  return found
}

/** The next tickets to be looked at, their rows locked; those that somebody else works on just now are left out. */
export async function takePending(tx: Tx, seq: number, limit: number): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select t.id from ticket_move m join ticket t on t.tenant = m.tenant and t.id = m.ticket_id
     where m.seq = $1 and m.state = 'pending' order by m.ticket_id limit $2 for update of t skip locked`,
    [seq, limit],
  )
  return rows.map(({ id }) => id)
}

export async function settleMove(
  tx: Tx,
  { seq, ticket }: { seq: number; ticket: string },
  { state, detail = {} }: { state: MoveState; detail?: MoveDetail },
): Promise<void> {
  await tx.query('update ticket_move set state = $3, detail = $4 where seq = $1 and ticket_id = $2', [
    ...[seq, ticket, state],
    json(detail),
  ])
}

/** The action has answered: the ticket is looked at again. Its row is locked by the caller. */
export async function resumeMove(tx: Tx, tenant: string, ticket: string): Promise<void> {
  const rows = await tx.query(
    `update ticket_move set state = 'pending' where ticket_id = $1 and state = 'waiting' returning seq`,
    [ticket],
  )
  if (rows.length > 0) tx.enqueue('moves', { tenant })
}

/** Whatever has not moved by now to a version of the pack does not move to it any more. */
export async function supersedeMoves(tx: Tx, pack: string): Promise<void> {
  await tx.query(
    `update ticket_move set state = 'superseded' where state in ('pending', 'waiting')
       and seq in (select seq from desk_version where pack = $1)`,
    [pack],
  )
}
