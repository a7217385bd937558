import type { PgBoss } from 'pg-boss'
import { connectPglite, connectPostgres, type Connection } from './connect.ts'
import { lockDataDir } from './lock.ts'
import { checkIsolation } from './self-check.ts'
import { runTransaction, type Limits, type Tx } from './transaction.ts'

/** How long one transaction may take before it is rolled back. */
export const DEADLINE_MS = 5_000

/** Start-up work (migrations aside) may take longer than a request. */
const CHECK_DEADLINE_MS = 30_000
/** Any number, the same in every process: who holds it migrates. */
const MIGRATION_LOCK = 0x61786c65

/** Where the data is: an embedded database below `dataDir`, or the PostgreSQL at `databaseUrl`. */
export type StoreOptions = {
  readonly dataDir: string
  readonly databaseUrl?: string
  /** Milliseconds, 5000 unless said otherwise. */
  readonly deadlineMs?: number
}

/** An open database; every access is one transaction. */
export type Store = {
  readonly kind: 'pglite' | 'postgres'
  /** One transaction that sees and writes this tenant's rows only; throws NestedTransactionError, DeadlineError. */
  inTenant<T>(tenant: string, work: (tx: Tx) => Promise<T>): Promise<T>
  /** Reads of this tenant's rows, all as they were at one moment, for answers made of several reads; a write is refused. */
  snapshot<T>(tenant: string, work: (tx: Tx) => Promise<T>): Promise<T>
  /** One transaction that sees all tenants: migrations, the catalogue, resolving a session, finding due timers. */
  asOwner<T>(work: (tx: Tx) => Promise<T>): Promise<T>
  /** The job queue, for `jobs` alone. */
  readonly boss: PgBoss
  /** Waits for open transactions, then releases connections and the lock. */
  close(): Promise<void>
}

/** Locks, connects, migrates and checks; throws DataInUseError, UnsafeStoreError. */
export async function openStore({
  dataDir,
  databaseUrl,
  deadlineMs = DEADLINE_MS,
}: StoreOptions): Promise<Store> {
  // Why: PostgreSQL orders its own clients, and several processes then share the folder for files.
  const unlock = databaseUrl === undefined ? await lockDataDir(dataDir) : () => {}
  try {
    const connection = await (databaseUrl === undefined
      ? connectPglite(dataDir)
      : connectPostgres(databaseUrl))
    try {
      await prepare(connection)
    } catch (error) {
      await connection.close().catch(() => {})
      throw error
    }
    return storeOn(connection, deadlineMs, unlock)
  } catch (error) {
    unlock()
    throw error
  }
}

async function prepare(connection: Connection): Promise<void> {
  connection.boss.on('error', error => process.emitWarning(error))
  await withMigrationLock(connection, () => connection.orm.migrator.up())
  const limits = { tenant: undefined, deadlineMs: CHECK_DEADLINE_MS }
  await runTransaction(connection, limits, checkIsolation)
  await connection.boss.start()
}

async function withMigrationLock(connection: Connection, migrate: () => Promise<unknown>): Promise<void> {
  if (connection.kind === 'pglite') return void (await migrate())
  await connection.orm.em.fork().transactional(async em => {
    await em.execute(`select pg_advisory_xact_lock(${MIGRATION_LOCK})`)
    await migrate()
  })
}

function storeOn(connection: Connection, deadlineMs: number, unlock: () => void): Store {
  let closing: Promise<void> | undefined
  const run = async <T>(limits: Omit<Limits, 'deadlineMs'>, work: (tx: Tx) => Promise<T>) => {
    if (closing) throw new Error('The store is closed.')
    if (limits.tenant === '') throw new Error('A tenant has a name.')
    return runTransaction(connection, { ...limits, deadlineMs }, work)
  }
  return {
    kind: connection.kind,
    boss: connection.boss,
    inTenant: (tenant, work) => run({ tenant }, work),
    snapshot: (tenant, work) => run({ tenant, snapshot: true }, work),
    asOwner: work => run({ tenant: undefined }, work),
    close: () => (closing ??= connection.close().finally(unlock)),
  }
}
