import { beforeAll, describe, expect, test } from 'vitest'
import { logIn, seriousFaults } from '../support/browser.ts'
import { freshDataDir } from '../support/database.ts'
import { createRetailDesk } from '../support/retail-desk.ts'
import { screens } from '../support/screens.ts'
import type { Service } from '../support/service.ts'
import { shop } from '../support/shop-pack.ts'
import { packMaker } from '../support/signed-pack.ts'

const PASSWORD = 'correct horse battery'

describe('a pack gets onto a new desk in the browser', () => {
  const dataDir = freshDataDir()
  const { start, open } = screens()
  let service: Service
  let made: ReturnType<typeof createRetailDesk>

  beforeAll(async () => {
    made = createRetailDesk({ dataDir }, 'newdesk')
    service = await start({ dataDir })
  }, 120_000)

  test('from the one-time link to live, step by step, with what is missing said on the way', async () => {
    const { page, faults } = await open()
    await page.goto(`${service.url}/setup?token=${made.invite}`)
    await page.getByLabel('密码').fill('short')
    await page.getByRole('button', { name: '保存密码' }).click()
    await page.getByText('密码要 8 到 200 个字符').waitFor()
    await page.getByLabel('密码').fill(PASSWORD)
    await page.getByRole('button', { name: '保存密码' }).click()
    await page.waitForURL('**/desk')
    await page.getByText('还没有正在使用的行业包').waitFor()
    // Nothing that comes behind it takes it away, and what there is of a desk without a pack is empty.
    await page.waitForLoadState('networkidle')
    expect(await page.getByText('还没有正在使用的行业包').count()).toBe(1)
    for (const path of ['todos', 'sops', 'sends/newest'])
      expect(await (await page.request.get(`${service.url}/api/${path}`)).json(), path).toEqual([])
    await page.goto(`${service.url}/admin/packs`)
    await page.getByText('还没有行业包').waitFor()
    await page.waitForLoadState('networkidle')
    expect(await page.locator('.notice.bad').count()).toBe(0)

    const api = page.request
    const sent = await api.post(`${service.url}/api/packs`, {
      data: Buffer.from(made.archive),
      headers: { 'content-type': 'application/octet-stream' },
    })
    expect(sent.status()).toBe(201)
    await api.post(`${service.url}/api/staff`, { data: { name: '周店', login: 'zhou' } })

    await page.goto(`${service.url}/admin/packs`)
    await page.getByText('未安装').waitFor()
    await page.getByRole('link', { name: '查看安装计划' }).click()
    await page.getByText('全部通过').waitFor()
    await page.locator('[data-step=settings]').getByText('请先同意安装计划').waitFor()
    await page.getByLabel('我同意行业包使用以上权限').check()
    await page.getByRole('button', { name: '同意' }).click()

    const settings = page.locator('[data-step=settings]')
    await settings.getByLabel('店长补偿上限').fill('900')
    await settings.getByRole('button', { name: '保存' }).click()
    await settings.getByText('不在允许的范围内').waitFor()
    expect(await settings.getByLabel('店长补偿上限').inputValue()).toBe('900')
    await settings.getByLabel('店长补偿上限').fill('100')
    await settings.getByRole('button', { name: '保存' }).click()
    await settings.getByText('已保存').waitFor()
    // The pack's own tests ran with it, and say themselves what they count on.
    await page.getByText('全部通过').waitFor()
    // What was emptied stays empty and is asked for; money says its currency, a day that is past that it is.
    await settings.getByLabel('店长补偿上限（元）').fill('')
    await settings.getByRole('button', { name: '保存' }).click()
    await settings.getByText('必须填写').waitFor()
    expect(await settings.getByLabel('店长补偿上限').inputValue()).toBe('')
    await settings.getByLabel('店长补偿上限').fill('100')
    await settings.getByLabel('会员日').fill('2020-01-01')
    await settings.getByText('这一天已经过去了').waitFor()
    await settings.getByLabel('会员日').fill('2099-01-01')
    await settings.getByRole('button', { name: '保存' }).click()
    await settings.getByText('已保存').waitFor()
    expect(await settings.getByText('这一天已经过去了').count()).toBe(0)

    // Nobody holds the roles: the trial is refused and names them; each is red until somebody does.
    const trial = page.locator('[data-step=trial]')
    await trial.getByRole('button', { name: '安装并开始试运行' }).click()
    await trial.getByText('还没有人担任').waitFor()
    const roles = page.locator('[data-step=roles]')
    expect(await roles.getByText('没有人担任').count()).toBe(10)
    for (const box of await roles.getByLabel('周店').all()) await box.check()
    expect(await roles.getByText('没有人担任').count()).toBe(0)
    await roles.getByRole('button', { name: '保存' }).click()
    await roles.getByText('已保存').waitFor()
    await trial.getByRole('button', { name: '安装并开始试运行' }).click()
    await trial.getByText('正在试运行').waitFor()

    const live = page.locator('[data-step=live]')
    await live.getByLabel('通知客户').check()
    await live.getByRole('button', { name: '按所选上线' }).click()
    await live.getByText('已上线，打开的对外动作：通知客户').waitFor()
    // In English the pack speaks English where it has the words.
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByText('Complaint ticket').waitFor()
    expect(await roles.getByText('1 person', { exact: true }).count()).toBe(10)
    expect(faults).toEqual([])
    await page.close()
  }, 90_000)

  test('an upgrade asks for what is new, is tried, listed, rolled back and uninstalled, each told first', async () => {
    const { page, faults } = await open()
    await logIn(page, service.url, { desk: 'newdesk', password: PASSWORD })

    // A stranger's pack: refused in words, taken once the maker is trusted.
    const maker = packMaker()
    const file = (texts: Record<string, string>) => ({
      ...{ name: 'shop.axlepack', mimeType: 'application/octet-stream' },
      buffer: Buffer.from(maker.sign(texts)),
    })
    await page.goto(`${service.url}/admin/packs`)
    const intake = page.getByLabel('选择签过名的 .axlepack 文件')
    await intake.setInputFiles(file(shop(1)))
    await page.getByText('不在受信任的名单里').waitFor()
    await page.getByLabel('制作方名称').fill('店家')
    await page.getByLabel('公钥的内容').fill('不是公钥')
    await page.getByRole('button', { name: '信任这个公钥' }).click()
    const keys = page.getByRole('region', { name: '受信任的制作方' })
    await keys.locator('.notice.bad').waitFor()
    expect(await page.locator('.notice.bad').count()).toBe(1)
    await page.getByLabel('公钥文件').setInputFiles({
      ...{ name: '店家.key.pub', mimeType: 'text/plain', buffer: Buffer.from(maker.publicKey) },
    })
    await expect.poll(() => page.getByLabel('公钥的内容').inputValue()).toBe(maker.publicKey)
    await page.getByRole('button', { name: '信任这个公钥' }).click()
    // Trusted, the file is taken at once: nobody has to choose it again.
    await page.getByText('已收下「店」版本 1').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    // It comes beside the pack that is live.
    await page.goto(`${service.url}/admin/packs/shop`)
    await page.getByLabel('我同意行业包使用以上权限').check()
    await page.getByRole('button', { name: '同意' }).click()
    const roles = page.locator('[data-step=roles]')
    for (const name of ['周店', 'admin']) await roles.getByLabel(name).check()
    await roles.getByRole('button', { name: '保存' }).click()
    await roles.getByText('已保存').waitFor()
    const trial = page.locator('[data-step=trial]')
    await trial.getByRole('button', { name: '安装并开始试运行' }).click()
    await trial.getByText('没有拦下任何').waitFor()
    const api = page.request

    // The author chooses which of the two texts to work on.
    await page.goto(`${service.url}/author`)
    await page.locator('axle-editor[data-ready]').waitFor()
    await page.getByLabel('选择行业包').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.getByLabel('选择行业包').selectOption('shop')
    await page.getByRole('button', { name: 'shop.axle' }).waitFor()

    // A pack of the same names clashes: it is said in the plan, and consent is refused.
    await api.post(`${service.url}/api/packs`, { data: file(shop(1, { name: 'bank' })).buffer })
    await page.goto(`${service.url}/admin/packs/bank`)
    await page.getByRole('alert').getByText('表单「单」与「店」的同名').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.getByLabel('我同意行业包使用以上权限').check()
    await page.getByRole('button', { name: '同意' }).click()
    await page.locator('[data-step=consent]').getByText('工单「事」与「店」的同名').waitFor()

    // Two kinds take what customers write first: which one it opens is chosen.
    await page.goto(`${service.url}/admin/packs`)
    await page.getByLabel('开成').selectOption({ label: '事（店）' })
    await page.locator('axle-first-words').getByText('已保存').waitFor()
    await page.reload()
    await expect.poll(() => page.getByLabel('开成').inputValue()).toBe('事')
    expect(await seriousFaults(page)).toEqual([])

    // Uninstalling says what stays; the other pack goes on.
    await page.goto(`${service.url}/admin/packs/retail`)
    const leave = page.locator('[data-step=leave]')
    await leave.getByText('之前没有别的版本').waitFor()
    await leave.getByRole('button', { name: '卸载' }).click()
    await page.getByRole('dialog').getByText('在途工单').first().waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.keyboard.press('Escape')
    await leave.getByRole('button', { name: '卸载' }).click()
    await page.getByRole('button', { name: '确认卸载' }).click()
    await page.getByText('已卸载。数据都在').waitFor()

    await page.goto(`${service.url}/admin/packs/shop`)

    // In trial a ticket is opened: what it would have sent is listed, and nothing was.
    const opening = { ticket: '事', entry: 'workbench', customer: null, fields: { 说明: '漏水', 金额: '5' } }
    expect((await api.post(`${service.url}/api/tickets`, { data: opening })).status()).toBe(201)
    await expect
      .poll(async () => (await (await api.get(`${service.url}/api/packs/shop/trial`)).json()).sends.length)
      .toBeGreaterThan(0)
    await page.reload()
    await trial.getByText('看看本来会发出什么').click()
    await trial.getByRole('cell', { name: '通知员工' }).first().waitFor()
    await page.locator('[data-step=live]').getByText('试运行拦下').first().waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.locator('[data-step=live]').getByLabel('通知员工').check()
    await page.locator('[data-step=live]').getByRole('button', { name: '按所选上线' }).click()
    await page.getByText('已上线，打开的对外动作：通知员工').waitFor()
    // Who holds what can be said again.
    await roles.getByRole('button', { name: '保存' }).click()
    await roles.getByText('已保存').waitFor()

    // The upgrade asks for more: it is said, marked and waits.
    expect(
      (
        await api.post(`${service.url}/api/packs`, { data: file(shop(2, { asksMore: true })).buffer })
      ).status(),
    ).toBe(201)
    await page.reload()
    await page.getByText('新版本 2 多申请了 3 项权限').waitFor()
    await page.getByRole('heading', { name: '店 版本 1' }).waitFor()
    await page.getByText('和正在用的版本 1 相比').click()
    await page.locator('[data-changes]').getByText('新增动作「erp.查」').waitFor()
    const personal = page.locator('[data-permissions=personal]')
    await personal.getByText('会把客户的「单.说明」交给 erp.example.com').waitFor()
    await personal.getByText('新增').waitFor()
    await page.getByLabel('我同意行业包使用以上权限').check()
    await page.getByRole('button', { name: '同意' }).click()
    await trial.getByText('不会再给客户和员工发任何消息').waitFor()
    // What was planned is no more what would run: somebody wrote in the text meanwhile.
    const { files, revision } = await (await api.get(`${service.url}/api/source?pack=shop`)).json()
    const write = (texts: object, seen: number) =>
      api.put(`${service.url}/api/source?pack=shop`, {
        ...{ data: { files: texts }, headers: { 'if-match': `"${seen}"` } },
      })
    const other = { 'shop.axle': (files['shop.axle'] as string).replace('24h', '12h') }
    expect((await write(other, revision)).status()).toBe(200)
    await trial.getByRole('button', { name: '安装并开始试运行' }).click()
    await trial.locator('.notice.bad').last().waitFor()
    await page.reload()
    await page.getByText('还没发布的修改').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    expect((await write(files, revision + 1)).status()).toBe(200)
    await page.reload()
    await trial.getByRole('button', { name: '安装并开始试运行' }).click()
    await trial.getByText('正在试运行').waitFor()
    const live = page.locator('[data-step=live]')
    await live.getByLabel('扩展动作「查库存」').check()
    await live.getByRole('button', { name: '按所选上线' }).click()
    await page.getByText('打开的对外动作：通知员工、扩展动作「查库存」').waitFor()

    await leave.getByRole('button', { name: '回退到上一版' }).click()
    await page.getByRole('button', { name: '确认回退' }).click()
    await page.getByText('已回退到上一版').waitFor()
    await page.getByText('已上线，打开的对外动作：通知员工').waitFor()
    await page.getByText('新版本 2 多申请了 3 项权限').waitFor()

    // One store uses it first; then it goes on to all.
    for (const key of ['S1', 'S2'])
      await api.put(`${service.url}/api/records/store/${key}`, { data: { data: { name: `${key} 店` } } })
    await page.reload()
    await page.getByLabel('我同意行业包使用以上权限').check()
    await page.getByRole('button', { name: '同意' }).click()
    await trial.getByLabel('S1 店').check()
    await trial.getByRole('button', { name: '安装并开始试运行' }).click()
    await page.getByRole('heading', { name: '1 家门店先用版本 2' }).waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('button', { name: '收回' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '确认收回' }).click()
    await page.getByText('已收回').waitFor()
    await page.getByLabel('我同意行业包使用以上权限').check()
    await page.getByRole('button', { name: '同意' }).click()
    await trial.getByLabel('S1 店').check()
    await trial.getByRole('button', { name: '安装并开始试运行' }).click()
    await page.getByText('换成别的门店').click()
    await page.locator('axle-rollout').getByLabel('S2 店').check()
    await page.getByRole('button', { name: '改为这些门店先用' }).click()
    await page.getByRole('heading', { name: '2 家门店先用版本 2' }).waitFor()
    await page.getByRole('button', { name: '推广到全部门店' }).click()
    await page.getByRole('dialog').getByRole('button', { name: '确认推广' }).click()
    await page.getByText('已推广到全部门店').waitFor()

    await page.getByRole('button', { name: 'English' }).click()
    await page.getByText('It hands').or(page.getByText('hands the customer’s')).first().waitFor()
    expect(await seriousFaults(page)).toEqual([])

    // The check-up and the record of all this.
    await page.getByRole('link', { name: 'Check-up' }).click()
    await page.locator('[data-check=wecom][data-state=fail]').waitFor()
    await page.getByText('WeCom is not connected yet').waitFor()
    await page.getByRole('cell', { name: 'Rolled back' }).waitFor()
    await page.getByText('cannot run beside the packs of this desk').first().waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('button', { name: '中文' }).click()
    await page.getByRole('heading', { name: '一键体检' }).waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('link', { name: '去处理' }).first().click()
    await page.waitForURL(/\/admin\/(connect|packs|people|records|actions|sources)$/)
    expect(faults).toEqual([])
  }, 120_000)
})
