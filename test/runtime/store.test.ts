import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { utimesSync, writeFileSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startJobs } from '../../runtime/jobs/index.ts'
import {
  Customer,
  Ticket,
  json,
  openStore,
  type Store,
  type StoreOptions,
  type Tx,
} from '../../runtime/store/index.ts'
import { bothDatabases, type TestDatabase } from '../support/database.ts'

for (const database of bothDatabases()) {
  describe.skipIf(database.reason)(`the store on ${database.name}`, () => suite(database))
  describe.skipIf(database.reason)(`opening the store on ${database.name}`, () => openingSuite(database))
}

const AT = 1_785_000_000_000

function suite(database: TestDatabase): void {
  let options: StoreOptions
  let store: Store

  beforeAll(async () => {
    options = await database.fresh()
    store = await openStore({ ...options, deadlineMs: 1_000 })
    for (const tenant of ['a', 'b']) await seed(store, tenant)
  })
  afterAll(async () => store?.close())

  const count = async (sql: string, tenant = 'a') =>
    (await store.inTenant(tenant, tx => tx.query<{ n: number }>(sql)))[0]?.n

  test('a tenant reads its own rows only, in every tenant table', async () => {
    const tables = await store.asOwner(tx =>
      tx.query<{ name: string }>(
        `select table_name::text as name from information_schema.columns where table_schema = 'public'
         and column_name = 'tenant' and table_name <> 'tenant_index'`,
      ),
    )
    expect(tables.length).toBeGreaterThanOrEqual(25)
    for (const { name } of tables) {
      const seen = await store.inTenant('b', tx => tx.query(`select tenant from ${name} where tenant <> 'b'`))
      expect(seen, name).toEqual([])
    }
    expect(await store.inTenant('a', tx => tx.query(`select tenant, id from ticket`))).toEqual([
      { tenant: 'a', id: 't1' },
    ])
    expect(await store.inTenant('nobody', tx => tx.query(`select * from desk`))).toEqual([])
  })

  test('a tenant changes and removes no row of another', async () => {
    const changed = await store.inTenant('a', tx =>
      tx.query(`update customer set name = 'stolen' where tenant = 'b' returning id`),
    )
    expect(changed).toEqual([])
    expect(
      await store.inTenant('a', tx => tx.query(`delete from timer where tenant = 'b' returning id`)),
    ).toEqual([])
    expect(await store.inTenant('b', tx => tx.query(`select name from customer`))).toEqual([
      { name: 'Customer' },
    ])
  })

  test('a row under a foreign tenant id is refused', async () => {
    const insert = `insert into counter (tenant, name, value) values ('b', 'x', 1)`
    await expect(store.inTenant('a', tx => tx.query(insert))).rejects.toThrow(/row-level security/)
    const move = `update counter set tenant = 'b'`
    await store.inTenant('a', tx =>
      tx.query(`insert into counter (tenant, name, value) values ('a', 'x', 1)`),
    )
    await expect(store.inTenant('a', tx => tx.query(move))).rejects.toThrow(/row-level security/)
  })

  test('the tenant role without a tenant sees nothing', async () => {
    const rows = await store.asOwner(async tx => {
      await tx.query(`select set_config('role', 'axle_tenant', true)`)
      return tx.query(`select id from ticket`)
    })
    expect(rows).toEqual([])
  })

  test('the tenant role reaches neither the list of desks nor the queue', async () => {
    await expect(store.inTenant('a', tx => tx.query(`select * from tenant_index`))).rejects.toThrow(/denied/)
    await expect(store.inTenant('a', tx => tx.query(`select * from pgboss.job`))).rejects.toThrow(/denied/)
  })

  test('the owner sees all tenants, to resolve a session', async () => {
    const found = await store.asOwner(tx =>
      tx.query(`select tenant, staff_id, expires_at from session where token_hash = $1`, ['token-b']),
    )
    expect(found).toEqual([{ tenant: 'b', staff_id: 's1', expires_at: AT }])
  })

  test('the entity manager works inside the transaction, under the same tenant', async () => {
    await store.inTenant('a', async ({ em }) => {
      em.create(Customer, { tenant: 'a', id: 'c9', name: 'By entity', data: { vip: [1] }, updatedAt: AT })
    })
    const seen = await store.inTenant('a', ({ em }) => em.find(Ticket, {}))
    expect(seen.map(({ id, nodes, openedAt }) => ({ id, nodes, openedAt }))).toEqual([
      { id: 't1', nodes: ['wait'], openedAt: AT },
    ])
    expect(await store.inTenant('a', tx => tx.query(`select data from customer where id = 'c9'`))).toEqual([
      { data: { vip: [1] } },
    ])
    expect(await store.inTenant('b', ({ em }) => em.count(Customer))).toBe(1)
  })

  test('neither the transaction nor its entity manager can be used once it has ended', async () => {
    const [tx, error] = await store.inTenant('a', async tx => [tx, null] as const)
    expect(error).toBeNull()
    await expect(tx.query('select 1')).rejects.toThrow(/has ended/)
    await expect(tx.em.find(Ticket, {})).rejects.toThrow()
  })

  test('events and audit refuse to be changed or removed, for tenant and owner', async () => {
    for (const sql of [
      `update ticket_event set kind = 'other'`,
      `delete from ticket_event`,
      `delete from audit`,
    ]) {
      await expect(
        store.inTenant('a', tx => tx.query(sql)),
        sql,
      ).rejects.toThrow(/denied|append-only/)
      await expect(
        store.asOwner(tx => tx.query(sql)),
        sql,
      ).rejects.toThrow(/append-only/)
    }
    await expect(store.asOwner(tx => tx.query('truncate ticket_event'))).rejects.toThrow(/append-only/)
    expect(await count(`select count(*) as n from ticket_event`)).toBe(1)
  })

  test('an event number is taken once', async () => {
    await expect(store.inTenant('a', tx => tx.query(EVENT, ['a']))).rejects.toThrow(/unique/)
  })

  test('a transaction inside a transaction is refused', async () => {
    const nested = store.inTenant('a', () => store.inTenant('b', async () => 1))
    await expect(nested).rejects.toMatchObject({ code: 'STORE_NESTED' })
    const asOwner = store.asOwner(() => store.asOwner(async () => 1))
    await expect(asOwner).rejects.toMatchObject({ code: 'STORE_NESTED' })
    expect(await store.inTenant('a', async () => 1)).toBe(1)
  })

  test('a snapshot reads one moment, though others commit meanwhile, and writes nothing', async () => {
    const amount = (tx: Tx) =>
      tx.query<{ n: number }>(`select count(*) as n from counter where name = 'seen'`)
    const write = () =>
      store.inTenant('a', tx => tx.query(`insert into counter (tenant, name, value) values ('a', 'seen', 1)`))
    const { promise: begun, resolve: begin } = Promise.withResolvers<void>()
    const { promise: written, resolve: finish } = Promise.withResolvers<void>()
    const seen = store.snapshot('a', async tx => {
      const before = await amount(tx)
      begin()
      // The embedded database lets nobody write until the snapshot has ended.
      if (store.kind === 'postgres') await written
      return [...before, ...(await amount(tx))]
    })
    await begun
    await Promise.all([write().then(() => finish()), seen])
    expect((await seen).map(({ n }) => n)).toEqual([0, 0])
    expect((await store.snapshot('a', amount))[0]!.n).toBe(1)
    const writing = store.snapshot('a', tx => tx.query(`delete from counter where name = 'seen'`))
    await expect(writing).rejects.toThrow(/read-only/)
    expect(await store.snapshot('b', tx => tx.query(`select tenant from ticket`))).toEqual([{ tenant: 'b' }])
  })

  test('work that outlives its deadline is rolled back, and the next transaction runs', async () => {
    const late = store.inTenant('a', async tx => {
      await tx.query(`insert into counter (tenant, name, value) values ('a', 'late', 1)`)
      await pause(1_500)
      await tx.query(`insert into counter (tenant, name, value) values ('a', 'later', 1)`)
    })
    await expect(late).rejects.toMatchObject({ code: 'STORE_DEADLINE' })
    expect(await count(`select count(*) as n from counter where name like 'late%'`)).toBe(0)
    await pause(700)
    expect(await count(`select count(*) as n from counter where name like 'late%'`)).toBe(0)
  })

  test('parallel transactions keep to their tenants', async () => {
    const tenants = Array.from({ length: 40 }, (_, index) => (index % 2 === 0 ? 'a' : 'b'))
    const seen = await Promise.all(
      tenants.map(tenant =>
        store.inTenant(tenant, tx => tx.query<{ tenant: string }>(`select tenant from ticket`)),
      ),
    )
    expect(seen.map(rows => rows[0]?.tenant)).toEqual(tenants)
  })

  test('an enqueued job is handled once after the commit, and dropped by a rollback', async () => {
    const handled: string[] = []
    const jobs = await startJobs(store, {
      'test.note': async ({ id }: { id: string }) => {
        const rows = await store.inTenant('a', tx => tx.query(`select 1 from counter where name = $1`, [id]))
        handled.push(`${id}: ${rows.length}`)
      },
    })
    const write = (id: string, fail: boolean) =>
      store.inTenant('a', async tx => {
        tx.enqueue('test.note', { id })
        await tx.query(`insert into counter (tenant, name, value) values ('a', $1, 1)`, [id])
        if (fail) throw new Error('rolled back')
      })
    await expect(write('dropped', true)).rejects.toThrow('rolled back')
    await write('first', false)
    await write('second', false)
    await until(() => handled.length >= 2)
    await pause(2_500)
    expect(handled.toSorted()).toEqual(['first: 1', 'second: 1'])
    await jobs.stop()
  })

  test('a failing job is tried again, then dead, and takes no other with it', async () => {
    const tries: number[] = []
    let good = 0
    const jobs = await startJobs(
      store,
      {
        'test.poison': async ({ bad }: { bad: boolean }) => {
          if (!bad) return void good++
          tries.push(Date.now())
          throw new Error('poison')
        },
      },
      { retryLimit: 1, onError: () => {} },
    )
    await store.inTenant('a', async tx => {
      for (const bad of [false, true, false]) tx.enqueue('test.poison', { bad })
    })
    await until(async () => (await store.boss.findJobs('dead')).length > 0, 12_000)
    expect([good, tries.length]).toEqual([2, 2])
    await jobs.stop()
  })

  test('a job for a queue nobody declared takes the transaction with it', async () => {
    const write = store.inTenant('a', async tx => {
      await tx.query(`insert into counter (tenant, name, value) values ('a', 'undeclared', 1)`)
      tx.enqueue('test.undeclared', {})
    })
    await expect(write).rejects.toThrow(/does not exist/)
    expect(await count(`select count(*) as n from counter where name = 'undeclared'`)).toBe(0)
  })

  test('what is to follow a commit runs after it, and never after a rollback', async () => {
    const heard: string[] = []
    await store.inTenant('a', async tx => tx.afterCommit(() => heard.push('committed')))
    const failed = store.inTenant('a', async tx => {
      tx.afterCommit(() => heard.push('never'))
      throw new Error('no')
    })
    await expect(failed).rejects.toThrow('no')
    expect(heard).toEqual(['committed'])
  })
}

