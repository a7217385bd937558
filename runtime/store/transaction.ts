import { IsolationLevel, type EntityManager } from '@mikro-orm/postgresql'
import type { Db, JobInsert } from 'pg-boss'
import type { Connection, Scope } from './connect.ts'
import { DeadlineError, NestedTransactionError } from './errors.ts'

/** What work inside a transaction may use; nothing else may be awaited there, and it is dead once the work ended. */
export type Tx = {
  /** Rows of one statement with `$1` parameters: arrays for array columns, `json(value)` for jsonb; bigint comes back as number. */
  query<R extends object>(sql: string, params?: readonly unknown[]): Promise<R[]>
  /** The entity manager bound to this transaction; flushed before the commit. */
  readonly em: EntityManager
  /** Whether it only reads, all of one moment: then nothing needs to be locked. */
  readonly isSnapshot: boolean
  /** Sends a job as part of this transaction: it exists once the commit succeeded, and not at all otherwise. */
  enqueue(queue: string, data: object, options?: JobOptions): void
  /** Runs after the commit, outside the transaction; its errors are reported, never thrown at the caller. */
  afterCommit(action: () => void): void
}

/** Options of a job: when it may start (real time), its priority, and a key for the queue's policy. */
export type JobOptions = Pick<JobInsert, 'startAfter' | 'priority' | 'singletonKey'>

/** The Kysely transaction MikroORM opened, as far as it is used here. */
type RawTransaction = {
  executeQuery(query: {
    readonly sql: string
    readonly parameters: readonly unknown[]
    readonly query: { readonly kind: string }
    readonly queryId: { readonly queryId: string }
  }): Promise<{ readonly rows: unknown[] }>
}

/** Whose rows a transaction sees (the owner's without a tenant), how long it may take, and whether it only reads, and all of one moment. */
export interface Limits {
  readonly tenant: string | undefined
  readonly deadlineMs: number
  readonly snapshot?: boolean
}

/** Runs work in one transaction, as the given tenant or, without one, as the owner of the tables. */
export async function runTransaction<T>(
  connection: Connection,
  limits: Limits,
  work: (tx: Tx) => Promise<T>,
): Promise<T> {
  if (connection.scope.getStore()?.open) throw new NestedTransactionError()
  const { result, actions } = await connection.turn(() => transact(connection, limits, work))
  for (const action of actions) runAction(action)
  return result
}

async function transact<T>(
  connection: Connection,
  { tenant, deadlineMs, snapshot }: Limits,
  work: (tx: Tx) => Promise<T>,
): Promise<{ result: T; actions: readonly (() => void)[] }> {
  const em = connection.orm.em.fork()
  // Why: the embedded database's driver knows no isolation levels; there, transactions take turns.
  await em.begin(snapshot ? { isolationLevel: IsolationLevel.REPEATABLE_READ } : {})
  const raw = em.getTransactionContext() as unknown as RawTransaction
  const scope: Scope = { open: true }
  const jobs = new Map<string, JobInsert[]>()
  const actions: (() => void)[] = []
  const execute: Db['executeSql'] = async (text, values) => ({ rows: await rowsOf(raw, text, values) })
  const tx: Tx = {
    em,
    isSnapshot: snapshot === true,
    query: async <R extends object>(sql: string, params: readonly unknown[] = []) => {
      if (!scope.open) throw new Error('This transaction has ended.')
      return (await rowsOf(raw, sql, params)) as R[]
    },
    enqueue: (queue, data, options) => {
      const waiting = jobs.get(queue)
      if (waiting) waiting.push({ ...options, data })
      else jobs.set(queue, [{ ...options, data }])
    },
    afterCommit: action => void actions.push(action),
  }
  const body = async () => {
    const settings = [String(deadlineMs), tenant ?? '', snapshot ? 'on' : 'off']
    await rowsOf(raw, ENTER[tenant === undefined ? 'owner' : 'tenant'], settings)
    const result = await work(tx)
    await em.flush()
    await send(connection, scope, jobs, execute)
    return result
  }
  try {
    const result = await connection.scope.run(scope, () => beforeDeadline(body, deadlineMs))
    await em.commit()
    return { result, actions }
  } catch (error) {
    scope.open = false
    // Why: a rollback that fails must not hide why the transaction failed.
    await em.rollback().catch(() => {})
    throw error
  } finally {
    scope.open = false
    // INVARIANT: a kept entity manager stays bound to the ended transaction, so it can never query as the owner.
    em.setTransactionContext(raw as never)
  }
}

const ENTER = {
  tenant: `select set_config('statement_timeout', $1, true), set_config('app.tenant', $2, true),
    set_config('transaction_read_only', $3, true), set_config('role', 'axle_tenant', true)`,
  owner: `select set_config('statement_timeout', $1, true), set_config('app.tenant', $2, true),
    set_config('transaction_read_only', $3, true)`,
}

// Why: the tenant role may not touch the queue's tables, so the role is given back as the last act before the commit.
async function send(
  connection: Connection,
  scope: Scope,
  jobs: ReadonlyMap<string, JobInsert[]>,
  execute: Db['executeSql'],
): Promise<void> {
  if (jobs.size === 0) return
  await execute(`select set_config('role', 'none', true)`)
  const db: Db = { executeSql: execute }
  scope.sender = db
  for (const [queue, waiting] of jobs) await connection.boss.insert(queue, waiting, { db })
}

async function rowsOf(raw: RawTransaction, sql: string, params: readonly unknown[] = []): Promise<unknown[]> {
  const parameters = params.map(value => (value === undefined ? null : value))
  const query = { sql, parameters, query: { kind: 'RawNode' }, queryId: { queryId: 'store' } }
  return [...(await raw.executeQuery(query)).rows]
}

async function beforeDeadline<T>(body: () => Promise<T>, deadlineMs: number): Promise<T> {
  const { promise, reject } = Promise.withResolvers<never>()
  const timer = setTimeout(() => reject(new DeadlineError(deadlineMs)), deadlineMs)
  try {
    return await Promise.race([body(), promise])
  } finally {
    clearTimeout(timer)
  }
}

function runAction(action: () => void): void {
  try {
    action()
  } catch (error) {
    process.emitWarning(error instanceof Error ? error : String(error))
  }
}
