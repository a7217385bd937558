import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Deps } from '../../runtime/deps.ts'
import { handlersOf } from '../../runtime/handlers/index.ts'
import { declareQueues } from '../../runtime/jobs/index.ts'
import { compilePack } from '../../runtime/packs/index.ts'
import { createDeps } from '../../runtime/server.ts'
import { openStore, type Store } from '../../runtime/store/index.ts'
import { publishBlueprint } from '../../runtime/usecases/install-pack.ts'
import { listActionRuns, runActionAgain } from '../../runtime/usecases/action-runs.ts'
import { runActions } from '../../runtime/usecases/run-actions.ts'
import { openTicket } from '../../runtime/usecases/tickets.ts'
import { databases } from '../support/database.ts'

const text = `pack 试 "试" version 1
role 客服 "客服"
form 单 "单" {
  说明: text max 200
  金额: money
  流水: text
  退: money
  总: money = 金额
}
action 记 "记一笔" {
  in      说明: text
  out     结果: enum { 成功, 失败 }
  needs   read customer.name, read 单.金额, read 单.总, write 单.流水, write 单.退, send, kv
  key     run.id
}
action 算 "算一笔" {
  in      说明: text
  out     结果: enum { 成功, 失败 }
  needs   write 单.流水, read customer.name
}
ticket 事 "事" for 单 {
  entry workbench
  clock 滞留 24h { at 100% notify upstream, downstream }
  start -> 记
  node 记 run 记(说明) {
    on 成功 -> 结束.好
    on 失败, fault -> 看
  }
  node 看 by 客服 { on 完 -> 结束.好 }
  end 结束 { 好 ok }
}
form 查单 "查单" { 说明: text max 200 }
access 查单 {
  |      | 客服  |
  |------|-------|
  | 说明 | write |
}
action 查 "查一笔" {
  in      说明: text
  out     结果: enum { 成功, 失败 }
}
ticket 自查 "自查" for 查单 {
  entry workbench
  clock 滞留 24h { at 100% notify upstream, downstream }
  start -> 查
  node 查 run 查(说明) {
    on 成功, 失败 -> 结束.好
  }
  end 结束 { 好 ok }
}
ticket 算事 "算" for 单 {
  entry workbench
  clock 滞留 24h { at 100% notify upstream, downstream }
  start -> 算
  node 算 run 算(说明) {
    on 成功 -> 结束.好
    on 失败, fault -> 看
  }
  node 看 by 客服 { on 完 -> 结束.好 }
  end 结束 { 好 ok }
}
`
const act = `import { action } from '#pack'
export default action('记', async ({ 说明 }, { read, write, send, kv, key, log, time }) => {
  const refused = async work => { try { await work(); return 'no' } catch (error) { return error.message } }
  const seen = (await kv.get('seen')) ?? 0
  await kv.set('seen', seen + 1)
  await write('单.流水', 说明 + ' ' + await read('customer.name'))
  await write('单.退', await read('单.总'))
  log.info('refusals', [
    await refused(() => read('customer.id')),
    await refused(() => write('单.说明', 'x')),
    await refused(() => write('单.退', { fen: 1.5, currency: 'CNY' })),
    await refused(() => kv.set('big', 'x'.repeat(20_000))),
    await refused(() => kv.set('nul', '\\u0000')),
    (await read('单.金额')).fen,
    seen,
    await time.now() > 0,
  ])
  await send('您好')
  if (说明 === '错') throw new Error('late')
  return { 结果: '成功' }
})`
const sum = `import { action } from '#pack'
export default action('算', async ({ 说明 }, { write, read }) => {
  if (说明 === '停') for (;;);
  if (说明 === '错') throw new Error('wrong')
  await write('单.流水', 说明 + await read('customer.name'))
  return { 结果: '成功' }
})`
const look = `import { action } from '#pack'
export default action('查', ({ 说明 }: { 说明: string }, { log }: any) => {
  log.info(说明)
  if (说明 === '错') throw new Error('没有找到 ' + 说明)
  return { 结果: '成功' }
})`

