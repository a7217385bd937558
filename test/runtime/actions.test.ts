import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, describe, expect, test } from 'vitest'
import { readPack } from '../../runtime/commands/source.ts'
import type { Deps } from '../../runtime/deps.ts'
import { handlersOf } from '../../runtime/handlers/index.ts'
import { startJobs } from '../../runtime/jobs/index.ts'
import { compilePack, type PackTexts } from '../../runtime/packs/index.ts'
import { connectorWith } from '../../runtime/sandbox/index.ts'
import { createDeps } from '../../runtime/server.ts'
import { openStore } from '../../runtime/store/index.ts'
import { checkDesk } from '../../runtime/usecases/check-desk.ts'
import { publishBlueprint } from '../../runtime/usecases/install-pack.ts'
import { runActions } from '../../runtime/usecases/run-actions.ts'
import { showTicket } from '../../runtime/usecases/show-ticket.ts'
import { openTicket, takeTransition } from '../../runtime/usecases/tickets.ts'
import { databases } from '../support/database.ts'
import { until } from '../support/service.ts'
import { readFileSync } from 'node:fs'

const desk = 'act'
const code = readFileSync('plugins/retail/actions/coupon.发放.ts', 'utf8')

describe.each(databases())('a node that runs an action on $name', ({ reason, fresh }) => {
  const ends: (() => unknown)[] = []
  afterAll(async () => {
    for (const end of ends.reverse()) await end()
  })

  test.skipIf(reason)(
    'calls out once with its key, goes on by its outcome, and by fault when it is killed',
    async () => {
      const calls: { key: string; authorization: string | undefined }[] = []
      let failures = 1
      const shop = createServer(async (request, response) => {
        let text = ''
        for await (const chunk of request) text += String(chunk)
        calls.push({ key: JSON.parse(text).key, authorization: request.headers.authorization })
        if (failures-- > 0) response.socket?.destroy()
        else response.writeHead(201, { 'content-type': 'application/json' }).end('{"code":"C-1"}')
      })
      await new Promise<void>(ready => shop.listen(0, '127.0.0.1', ready))
      ends.push(() => shop.close())
      const { port } = shop.address() as AddressInfo
      const store = await openStore(await fresh())
      ends.push(() => store.close())
      const deps: Deps = {
        ...createDeps(store),
        connector: connectorWith({ 'coupon.example.com': `http://127.0.0.1:${port}` }),
      }
      ends.push(() => deps.sandbox.close())
      const jobs = await startJobs(store, handlersOf(deps))
      ends.push(() => jobs.stop())
      const texts = await readPack('plugins/retail')
      await prepare(deps, { ...texts, 'actions/coupon.发放.ts': code })

      const atRun = async () => {
        const opening = {
          ticket: '客诉',
          entry: 'workbench',
          customer: 'c1',
          subject: null,
          fields: { 描述: '等太久' },
        }
        const { id } = await openTicket(deps, act('clerk'), opening)
        const filled = { 投诉类型: '其他', 紧急程度: '绿', 门店: 'S1' }
        await takeTransition(deps, act('clerk'), { id, node: '受理', event: '转办', fields: filled })
        await takeTransition(deps, act('boss'), {
          id,
          node: '店长处理',
          event: '发券',
          fields: { 方案: '券' },
        })
        return id
      }
      const nodes = async (id: string) =>
        (await showTicket(deps, { ...act('boss'), id })).places.map(place => place.node)

      // The first call breaks off; the second attempt comes with the same key and settles it.
      const first = await atRun()
      await until(async () => (await nodes(first)).includes('客户确认'), 'the coupon granted', 20_000)
      expect(calls.map(call => call.key)).toEqual([`${first}/发券#1`, `${first}/发券#1`])
      expect(calls[0]!.authorization).toBe('Bearer t0ken')

      // An action that never ends is killed; the ticket goes where `fault` leads.
      await prepare(deps, {
        ...texts,
        'actions/coupon.发放.ts': `import { action } from '#pack'\nexport default action('x', () => { for (;;); })`,
      })
      const second = await atRun()
      await until(async () => (await nodes(second)).includes('店长处理'), 'back with the manager', 30_000)
      const [run] = await store.inTenant(desk, tx =>
        tx.query<{ attempts: number; outcome: string; detail: string }>(
          'select attempts, outcome, detail from action_run where ticket_id = $1',
          [second],
        ),
      )
      expect(run).toMatchObject({ attempts: 3, outcome: 'fault' })
      expect(run!.detail).toMatch(/^deadline/)

      // A run whose ticket has gone on under a version without the action holds up no other.
      await store.inTenant(desk, async tx => {
        await tx.query(`update desk_install set outward = outward || '{"action:没有了": true}'`)
        await tx.query(
          `insert into action_run (tenant, id, ticket_id, node, visit, action, input, key, state, created_at, changed_at)
           values ($1, 'late', $2, '发券', 1, '没有了', '{}', 'k', 'queued', 0, 0)`,
          [desk, second],
        )
      })
      await runActions(deps, desk)
      const [late] = await store.inTenant(desk, tx =>
        tx.query(`select state, outcome, detail from action_run where id = 'late'`),
      )
      expect(late).toEqual({ state: 'done', outcome: 'fault', detail: 'moved' })

      // Switched off while the pack is live, tickets stand there: the check-up says so and whom nothing reached.
      await store.inTenant(desk, tx => tx.query(`update desk_install set outward = '{}'`))
      await atRun()
      const found = async (name: string) => {
        const { state, says, page } = (await checkDesk(deps, desk)).find(({ check }) => check === name)!
        return { state, says, page }
      }
      await until(async () => (await found('stalled')).state === 'warn', 'the ticket that stands', 20_000)
      expect(await found('stalled')).toEqual({
        ...{ state: 'warn', page: '/admin/packs/retail' },
        says: {
          zh: '1 张工单停在没有打开的扩展动作「发券」。',
          en: 'Tickets that stand at the action “Issue coupon”, which is switched off: 1.',
        },
      })
      expect((await found('pack')).says.zh).toContain('「零售连锁」已上线，没有打开的对外动作：通知客户')
      await store.inTenant(desk, tx =>
        tx.query(`insert into outbox (tenant, id, kind, to_kind, to_id, body, state, created_at, reason)
          values ('${desk}', 'kept', 'notify', 'customer', 'c1', '{}', 'held', ${Date.now()}, 'no-address')`),
      )
      expect((await found('sends')).says.zh).toContain('没有地址的：林')
    },
    90_000,
  )
})