function openingSuite(database: TestDatabase): void {
  const damages: readonly (readonly [string, string, RegExp])[] = [
    ['a dropped policy', 'drop policy own_rows on ticket', /ticket has no policy/],
    ['a loose policy', 'create policy loose on timer using (true)', /timer has a policy/],
    [
      'row security no longer forced',
      'alter table staff no force row level security',
      /staff does not force/,
    ],
    ['a table without tenant', 'create table extra (id int)', /extra has no column tenant/],
    ['a view with its owner’s rights', 'create view leak as select * from ticket', /view leak/],
  ]

  test('the start is refused with every fault of isolation named', async () => {
    const options = await database.fresh()
    const first = await openStore(options)
    for (const [, sql] of damages) await first.asOwner(tx => tx.query(sql))
    await first.close()
    const error = await openStore(options).catch((reason: unknown) => reason)
    expect(error).toMatchObject({ code: 'STORE_UNSAFE' })
    for (const [name, , fault] of damages) expect(String(error), name).toMatch(fault)
  })

  test('rows acknowledged by a process that is killed are kept, and its lock is taken over', async () => {
    const options = await database.fresh()
    const first = await openStore(options)
    await seed(first, 'a')
    await first.close()
    const acknowledged = await commitUntilKilled(options, 30)
    const since = performance.now()
    const again = await openStore(options)
    expect(performance.now() - since).toBeLessThan(10_000)
    const rows = await again.inTenant('a', tx => tx.query<{ key: string }>(`select key from record`))
    await again.close()
    expect(acknowledged.length).toBeGreaterThanOrEqual(30)
    expect(acknowledged.filter(key => !rows.some(row => row.key === key))).toEqual([])
  })

  if (database.name === 'PostgreSQL') {
    test('several processes open one PostgreSQL side by side, the first time too', async () => {
      const options = await database.empty()
      const stores = await Promise.all([openStore(options), openStore(options), openStore(options)])
      for (const store of stores)
        expect(await store.asOwner(tx => tx.query('select * from desk'))).toEqual([])
      for (const store of stores) await store.close()
    })
    return
  }

  test('every commit is on the disk before it is acknowledged', async () => {
    const store = await openStore(await database.empty())
    expect(await store.asOwner(tx => tx.query('show fsync'))).toEqual([{ fsync: 'on' }])
    await store.close()
  })

  test('a lock of a dead process is taken over; one of a living process refuses the second open in 2 s', async () => {
    const options = await database.fresh()
    const stale = { pid: process.pid, started: 'another boot:1', host: hostname(), id: 'gone' }
    writeFileSync(join(options.dataDir, 'lock'), JSON.stringify(stale))
    const store = await openStore(options)
    const since = performance.now()
    await expect(openStore(options)).rejects.toMatchObject({ code: 'STORE_IN_USE' })
    expect(performance.now() - since).toBeLessThan(2_000)
    await store.close()
    await (await openStore(options)).close()
  })

  test('a lock from another machine is judged by its sign of life', async () => {
    const options = await database.fresh()
    const path = join(options.dataDir, 'lock')
    writeFileSync(path, JSON.stringify({ pid: 1, started: '', host: 'elsewhere', id: 'other' }))
    const beat = setInterval(() => utimesSync(path, new Date(), new Date()), 200)
    await expect(openStore(options)).rejects.toMatchObject({ code: 'STORE_IN_USE' })
    clearInterval(beat)
    await (await openStore(options)).close()
  })
}

