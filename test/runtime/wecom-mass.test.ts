import type { AddressInfo } from 'node:net'
import { serve, type ServerType } from '@hono/node-server'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createWecomFake, type WecomFake } from '../../runtime/channels/wecom-fake/index.ts'
import { createWecomClient, WecomError, type WecomClient } from '../../runtime/channels/wecom/index.ts'

const DAY = 24 * 3_600_000
const START = Date.parse('2026-03-02T10:00+08:00')

let clock = START
let fake: WecomFake
let client: WecomClient
const now = () => clock
const server: ServerType = serve({ fetch: request => fake.app.fetch(request), port: 0 })
afterAll(() => void server.close())

function start(options: { massMonthlyCap?: number } = {}): void {
  clock = START
  fake = createWecomFake({ corpId: 'ww1', secret: 's3cret', now, seed: 'mass', ...options })
  const baseUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  client = createWecomClient({ baseUrl, corpId: 'ww1', secret: 's3cret', agentId: 1, fetch, now })
  for (const [customer, member] of [
    ['wm-1', '甲'],
    ['wm-2', '甲'],
    ['wm-3', '乙'],
  ] as const)
    fake.befriend(customer, member)
}
beforeEach(() => start())

const create = (...externalUserIds: string[]) => client.createMassSend({ externalUserIds, text: '新品到店' })
const statuses = async (task: string) =>
  (await client.massSendResults(task)).map(({ externalUserId, status }) => [externalUserId, status])

describe('mass sends', () => {
  test('a task reaches nobody until its member confirms it, each member for their own contacts', async () => {
    const { task, refused } = await create('wm-1', 'wm-2', 'wm-3', 'wm-9')
    expect(refused).toEqual(['wm-9'])
    expect(await statuses(task)).toEqual([
      ['wm-1', 0],
      ['wm-2', 0],
      ['wm-3', 0],
    ])
    expect(fake.massSent).toEqual([])
    clock += 90_500
    expect(fake.memberConfirms(task, '甲')).toBe(true)
    expect(fake.memberConfirms(task, '甲')).toBe(false)
    const results = await client.massSendResults(task)
    expect(results[0]).toEqual({ externalUserId: 'wm-1', status: 1, sender: '甲', sentAt: START + 90_000 })
    expect(results[2]).toEqual({ externalUserId: 'wm-3', status: 0, sender: '乙' })
    expect(fake.massSent.map(sent => sent.externalUserId)).toEqual(['wm-1', 'wm-2'])
  })

  test('who is no contact any more gets nothing, and the result says so', async () => {
    const { task } = await create('wm-1', 'wm-2')
    fake.befriend('wm-1', undefined)
    fake.memberConfirms(task, '甲')
    expect(await statuses(task)).toEqual([
      ['wm-1', 2],
      ['wm-2', 1],
    ])
  })

  test('the month’s cap is counted per customer by WeCom itself and starts anew with the month', async () => {
    start({ massMonthlyCap: 2 })
    const outcomes: unknown[] = []
    for (const day of [0, 1, 2, 30]) {
      clock = START + day * DAY
      const { task } = await create('wm-1')
      fake.memberConfirms(task, '甲')
      outcomes.push((await statuses(task))[0]![1])
    }
    expect(outcomes).toEqual([1, 1, 3, 1])
  })

  test('a cancelled task can no longer be confirmed; what was confirmed before stays sent', async () => {
    const { task } = await create('wm-1', 'wm-3')
    fake.memberConfirms(task, '甲')
    await client.cancelMassSend(task)
    expect(fake.memberConfirms(task, '乙')).toBe(false)
    expect(await statuses(task)).toEqual([
      ['wm-1', 1],
      ['wm-3', 0],
    ])
  })

  test('a task for nobody’s contact, of an unknown id or with too long a text is refused with its code', async () => {
    const code = (work: Promise<unknown>) =>
      work.then(
        () => 0,
        (error: WecomError) => error.code,
      )
    expect(await code(create('wm-9'))).toBe(41048)
    expect(await code(client.massSendResults('nothing'))).toBe(40058)
    expect(await code(client.cancelMassSend('nothing'))).toBe(40058)
    const long = client.createMassSend({ externalUserIds: ['wm-1'], text: '长'.repeat(1334) })
    expect(await code(long)).toBe(45002)
  })
})
