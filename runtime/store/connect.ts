// The two databases behind one face: an ORM, a job queue and, for the embedded one, a single file of turns.
import { AsyncLocalStorage } from 'node:async_hooks'
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { PGlite } from '@electric-sql/pglite'
import { Migrator } from '@mikro-orm/migrations'
import { MikroORM as PgliteOrm } from '@mikro-orm/pglite'
import { MikroORM as PostgresOrm, type EntityManager } from '@mikro-orm/postgresql'
import { PgBoss, fromPglite, type ConstructorOptions, type Db } from 'pg-boss'
import { NestedTransactionError } from './errors.ts'
import { entities } from './entities/index.ts'
import { createMutex, type Mutex } from './mutex.ts'
import { migrations } from './migrations/index.ts'

const INT8 = 20

/** What is under way in the current asynchronous context. */
export type Scope = { open: boolean; sender?: Db }

/** An open database; `turn` orders transactions (PGlite) or lets them run side by side (PostgreSQL). */
export type Connection = {
  readonly kind: 'pglite' | 'postgres'
  readonly orm: Orm
  readonly boss: PgBoss
  readonly turn: Mutex
  readonly scope: AsyncLocalStorage<Scope>
  close(): Promise<void>
}

/** The part of either driver's ORM the store uses. */
export type Orm = {
  readonly em: EntityManager
  readonly migrator: { up(): Promise<unknown> }
  close(force?: boolean): Promise<void>
}

// Why: orphaned jobs are to be picked up again within 30 s, so supervision runs every 10 s, not every minute.
const BOSS_OPTIONS: ConstructorOptions = {
  schedule: false,
  superviseIntervalSeconds: 10,
  monitorIntervalSeconds: 10,
  useListenNotify: true,
  openTelemetry: { enabled: false },
  registerInstance: false,
}

const ORM_OPTIONS = {
  entities: [...entities],
  extensions: [Migrator],
  debug: false,
  migrations: { migrationsList: migrations, tableName: 'axle_migration', snapshot: false, silent: true },
}

/** The embedded database at `<dataDir>/db`, durable on every commit. */
export async function connectPglite(dataDir: string): Promise<Connection> {
  const folder = join(dataDir, 'db')
  mkdirSync(folder, { recursive: true })
  // Why: PGlite starts with `-F`, which loses acknowledged rows when the machine stops.
  const startParams = PGlite.defaultStartParams.filter(param => param !== '-F')
  const pglite = await PGlite.create({ dataDir: folder, startParams, parsers: { [INT8]: Number } })
  const orm = await PgliteOrm.init({ ...ORM_OPTIONS, dbName: 'postgres', driverOptions: { pglite } })
  const turn = createMutex()
  const scope = new AsyncLocalStorage<Scope>()
  const boss = new PgBoss({ ...BOSS_OPTIONS, db: inTurn(fromPglite(pglite), turn, scope), backend: 'pglite' })
  const close = async () => {
    await boss.stop({ graceful: true, timeout: 5_000 })
    await turn(async () => {
      await orm.close()
      await pglite.close()
    })
  }
  return { kind: 'pglite', orm: orm as unknown as Orm, boss, turn, scope, close }
}

/** A PostgreSQL 15 or newer at a URL; transactions run side by side. */
export async function connectPostgres(databaseUrl: string): Promise<Connection> {
  const orm = await PostgresOrm.init({
    ...ORM_OPTIONS,
    clientUrl: databaseUrl,
    driverOptions: {
      onPoolCreated: (pool: { options: { types: { setTypeParser(oid: number, parse: unknown): void } } }) =>
        pool.options.types.setTypeParser(INT8, Number),
    },
  })
  const boss = new PgBoss({ ...BOSS_OPTIONS, connectionString: databaseUrl, max: 4 })
  const close = async () => {
    await boss.stop({ graceful: true, timeout: 5_000 })
    await orm.close()
  }
  return {
    kind: 'postgres',
    orm: orm as unknown as Orm,
    boss,
    turn: work => work(),
    scope: new AsyncLocalStorage(),
    close,
  }
}

/** The job queue waits its turn for the one connection, and inside an open transaction only works through it. */
function inTurn(db: Db, turn: Mutex, scope: AsyncLocalStorage<Scope>): Db {
  return {
    ...db,
    executeSql: async (text, values) => {
      const here = scope.getStore()
      if (!here?.open) return turn(() => db.executeSql(text, values))
      if (!here.sender) throw new NestedTransactionError()
      return here.sender.executeSql(text, values)
    },
  }
}
