import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { apiOf, until, type Api } from '../support/service.ts'

/** A developer's folder with `axle dev` running in it. */
const folder = mkdtempSync(join(tmpdir(), 'axle-dev-'))
cpSync('runtime/templates/action', folder, { recursive: true })
const env = { ...process.env, AXLE_PORT: '0', AXLE_DATABASE_URL: '', NODE_NO_WARNINGS: '1' }
/** Not waited for in place: connections that are kept would be closed meanwhile. */
async function axle(...args: string[]): Promise<{ stdout: string; stderr: string; status: number | null }> {
  const run = spawn(process.execPath, ['runtime/cli.ts', ...args], { env })
  const [stdout, stderr] = [text(run.stdout), text(run.stderr)]
  const [status] = (await once(run, 'close')) as [number | null]
  return { stdout: await stdout, stderr: await stderr, status }
}

/** Who answers for the host that the action calls. */
const asked: string[] = []
const erp = createServer((request, response) => {
  asked.push(`${request.method} ${request.url} ${request.headers.authorization?.split(' ')[0]}`)
  response.writeHead(201).end('{"id":"R-1"}')
})
await new Promise<void>(ready => erp.listen(0, '127.0.0.1', ready))

describe('axle dev', () => {
  let said = ''
  let url = ''
  let admin: Api
  let staff: Api
  const net = `erp.example.com=http://127.0.0.1:${(erp.address() as AddressInfo).port}`
  const child = spawn(process.execPath, ['runtime/cli.ts', 'dev', folder, '--net', net], { env })
  child.stdout.on('data', chunk => (said += String(chunk)))
  child.stderr.on('data', chunk => (said += String(chunk)))
  const logIn = async (name: string) => {
    const session = await apiOf(url)('POST', '/api/session', { desk: 'dev', name, password: 'dev-dev-dev' })
    return apiOf(url, session.body.token as string)
  }

  beforeAll(async () => {
    url = await until(async () => /ready: (http:\S+)/.exec(said)?.[1], 'the desk', 90_000).catch(error => {
      throw new Error(`${String(error)}\n${said}`)
    })
    ;[admin, staff] = [await logIn('admin'), await logIn('客服')]
  }, 120_000)
  afterAll(() => {
    child.kill('SIGKILL')
    erp.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const change = (file: string, from: string, to: string) => {
    const path = join(folder, file)
    writeFileSync(
      path,
      readFileSync(path, 'utf8').replace(from, () => to),
    )
  }
  const inForce = () => [...said.matchAll(/已生效：第 (\d+) 版/g)].length

  test('has somebody in every role, customers with phones, and everything switched on', async () => {
    const { body } = await admin('GET', '/api/packs')
    expect(body).toMatchObject([{ state: 'live' }])
    expect(
      (await apiOf(url)('GET', '/api/demo')).body.desks[0].logins.map((each: any) => each.login),
    ).toEqual([...['admin', '客服', '主管']])
  })

  test('takes what another system sends, and says what it could not read', async () => {
    const send = (data: string, ...more: string[]) =>
      axle('send', '商城', 'order.paid', data, '--pack', folder, '--url', url, ...more)
    expect((await send('{"no":"O-1","buyer":"C001","total":"99.00"}')).stdout).toBe('202 done\n')
    expect(await send('{"no":"O-2","total":"free"}')).toMatchObject({
      stdout: '202 dead: fields · 实付 type "free"\n',
      status: 1,
    })
    const again = () => send('{"no":"O-1","buyer":"C001","total":"99.00"}', '--id', 'x1')
    expect((await again()).stdout).toBe('202 done\n')
    expect(await again()).toMatchObject({ status: 0, stdout: expect.stringMatching(/^202 done/) })
    const other = await send('{"no":"O-1","buyer":"C001","total":"1.00"}', '--id', 'x1', '--lang', 'en')
    expect([other.status, other.stdout]).toEqual([1, '409 This webhook-id was used for another message.\n'])
    expect((await send('{no')).stderr).toContain('This is not JSON')
    const orders = (await admin('GET', `/api/records/${encodeURIComponent('订单')}`)).body
    expect(orders).toEqual([{ key: 'O-1', data: { 编号: 'O-1', 客户: 'C001', 实付: '99.00' } }])
  })

  test('runs an action against who answers for its host on this machine', async () => {
    const opening = { ticket: '退款', entry: 'workbench', customer: 'C001', subject: 'O-1' }
    const opened = await staff('POST', '/api/tickets', { ...opening, fields: { 原因: '坏了' } })
    expect(opened.status, JSON.stringify(opened.body)).toBe(201)
    const step = { node: '受理', event: '同意', fields: { 金额: '10.00' } }
    expect((await staff('POST', `/api/tickets/${opened.body.id}/transitions`, step)).status).toBe(200)
    const run = await until(async () => {
      const [first] = (await admin('GET', '/api/actions/runs')).body as { state: string }[]
      return first?.state === 'done' ? first : undefined
    }, 'the run')
    expect(run).toMatchObject({ outcome: '成功', output: { 流水: 'R-1' }, detail: null })
    expect(asked).toEqual(['POST /refunds Bearer'])
  })

  test('follows a change of the text, keeps what serves when there are errors, and follows the code of actions', async () => {
    change('pack.axle', '"退款单"', '"退款申请"')
    await until(async () => inForce() === 1 || undefined, 'the changed text')
    expect(JSON.stringify((await staff('GET', '/api/vocabulary')).body)).toContain('退款申请')
    change('pack.axle', '-> 人工出款', '-> 别处')
    await until(async () => said.includes('AX2002') || undefined, 'the finding')
    expect(inForce()).toBe(1)
    change('pack.axle', '-> 别处', '-> 人工出款')
    // That nothing is wrong any more is said, though nothing changed.
    await until(async () => inForce() === 2 || undefined, 'the mended text')
    change('actions/erp.退款.ts', "'refund'", "'refund asked'")
    await until(async () => inForce() === 3 || undefined, 'the changed code')
  })
})