describe.each(databases())('what actions may ask for, on $name', ({ reason, fresh }) => {
  let store: Store
  let deps: Deps
  beforeAll(async () => {
    if (reason) return
    store = await openStore(await fresh())
    deps = createDeps(store)
    await declareQueues(store.boss, Object.keys(handlersOf(deps)))
    for (const desk of ['a', 'b']) await prepare(deps, desk)
  })
  afterAll(async () => {
    deps?.sandbox.close()
    await store?.close()
  })
  const open = async (desk: string, ticket: string, says: string) => {
    const fields = { 说明: says, ...(ticket !== '自查' && { 金额: '12.50' }) }
    const opening = { ticket, entry: 'workbench', customer: 'c1', subject: null, fields }
    return (await openTicket(deps, { tenant: desk, who: { kind: 'staff', id: 'boss' } }, opening)).id
  }
  const rows = <Row extends object>(desk: string, sql: string, given: unknown[] = []) =>
    store.inTenant(desk, tx => tx.query<Row>(sql, given))
  const runOf = async (desk: string, id: string) =>
    (
      await rows<{
        outcome: string
        detail: string | null
        log: { data: unknown }[]
        meters: { tickets: number }
      }>(desk, 'select outcome, detail, log, meters from action_run where ticket_id = $1', [id])
    )[0]!
  const fieldsOf = async (desk: string, id: string) =>
    (await rows<{ state: { fields: object } }>(desk, 'select state from ticket where id = $1', [id]))[0]!
      .state.fields
  const sent = async (desk: string, id: string) =>
    rows(desk, `select to_id, state from outbox where ticket_id = $1 and to_kind = 'customer'`, [id])

  test.skipIf(reason)('is what its needs name, and no more; it is kept with the outcome', async () => {
    const id = await open('a', '事', '买')
    await runActions(deps, 'a')
    const { outcome, detail, log } = await runOf('a', id)
    expect({ outcome, detail }).toEqual({ outcome: '成功', detail: null })
    expect(log[0]!.data).toEqual([
      ...[
        'customer.id was not granted',
        '单.说明 was not granted',
        "this is no value of 单.退: wanted money { fen: 100, currency: 'CNY' }, got an object",
      ],
      ...['the value cannot be kept', 'the value cannot be kept', 1250, 0, true],
    ])
    expect(await fieldsOf('a', id)).toMatchObject({ 流水: '买 林', 退: '12.50' })
    expect(await sent('a', id)).toEqual([{ to_id: 'c1', state: 'queued' }])
  })

  test.skipIf(reason)('leaves nothing behind but what it keeps itself when the run fails', async () => {
    const id = await open('a', '事', '错')
    await runActions(deps, 'a')
    expect(await runOf('a', id)).toMatchObject({ outcome: 'fault', detail: 'thrown: late' })
    expect(await fieldsOf('a', id)).not.toHaveProperty('流水')
    expect(await sent('a', id)).toEqual([])
    expect((await runOf('a', id)).log[0]!.data).toContain(1)
  })

  test.skipIf(reason)('is remembered for each desk alone', async () => {
    const id = await open('b', '事', '买')
    await runActions(deps, 'b')
    expect((await runOf('b', id)).log[0]!.data).toContain(0)
  })

  test.skipIf(reason)('runs tickets of one kind together; who breaks a limit is alone to blame', async () => {
    const ids = []
    for (const says of ['一', '二', '错', '三']) ids.push(await open('b', '算事', says))
    await runActions(deps, 'b')
    const together = await Promise.all(ids.map(id => runOf('b', id)))
    expect(together.map(({ outcome }) => outcome)).toEqual(['成功', '成功', 'fault', '成功'])
    expect(together.map(({ meters }) => meters.tickets)).toEqual([4, 4, 4, 4])
    expect(await fieldsOf('b', ids[3]!)).toMatchObject({ 流水: '三林' })

    const others = []
    for (const says of ['四', '停', '五']) others.push(await open('b', '算事', says))
    await runActions(deps, 'b')
    const alone = await Promise.all(others.map(id => runOf('b', id)))
    expect(alone.map(({ outcome, detail }) => [outcome, detail])).toEqual([
      ['成功', null],
      ['fault', 'deadline: more than 1000 ms of CPU'],
      ['成功', null],
    ])
  })
  test.skipIf(reason)(
    'is told run by run: input, cost, where it failed; and runs again while its ticket waits',
    async () => {
      const roles = ['admin', '客服']
      const id = await open('b', '自查', '错')
      await runActions(deps, 'b')
      const runs = await listActionRuns(deps, { tenant: 'b', roles })
      const failed = runs.find(({ ticket }) => ticket === id)!
      expect(failed).toMatchObject({
        ...{ action: '查', state: 'done', outcome: 'fault', input: { 说明: '错' }, hidden: [], attempts: 1 },
        ...{ detail: 'thrown: 没有找到 错', stack: 'at Object.run (action.ts:4:25)' },
        ...{ meters: { calls: 1, tickets: 1 }, version: 1, serves: 1, waits: true },
      })
      expect(runs.filter(({ outcome, waits }) => outcome === '成功' && waits)).toEqual([])
      expect(failed.meters!.ms).toBeGreaterThan(0)
      expect(failed.log).toEqual([{ level: 'info', text: '错', data: null }])

      const of = (filter: { action?: string; failed: boolean }) =>
        listActionRuns(deps, { tenant: 'b', roles, filter })
      const faulty = await of({ failed: true })
      expect(faulty.length).toBeGreaterThan(1)
      expect(faulty).toEqual(runs.filter(({ outcome }) => outcome === 'fault'))
      expect(await of({ action: '查', failed: true })).toEqual([failed])
      expect(await of({ action: '没有', failed: false })).toEqual([])

      // Whoever may not read the field that went in sees neither it nor what was said of it.
      const blind = (await listActionRuns(deps, { tenant: 'b', roles: ['admin'] })).find(
        ({ ticket }) => ticket === id,
      )!
      expect(blind).toMatchObject({ input: {}, hidden: ['说明'], output: null, log: null, detail: 'thrown' })

      // A ticket keeps its version, so a mended action does not reach it; that is said.
      await publish(deps, 'b', text.replace('version 1', 'version 2'))
      expect(await runActionAgain(deps, { tenant: 'b', id: failed.id })).toEqual({ version: 1, serves: 2 })
      await expect(runActionAgain(deps, { tenant: 'b', id: failed.id })).rejects.toThrow('run-not-failed')
      await runActions(deps, 'b')
      expect(await runOf('b', id)).toMatchObject({ outcome: 'fault' })
      await expect(runActionAgain(deps, { tenant: 'a', id: failed.id })).rejects.toThrow('not-found')
      const done = runs.find(({ outcome }) => outcome === '成功')!
      await expect(runActionAgain(deps, { tenant: 'b', id: done.id })).rejects.toThrow('run-not-failed')
      const moved = runs.find(({ outcome, action }) => outcome === 'fault' && action === '算')!
      await expect(runActionAgain(deps, { tenant: 'b', id: moved.id })).rejects.toThrow('moot')
    },
  )
})