const EVENT = `insert into ticket_event (tenant, ticket_id, seq, at, actor, kind, data)
  values ($1, 't1', 1, ${AT}, '{}', 'opened', '{}')`

async function seed(store: Store, tenant: string): Promise<void> {
  await store.asOwner(tx =>
    tx.query(
      `insert into blueprint (hash, json, source, created_at) values ('h1', '{}', '{}', $1) on conflict do nothing`,
      [AT],
    ),
  )
  const rows: readonly (readonly [string, readonly unknown[]])[] = [
    [`insert into desk (tenant, name, created_at) values ($1, 'Desk', $2)`, [tenant, AT]],
    [
      `insert into staff (tenant, id, name, login, roles) values ($1, 's1', 'S', 's', $2)`,
      [tenant, ['boss']],
    ],
    [
      `insert into session (tenant, token_hash, staff_id, expires_at) values ($1, $2, 's1', $3)`,
      [tenant, `token-${tenant}`, AT],
    ],
    [
      `insert into customer (tenant, id, name, data, updated_at) values ($1, 'c1', 'Customer', $2, $3)`,
      [tenant, json({}), AT],
    ],
    [
      `insert into ticket (tenant, id, number, kind, blueprint_hash, customer_id, status, nodes, priority, seq, state, opened_at, updated_at)
       values ($1, 't1', 1, 'k', 'h1', 'c1', 'open', $2, 'normal', 1, $3, $4, $4)`,
      [tenant, ['wait'], json({ list: [1, 'two'] }), AT],
    ],
    [EVENT, [tenant]],
    [
      `insert into timer (tenant, id, ticket_id, due_at, kind, ref) values ($1, 'm1', 't1', $2, 'due', '{}')`,
      [tenant, AT],
    ],
    [
      `insert into audit (tenant, seq, at, actor, action, target) values ($1, 1, $2, 's1', 'seed', 't1')`,
      [tenant, AT],
    ],
  ]
  await store.inTenant(tenant, async tx => {
    for (const [sql, params] of rows) await tx.query(sql, params)
  })
}

/** Numbers a child process said it had committed before it was killed without warning. */
async function commitUntilKilled(options: StoreOptions, atLeast: number): Promise<string[]> {
  const script = new URL('../support/commit-rows.ts', import.meta.url).pathname
  const args = [script, options.dataDir, ...(options.databaseUrl === undefined ? [] : [options.databaseUrl])]
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const acknowledged: string[] = []
  const exit = once(child, 'exit')
  for await (const line of createInterface({ input: child.stdout })) {
    acknowledged.push(line)
    if (acknowledged.length === atLeast) child.kill('SIGKILL')
  }
  await exit
  return acknowledged
}

async function until(done: () => boolean | Promise<boolean>, timeoutMs = 8_000): Promise<void> {
  const end = Date.now() + timeoutMs
  while (!(await done())) {
    if (Date.now() > end) throw new Error('It did not happen in time.')
    await pause(20)
  }
}
