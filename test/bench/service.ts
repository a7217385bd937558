import { randomUUID } from 'node:crypto'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { serve } from '@hono/node-server'
import { Hono } from 'hono'
import { checkPack } from '#dsl'
import { createApp } from '../../runtime/http/app.ts'
import { readPack } from '../../runtime/commands/source.ts'
import { compilePack } from '../../runtime/packs/index.ts'
import { createDeps } from '../../runtime/server.ts'
import { json, openStore } from '../../runtime/store/index.ts'
import { hashPassword } from '../../runtime/usecases/password.ts'
import { logIn } from '../../runtime/usecases/sessions.ts'
import { publishBlueprint } from '../../runtime/usecases/install-pack.ts'
import { openTicket, takeTransition } from '../../runtime/usecases/tickets.ts'
import { startJobs } from '../../runtime/jobs/index.ts'
import { measureWaiting, type Figure } from './measure.ts'

const desk = 'bench'

/** A transition committed, and a request from HTTP to a routed ticket, beside hand-written ones on the same database. */
export async function service(): Promise<{ transition: Figure[]; endToEnd: Figure[]; database: string }> {
  const databaseUrl = process.env.AXLE_DATABASE_URL
  const dataDir = mkdtempSync(join(tmpdir(), 'axle-bench-'))
  const store = await openStore({ dataDir, ...(databaseUrl && { databaseUrl }) })
  const deps = createDeps(store)
  const jobs = await startJobs(store, { outbox: idle, dispatch: idle, timers: idle })
  await prepare(deps)
  const who = { kind: 'staff', id: 'clerk' } as const
  const act = { tenant: desk, who }
  const opening = {
    ticket: '客诉',
    entry: 'workbench',
    customer: null,
    subject: null,
    fields: { 描述: '坏了' },
  }
  const fields = { 投诉类型: '其他', 紧急程度: '绿', 门店: 'S1' }
  const open = await Promise.all(Array.from({ length: 80 }, () => openTicket(deps, act, opening)))
  let next = 0
  const transition = await measureWaiting([
    { name: 'one update and one insert by hand', run: () => byHand(deps) },
    {
      name: 'axle transition',
      run: () => takeTransition(deps, act, { id: open[next++]!.id, node: '受理', event: '转办', fields }),
    },
  ])
  const { token } = await logIn(deps, { desk, name: 'clerk', password: 'bench-password' })
  const [axle, hand] = [await listen(createApp(deps)), await listen(handApp(deps))]
  const post = (url: string) => async () => {
    const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
    const { subject: _, ...body } = opening
    const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) })
    if (response.status !== 201) throw new Error(await response.text())
    await response.arrayBuffer()
  }
  const endToEnd = await measureWaiting([
    { name: 'POST, rule and transaction by hand', run: post(`${hand.url}/tickets`) },
    { name: 'axle POST /api/tickets', run: post(`${axle.url}/api/tickets`) },
  ])
  axle.close()
  hand.close()
  await jobs.stop()
  await store.close()
  return { transition, endToEnd, database: store.kind }
}

const idle = async () => {}
type Deps = ReturnType<typeof createDeps>

async function prepare(deps: Deps): Promise<void> {
  const texts = await readPack('plugins/retail')
  const compiled = compilePack(texts)
  if (checkPack(texts).diagnostics.length > 0) throw new Error('the pack has findings')
  const password = await hashPassword('bench-password')
  await deps.store.asOwner(async tx => {
    await tx.query(
      `insert into desk (tenant, name, created_at, clock_offset_ms) values ($1, 'Bench', 0, $2)`,
      [...[desk, Date.parse('2026-03-02T09:00+08:00') - Date.now()]],
    )
    await tx.query(
      `insert into staff (tenant, id, name, login, password_hash, roles, teams)
       values ($1, 'clerk', 'clerk', 'clerk', $2, '{导购,admin}', '{客诉组}')`,
      [desk, password],
    )
    await tx.query('create table bench_ticket (id text primary key, state jsonb, seq int)')
    await tx.query('create table bench_event (id text, seq int, data jsonb)')
    await tx.query(`insert into bench_ticket values ('one', '{}', 0)`)
  })
  await deps.store.inTenant(desk, tx =>
    publishBlueprint(deps, tx, { tenant: desk, compiled, texts, by: 'bench' }),
  )
}

function byHand(deps: Deps): Promise<void> {
  return deps.store.asOwner(async tx => {
    await tx.query(`update bench_ticket set state = $1, seq = seq + 1 where id = 'one'`, [
      json({ node: 'b' }),
    ])
    await tx.query('insert into bench_event values ($1, 1, $2)', ['one', json({ kind: 'left' })])
  })
}

/** The least that could be called the same: parse, one rule, one transaction with ticket and event. */
function handApp(deps: Deps): Hono {
  return new Hono().post('/tickets', async context => {
    const body = (await context.req.json()) as { fields: { 描述: string } }
    const team = body.fields.描述.length > 0 ? '客诉组' : '公共池'
    const id = randomUUID()
    await deps.store.asOwner(async tx => {
      await tx.query('insert into bench_ticket values ($1, $2, 1)', [id, json({ team, fields: body.fields })])
      await tx.query('insert into bench_event values ($1, 1, $2)', [id, json({ kind: 'opened' })])
    })
    return context.json({ id }, 201)
  })
}

function listen(app: Hono): Promise<{ url: string; close: () => void }> {
  const { promise, resolve } = Promise.withResolvers<{ url: string; close: () => void }>()
  const server = serve({ fetch: app.fetch, hostname: '127.0.0.1', port: 0 }, ({ port }) =>
    resolve({ url: `http://127.0.0.1:${port}`, close: () => server.close() }),
  )
  return promise
}
