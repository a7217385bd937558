import { momentOf } from '#core/sop'
import { readRecord } from '#core/form'
import type { Tx } from '../store/index.ts'
import type { DeskPack, DeskRow } from '../store/load-desk.ts'
import { followReferences } from '../store/load-facts.ts'
import { customerOf } from './customer-of.ts'
import { sopTriggers, type SopTrigger } from './enrol.ts'
import { setTimer } from './gate-sends.ts'

/** A timer at whose instant a record brings its customer into an SOP. */
export const MOMENT = 'moment'
/** A timer that goes through the records that were there before the SOP. */
export const MOMENTS = 'moments'

const BATCH = 500

interface At {
  readonly desk: DeskRow
  /** Business time, epoch ms. */
  readonly at: number
}

interface RecordId {
  readonly entity: string
  readonly key: string
}

/** Sets the timers for what SOPs do at a date of this record; moments that are over set none. */
export async function awaitMoments(tx: Tx, { desk, at }: At, { entity, key }: RecordId): Promise<void> {
  const waiting = momentTriggers(desk).filter(({ trigger }) => trigger.subject === entity)
  for (const pack of new Set(waiting.map(entry => entry.pack))) {
    const own = waiting.filter(entry => entry.pack === pack)
    await awaitMomentsOf(tx, { desk, at, pack, waiting: own }, { entity, key })
  }
}

async function awaitMomentsOf(
  tx: Tx,
  { desk, at, pack, waiting }: At & { readonly pack: DeskPack; readonly waiting: readonly SopTrigger[] },
  { entity, key }: RecordId,
): Promise<void> {
  const { blueprint, settings } = pack
  const customer = await customerOf(tx, blueprint, { entity, key })
  const records = await followReferences(tx, { blueprint, desk }, [[entity, key]])
  const record = readRecord(blueprint, { records, settings }, { entity, key })
  for (const { sop, trigger, index } of waiting) {
    const id = `${MOMENT}/${sop}/${index}/${key}`
    const dueAt = customer === undefined ? undefined : momentOf(blueprint, trigger, record)
    if (dueAt === undefined || dueAt <= at) await tx.query('delete from timer where id = $1', [id])
    else {
      const ref = { sop, trigger: String(index), entity, key, customer: customer! }
      await setTimer(tx, { id, kind: MOMENT, dueAt, ref })
    }
  }
}

/** Begins anew with the moments of a version: those of the version before are forgotten, every record is looked at. */
export async function restartMoments(tx: Tx, { desk, at }: At): Promise<void> {
  await tx.query('delete from timer where kind = any($1)', [[MOMENT, MOMENTS]])
  await lookAtMoments(tx, { desk, at })
}

/** Has every record looked at for the moments SOPs wait for, as after many were written at once. */
export async function lookAtMoments(tx: Tx, { desk, at }: At): Promise<void> {
  if (entitiesOf(desk).length === 0) return
  await setTimer(tx, { id: MOMENTS, kind: MOMENTS, dueAt: at, ref: { entity: '', key: '' } })
}

/** The next records behind one, in order; then the following ones. */
export async function continueMoments(tx: Tx, { desk, at }: At, behind: RecordId): Promise<void> {
  const records = await tx.query<RecordId>(
    `select entity, key from record where entity = any($1) and (entity, key) > ($2, $3)
     order by entity, key limit ${BATCH}`,
    [entitiesOf(desk), behind.entity, behind.key],
  )
  for (const record of records) await awaitMoments(tx, { desk, at }, record)
  const last = records.at(-1)
  if (last && records.length === BATCH)
    await setTimer(tx, { id: MOMENTS, kind: MOMENTS, dueAt: at, ref: { ...last } })
}

const momentTriggers = (desk: DeskRow): SopTrigger[] =>
  sopTriggers(desk).filter(({ trigger }) => trigger.on === 'moment')

const entitiesOf = (desk: DeskRow): string[] => momentTriggers(desk).map(({ trigger }) => trigger.subject)