async function publish(deps: Deps, tenant: string, pack: string): Promise<void> {
  const texts = { 'a.axle': pack, 'actions/记.ts': act, 'actions/算.ts': sum, 'actions/查.ts': look }
  const compiled = compilePack(texts)
  expect(compiled.sound).toBe(true)
  await deps.store.inTenant(tenant, tx => publishBlueprint(deps, tx, { tenant, compiled, texts, by: 'test' }))
}

async function prepare(deps: Deps, tenant: string): Promise<void> {
  await deps.store.asOwner(async tx => {
    await tx.query(`insert into desk (tenant, name, created_at, clock_offset_ms) values ($1, $1, 0, 0)`, [
      tenant,
    ])
    await tx.query(
      `insert into staff (tenant, id, name, login, roles, teams) values ($1, 'boss', '主', $1, '{客服,admin}', '{}')`,
      [tenant],
    )
    await tx.query(`insert into customer (tenant, id, name, updated_at) values ($1, 'c1', '林', 0)`, [tenant])
    await tx.query(
      `insert into pack_release (hash, name, version, files, manifest, created_at) values ('r', '试', 1, '{}', '{}', 0)
       on conflict do nothing`,
    )
    await tx.query(
      `insert into desk_install (tenant, pack, release_hash, state, outward, updated_at)
       values ($1, '试', 'r', 'live', '{"action:记": true, "action:算": true, "action:查": true}', 0)`,
      [tenant],
    )
  })
  await publish(deps, tenant, text)
}
