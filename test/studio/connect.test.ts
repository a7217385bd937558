import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { logIn, seriousFaults } from '../support/browser.ts'
import { freshDataDir } from '../support/database.ts'
import { ACCOUNT, CORP, createRetailDesk, enter, startWecom } from '../support/retail-desk.ts'
import { screens } from '../support/screens.ts'
import { until, type Api, type Service } from '../support/service.ts'

describe('a desk connects WeCom in five checked steps', () => {
  const dataDir = freshDataDir()
  const { start, open } = screens()
  const ends: (() => unknown)[] = []
  let service: Service
  let admin: Api
  let wecom: Awaited<ReturnType<typeof startWecom>>
  let page: Page
  let faults: readonly string[]

  beforeAll(async () => {
    wecom = await startWecom()
    ends.push(wecom.close)
    const made = createRetailDesk({ dataDir }, 'linked')
    service = await start({ dataDir })
    admin = await enter(service.url, made.invite)
    ;({ page, faults } = await open())
    await logIn(page, service.url, { desk: 'linked', password: 'correct horse battery' })
    await page.goto(`${service.url}/admin/connect`)
  }, 120_000)
  afterAll(async () => {
    for (const end of ends.reverse()) await end()
  })

  const step = (name: string) => page.locator(`[data-step=${name}]`)
  const check = (name: string) => step(name).locator('button.primary').click()
  const says = async (name: string, state: string, ...words: string[]) => {
    await page.locator(`[data-step=${name}][data-state=${state}]`).waitFor()
    for (const text of words) await step(name).getByText(text).first().waitFor()
  }

  test('company and application: each thing that is wrong has its own words and its own way out', async () => {
    const corp = step('corp')
    await corp.getByText('更多').click()
    const address = corp.getByLabel('企业微信接口地址')
    await address.fill('http://127.0.0.1:9')
    await corp.getByLabel('企业 ID').fill('ww-wrong')
    await corp.getByLabel('AgentId').fill('1')
    await corp.getByLabel('Secret').fill('nonsense')
    await check('corp')
    await says('corp', 'fail', '连不上「127.0.0.1:9」', '改回 https://qyapi.weixin.qq.com')
    const wrong = [
      ['http://127.0.0.1:4', '「127.0.0.1:4」拒绝了连接'],
      ['http://no-such-host.invalid', '找不到「no-such-host.invalid」'],
      [`${wecom.url}/console`, '不是企业微信的接口（HTTP 404）'],
    ] as const
    for (const [url, words] of wrong) {
      await address.fill(url)
      await corp.getByLabel('Secret').fill('nonsense')
      await check('corp')
      await says('corp', 'fail', words, '改回 https://qyapi.weixin.qq.com')
    }
    const { rows } = (await admin('GET', '/api/audit')).body as { rows: { data: object }[] }
    expect(rows[0]!.data).toEqual({ outcome: 'done', checked: 'fail' })
    await address.fill(wecom.url)
    await corp.getByLabel('Secret').fill('nonsense')
    await check('corp')
    await says('corp', 'fail', '企业 ID 不对', '我的企业 → 企业信息')
    await corp.getByLabel('企业 ID').fill(CORP.corpId)
    await check('corp')
    await says('corp', 'fail', 'Secret 不对', 'Secret → 查看')
    wecom.fake.console.ipTrusted = false
    await corp.getByLabel('Secret').fill(CORP.secret)
    await check('corp')
    await says('corp', 'fail', '拒绝了本服务的出口 IP：203.0.113.7', '企业可信 IP')
    await check('account')
    await says('account', 'fail', '请先完成第 1 步')
    wecom.fake.console.ipTrusted = true
    await check('corp')
    await says('corp', 'pass', '应用「服务中枢」')
    expect(await corp.getByLabel('Secret').inputValue()).toBe('')
    expect((await admin('GET', '/api/channels/wecom')).body.typed).not.toHaveProperty('secret')
  }, 60_000)

  test('account: forbidden, none, not handed over, and then one that works', async () => {
    wecom.fake.console.kfAllowed = false
    await check('account')
    await says('account', 'fail', '没有调用这组接口的权限', '可调用接口的应用')
    wecom.fake.console.kfAllowed = true
    await check('account')
    await says('account', 'fail', '还没有客服账号')
    wecom.fake.console.kfAccounts = [{ openKfId: ACCOUNT, name: '门店客服', managed: false }]
    await check('account')
    await says('account', 'fail', '找到 1 个客服账号')
    await check('account')
    await says('account', 'fail', '没有交给本应用管理', '通过 API 管理账号')
    wecom.fake.console.kfAccounts[0]!.managed = true
    await check('account')
    await says('account', 'pass', '门店客服')
  }, 60_000)

  test('callback: waits for WeCom, tells a wrong key, and turns by itself when it was echoed', async () => {
    const callback = step('callback')
    expect(await callback.getByLabel('本服务的公网地址').inputValue()).toBe(service.url)
    await check('callback')
    await says('callback', 'waiting', '企业微信还没有访问过')
    const { typed, callbackPath } = (await admin('GET', '/api/channels/wecom')).body
    const target = { url: service.url + callbackPath, openKfId: ACCOUNT, token: typed.token }
    wecom.fake.configureCallback({ ...target, aesKey: `${'x'.repeat(42)}A` })
    expect(await wecom.fake.verifyCallback(ACCOUNT)).toBe(false)
    await says('callback', 'fail', 'Token 或 EncodingAESKey 与这里的不一样')
    wecom.fake.configureCallback({ ...target, aesKey: typed.aesKey })
    expect(await wecom.fake.verifyCallback(ACCOUNT)).toBe(true)
    await says('callback', 'pass', '收到正确的回应')
  }, 60_000)

  test('domain and members: missing, another’s, and right; members become staff with their departments', async () => {
    await check('domain')
    await says('domain', 'fail', '还没有设置可信域名')
    wecom.fake.console.trustedDomain = 'shop.example.com'
    await check('domain')
    await says('domain', 'fail', 'shop.example.com，不是本服务的')
    wecom.fake.console.trustedDomain = new URL(service.url).host
    await check('domain')
    await says('domain', 'pass', '可信域名是')
    await check('members')
    await says('members', 'fail', '对谁都不可见')
    wecom.fake.console.departments = [{ id: 2, name: '客服部' }]
    wecom.fake.console.members = [
      { userId: 'zhouyi', name: '周怡', departments: [2] },
      { userId: 'hidden', name: '别的部门', departments: [3] },
    ]
    wecom.fake.console.visible = { users: [], departments: [2] }
    await check('members')
    await says('members', 'pass', '看得到 1 位成员', '客服部')
    await step('members').getByLabel('周怡').check()
    await step('members').getByRole('button', { name: '加为员工' }).click()
    await step('members').getByText('/setup?token=').waitFor()
    const staff = (await admin('GET', '/api/staff')).body as { name: string; departments: string[] }[]
    expect(staff.find(({ name }) => name === '周怡')?.departments).toEqual(['客服部'])
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByText('The trusted domain is').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    expect(faults).toEqual([])
  }, 60_000)

  test('what was typed wrong later leaves the connection in force, and a callback is still taken', async () => {
    const answer = await admin('POST', '/api/channels/wecom/steps/corp', { secret: 'mistyped' })
    expect(answer.body.steps[0]).toMatchObject({ step: 'corp', state: 'fail' })
    wecom.fake.customerWrites({ externalUserId: 'wm-1', openKfId: ACCOUNT, text: '您好' })
    await wecom.fake.settled()
    await until(
      async () => wecom.fake.callbackAttempts.some(({ status }) => status === 200),
      'the callback, taken in by the connection in force',
    )
    await page.reload()
    await page.locator('[data-step=corp][data-state=fail]').waitFor()
    await page.locator('[data-step=callback][data-state=pass]').waitFor()
    expect((await admin('POST', '/api/channels/wecom/steps/nothing', {})).status).toBe(404)
  }, 60_000)

  test('a secret that was given for one server is not sent to another', async () => {
    const asked: string[] = []
    const trap = createServer((request, response) => {
      asked.push(request.url ?? '')
      response.end('{}')
    })
    await new Promise<void>(done => trap.listen(0, '127.0.0.1', done))
    const baseUrl = `http://127.0.0.1:${(trap.address() as AddressInfo).port}`
    const { body } = await admin('POST', '/api/channels/wecom/steps/corp', { baseUrl })
    trap.close()
    expect(body.steps[0]).toMatchObject({ state: 'fail' })
    expect(asked.length).toBeGreaterThan(0)
    expect(asked.join()).not.toMatch(/mistyped|corp-secret/)

    // The record of it all says of a check what it found.
    await page.goto(`${service.url}/admin/check`)
    const row = page.getByRole('row', { name: 'Checked the connection to WeCom' }).first()
    await row.getByText('Checked: failed').waitFor()
    await page.getByText('Checked: passed').first().waitFor()
    await page.getByText('Kept, waiting for WeCom').first().waitFor()
  }, 60_000)
})
