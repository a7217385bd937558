import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { logIn, seriousFaults } from '../support/browser.ts'
import { freshDataDir } from '../support/database.ts'
import { createRetailDesk, enter } from '../support/retail-desk.ts'
import { screens } from '../support/screens.ts'
import type { Service } from '../support/service.ts'
import { sheetPack } from '../support/sheet-pack.ts'
import { packMaker } from '../support/signed-pack.ts'

const maker = packMaker()
/** With teams to be put into. */
const pack = {
  'files.axle': sheetPack['files.axle'].replace('role 店员', 'role 店员\nteam 早班组, 晚班组'),
}
const PASSWORD = 'correct horse battery'

describe('records and staff in the browser', () => {
  const dataDir = freshDataDir()
  const { start, open } = screens()
  let service: Service
  let page: Page
  let faults: readonly string[]

  beforeAll(async () => {
    const { invite } = createRetailDesk({ dataDir }, 'keeper')
    service = await start({ dataDir })
    const admin = await enter(service.url, invite)
    await admin('POST', '/api/keys', { pem: maker.publicKey, name: '店家' })
    await admin('POST', '/api/packs', maker.sign(pack))
    const { hash } = (await admin('GET', '/api/packs/files/plan')).body
    await admin('POST', '/api/packs/files/consent', { hash })
    const { body } = await admin('POST', '/api/staff', { name: '周店', login: 'zhou' })
    await admin('POST', '/api/packs/files/roles', { roles: { 店员: [body.id] } })
    expect((await admin('POST', '/api/packs/files/install')).status).toBe(200)
    ;({ page, faults } = await open())
    await logIn(page, service.url, { desk: 'keeper', password: PASSWORD })
  }, 120_000)

  const choose = (name: string, text: string) =>
    page.getByLabel('选择 CSV 文件').setInputFiles({ name, mimeType: 'text/csv', buffer: Buffer.from(text) })

  test('records that are missing are told, imported after a plan, written by hand, changed and deleted', async () => {
    await page.goto(`${service.url}/admin/check`)
    await page.getByText('一条也没有：设备。').waitFor()
    await page.goto(`${service.url}/admin/records`)
    await page.getByRole('link', { name: '设备 0' }).click()
    await page.getByText('「报修单」要用到，现在一条也没有').waitFor()
    await page.getByText('还没有设备').waitFor()
    expect(await seriousFaults(page)).toEqual([])

    await page.getByRole('link', { name: '门店档案' }).click()
    await choose('门店.csv', '编号,店名,等级\nS1,南京西路,旗舰\nS2,徐汇,特级\n')
    await page.getByText('有 1 处要改').waitFor()
    await page
      .getByRole('row', { name: '3 等级 「特级」不是这一列能填的值。 可以填：A（旗舰）、B（普通）。' })
      .waitFor()
    expect(await page.getByRole('button', { name: /^写入/ }).count()).toBe(0)
    expect(await seriousFaults(page)).toEqual([])
    await choose('门店.csv', '编号,店名,等级\nS1,南京西路,旗舰\nS2,徐汇,普通\n')
    await page.getByText('共 2 行：新增 2，修改 0，不变 0').waitFor()
    await page.getByRole('button', { name: '写入 2 条' }).click()
    await page.getByText('已写入：新增 2，修改 0').waitFor()
    await page.getByRole('row', { name: /S1 南京西路 旗舰/ }).waitFor()

    await page.getByRole('link', { name: '设备' }).click()
    await page.getByRole('button', { name: '新增' }).click()
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('请填写码。').waitFor()
    await page.getByLabel('码 *').fill('D1')
    await page.getByLabel('门店', { exact: true }).selectOption('S1')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('已保存「D1」。').waitFor()
    await page.getByRole('button', { name: '新增' }).click()
    await page.getByLabel('码 *').fill('D1')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('「D1」已经有了').waitFor()
    await page.getByRole('button', { name: '取消' }).click()
    await page.getByRole('link', { name: '门店档案' }).click()
    await page.getByRole('button', { name: 'S1', exact: true }).click()
    const name = page.getByLabel('店名')
    expect(await name.evaluate(one => one.tagName)).toBe('INPUT')
    await name.fill('南京东路')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByRole('row', { name: /S1 南京东路/ }).waitFor()
    await page.getByRole('button', { name: 'S1', exact: true }).click()
    await page.getByRole('button', { name: '删除' }).click()
    await page.getByRole('button', { name: '确认删除「S1」' }).click()
    await page.getByText('还有 1 处在用').waitFor()
    await page.getByRole('button', { name: '取消' }).click()
    await page.getByLabel('查找').fill('徐汇')
    await page.getByText('共 1 条').waitFor()
    expect(faults).toEqual([])
  }, 90_000)

  test('staff are added without WeCom, given what they do, and leave', async () => {
    await page.goto(`${service.url}/admin/people`)
    await page.getByRole('button', { name: '新增员工' }).click()
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('请填写姓名。').waitFor()
    await page.getByLabel('姓名 *').fill('林店')
    await page.getByLabel('账号 *').fill('zhou')
    await page.getByLabel('店员').check()
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('账号「zhou」已被使用').waitFor()
    await page.getByLabel('账号 *').fill('lin')
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('已加入「林店」').waitFor()
    expect(await page.locator('code.value').textContent()).toMatch(/\/setup\?token=[\w-]{40,}$/)
    await page.getByRole('row', { name: /林店 lin 还没设密码 未连企业微信 店员/ }).waitFor()
    expect(await seriousFaults(page)).toEqual([])

    await page.getByLabel('周店当班').uncheck()
    await page.getByRole('row', { name: /周店.*休息/ }).waitFor()
    await page.getByRole('button', { name: 'admin', exact: true }).click()
    await page.getByRole('button', { name: '离职' }).click()
    await page.getByRole('button', { name: '确认「admin」离职' }).click()
    await page.getByText('至少要留一位管理员').waitFor()
    await page.getByRole('button', { name: '取消' }).click()
    await page.getByRole('button', { name: '周店', exact: true }).click()
    await page.getByRole('button', { name: '离职' }).click()
    await page.getByRole('button', { name: '取消' }).click()
    // Whoever is the last of a role is missed.
    await page.getByRole('button', { name: '林店', exact: true }).click()
    await page.getByLabel('店员').uncheck()
    await page.getByRole('button', { name: '保存' }).click()
    await page.getByText('已保存「林店」').waitFor()
    await page.getByRole('button', { name: '周店', exact: true }).click()
    const dialog = page.getByRole('dialog')
    expect(await page.evaluate(`getComputedStyle(document.querySelector('dialog')).borderTopWidth`)).toBe(
      '1px',
    )
    await dialog.getByRole('button', { name: '全不选 服务组' }).click()
    await dialog.getByRole('button', { name: '全选 服务组' }).click()
    expect(await dialog.getByLabel('早班组').isChecked()).toBe(true)
    await dialog.getByRole('button', { name: '离职' }).click()
    await dialog.getByText('离职后就没有人担任：店员').waitFor()
    await dialog.getByRole('button', { name: '确认「周店」离职' }).click()
    await page.getByText('「周店」已离职').waitFor()
    // On a phone one still sees who is on shift.
    await page.setViewportSize({ width: 390, height: 800 })
    const shift = page.getByLabel('林店当班')
    const rightEdge = async () => {
      const box = await shift.boundingBox()
      return box ? box.x + box.width : Infinity
    }
    await expect.poll(rightEdge).toBeLessThan(390)
    await page.setViewportSize({ width: 1280, height: 900 })

    // The record names people and kinds of records; what is well stands behind one line.
    await page.goto(`${service.url}/admin/check`)
    await page
      .getByRole('row', { name: /员工离职 周店/ })
      .first()
      .waitFor()
    await page.getByRole('row', { name: /导入档案 门店档案 .*新增 2 条，修改 0 条/ }).waitFor()
    await page
      .getByRole('row', { name: /导入档案 门店档案 只预检，没有写入/ })
      .first()
      .waitFor()
    expect(await page.locator('[data-check=audit]').isVisible()).toBe(false)
    await page.getByText(/项正常，点开查看/).click()
    await page.locator('[data-check=audit]').waitFor()

    // An address that is no page says so in words, and leads on.
    await page.goto(`${service.url}/admin/nothing`)
    await page.getByRole('heading', { name: '没有这个页面' }).waitFor()
    await page.getByRole('link', { name: '去工单台' }).click()
    await page.waitForURL('**/desk')
    const asked = await fetch(`${service.url}/api/nothing`, { headers: { accept: 'text/html' } })
    expect(((await asked.json()) as { code: string }).code).toBe('not-found')
    expect(faults.filter(fault => !/40[39]|422/.test(fault))).toEqual([])
  }, 60_000)
})