const act = (id: string) => ({ tenant: desk, who: { kind: 'staff', id } as const })

/** A desk with the pack live and its action switched on; again with other texts, as its next version. */
async function prepare(deps: Deps, texts: PackTexts): Promise<void> {
  const compiled = compilePack(texts)
  expect(compiled.checked.diagnostics).toEqual([])
  await deps.store.asOwner(async tx => {
    const offset = Date.parse('2026-03-02T09:00+08:00') - Date.now()
    await tx.query(
      `insert into desk (tenant, name, created_at, clock_offset_ms, demo) values ($1, 'Act', 0, $2, true)
       on conflict do nothing`,
      [desk, offset],
    )
    for (const [id, roles] of [
      ['clerk', '{导购}'],
      ['boss', '{店长}'],
    ])
      await tx.query(
        `insert into staff (tenant, id, name, login, roles, teams) values ($1, $2, $2, $2, $3, '{客诉组}')
         on conflict do nothing`,
        [desk, id, roles],
      )
    await tx.query(
      `insert into customer (tenant, id, name, updated_at) values ($1, 'c1', '林', 0) on conflict do nothing`,
      [desk],
    )
    await tx.query(
      `insert into pack_release (hash, name, version, files, manifest, created_at) values ('r', 'retail', 1, '{}', '{}', 0)
       on conflict do nothing`,
    )
    await tx.query(
      `insert into desk_install (tenant, pack, release_hash, state, outward, updated_at)
       values ($1, 'retail', 'r', 'live', '{"action:coupon.发放": true}', 0) on conflict do nothing`,
      [desk],
    )
    await tx.query(
      `insert into action_secret (tenant, name, value) values ($1, 'COUPON_TOKEN', 't0ken') on conflict do nothing`,
      [desk],
    )
  })
  await deps.store.inTenant(desk, tx =>
    publishBlueprint(deps, tx, { tenant: desk, compiled, texts, by: 'test' }),
  )
}
