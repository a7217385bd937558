import type { Tx } from '../store/index.ts'

/** Ends the journeys of a pack that are under way, or those that were only tried out. */
export async function stopEnrolments(tx: Tx, pack: string, which: 'all' | 'trial'): Promise<void> {
  const own = `blueprint_hash in (select blueprint_hash from desk_version where pack = $1)
    ${which === 'trial' ? 'and trial' : ''}`
  await tx.query(
    `delete from timer where kind = 'sop' and ref->>'enrolment' in (select id from enrolment where ${own})`,
    [pack],
  )
  await tx.query(
    `update enrolment set status = 'stopped', state = state || '{"status":"stopped","dueAt":null}'
     where ${own} and status in ('running', 'watching')`,
    [pack],
  )
}
