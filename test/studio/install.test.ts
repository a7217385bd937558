import { spawnSync } from 'node:child_process'
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startBrowser, watch } from '../support/browser.ts'
import { freshDataDir } from '../support/database.ts'
import { createRetailDesk } from '../support/retail-desk.ts'
import { startService, type Service } from '../support/service.ts'

const PASSWORD = 'correct horse battery'

describe('a pack gets onto a new desk in the browser', () => {
  const dataDir = freshDataDir()
  let service: Service
  let browser: Browser
  let made: ReturnType<typeof createRetailDesk>

  beforeAll(async () => {
    const built = spawnSync(process.execPath, ['runtime/build-studio.mjs'], { encoding: 'utf8' })
    expect(built.status, built.stderr).toBe(0)
    made = createRetailDesk({ dataDir }, 'newdesk')
    service = await startService({ dataDir })
    browser = await startBrowser()
  }, 120_000)

  afterAll(async () => {
    await browser?.close()
    await service?.stop()
  })

  test('from the one-time link to live, step by step, with what is missing said on the way', async () => {
    const page = await (await browser.newContext({ viewport: { width: 1280, height: 900 } })).newPage()
    page.setDefaultTimeout(15_000)
    const faults = watch(page, service.url)
    await page.goto(`${service.url}/setup?token=${made.invite}`)
    await page.getByLabel('密码').fill('short')
    await page.getByRole('button', { name: '保存密码' }).click()
    await page.getByText('密码要 8 到 200 个字符').waitFor()
    await page.getByLabel('密码').fill(PASSWORD)
    await page.getByRole('button', { name: '保存密码' }).click()
    await page.waitForURL('**/desk')

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

    // Nobody holds the roles: the trial is refused and names them; each is red until somebody does.
    const trial = page.locator('[data-step=trial]')
    await trial.getByRole('button', { name: '安装并开始试运行' }).click()
    await trial.getByText('还没有人担任').waitFor()
    const roles = page.locator('[data-step=roles]')
    expect(await roles.getByText('没有人担任').count()).toBe(5)
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
    expect(faults).toEqual([])
  }, 90_000)
})
