import type { Page } from 'playwright-core'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import type { EmulatorLog, LinkReply } from '#core/wire'
import { logIn, seriousFaults } from '../support/browser.ts'
import { freshDataDir } from '../support/database.ts'
import { createRetailDesk, enter, installRetail, PASSWORD, type PersonName } from '../support/retail-desk.ts'
import { screens } from '../support/screens.ts'
import { until, type Api, type Service } from '../support/service.ts'

const DESK = 'talk'

describe('words on a ticket’s page', () => {
  const dataDir = freshDataDir()
  const screen = screens()
  let service: Service
  let admin: Api

  beforeAll(async () => {
    const { invite, archive } = createRetailDesk({ dataDir }, DESK)
    service = await screen.start({ dataDir }, { AXLE_MASTER_KEY: 'a key of this test' })
    admin = await enter(service.url, invite)
    await installRetail(admin, { url: service.url, desk: DESK, archive })
    await admin('POST', '/api/emulator')
  }, 120_000)

  afterEach(screen.clear)

  const enterAs = async (name: PersonName | 'admin', width = 1280) => {
    const { page, faults } = await screen.open({ width })
    await logIn(page, service.url, { desk: DESK, name, password: PASSWORD })
    return { page, faults }
  }
  /** A customer writes; yields their ticket. */
  const writes = async (name: string) => {
    await admin('POST', '/api/emulator/messages', { name, text: '蛋糕少了一块' })
    return until(async () => {
      const rows = (await admin('GET', '/api/tickets')).body as { id: string; customer: string }[]
      return rows.find(row => row.customer === name)?.id
    }, `a ticket of ${name}`)
  }
  const phones = async () => (await admin('GET', '/api/emulator/log')).body as EmulatorLog
  const box = (page: Page) => page.locator('#words-text')

  test('what is written survives a reload, goes by Ctrl and Enter, and is on the customer’s phone and page', async () => {
    const id = await writes('林女士')
    const { page, faults } = await enterAs('导购甲')
    await page.goto(`${service.url}/desk/${id}`)
    await box(page).fill('马上给您补一块')
    await page.getByText('还能发').waitFor()
    await page.reload()
    await box(page).waitFor()
    expect(await box(page).inputValue()).toBe('马上给您补一块')
    await box(page).press('Control+Enter')
    await page.locator('.timeline li', { hasText: '导购甲 回复了客户' }).getByText('马上给您补一块').waitFor()
    expect(await box(page).inputValue()).toBe('')
    expect((await phones()).toCustomers.filter(({ text }) => text === '马上给您补一块')).toHaveLength(1)
    expect(await seriousFaults(page)).toEqual([])

    await page.getByLabel('内部备注').check()
    await box(page).fill('老顾客，别怠慢')
    await page.getByRole('button', { name: '记下备注' }).click()
    await page.locator('.timeline li.note', { hasText: '客户看不到' }).getByText('老顾客，别怠慢').waitFor()
    expect(await seriousFaults(page)).toEqual([])

    const { path } = (await admin('GET', `/api/tickets/${id}/link`)).body as LinkReply
    const customer = await screen.open({ width: 390 })
    await customer.page.goto(service.url + path)
    await customer.page.locator('.talk li', { hasText: '马上给您补一块' }).waitFor()
    expect(await customer.page.content()).not.toContain('怠慢')
    expect([...faults, ...customer.faults]).toEqual([])
  }, 60_000)

  test('what may not be sent is said while it is written, and in the reader’s language', async () => {
    const id = await writes('王先生')
    const { page } = await enterAs('导购甲', 390)
    await page.goto(`${service.url}/desk/${id}`)
    await box(page).fill('绝对没有问题')
    await page.getByText('这样写发不出去：文案含「广告法」的「绝对」').waitFor()
    expect(await page.getByRole('button', { name: '发给客户' }).isDisabled()).toBe(true)
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByText('This would not be sent').waitFor()
    expect(await page.evaluate('document.documentElement.scrollWidth')).toBe(390)
    await box(page).fill('We are on it')
    await page.getByRole('button', { name: 'Send to the customer' }).click()
    await page.getByText('导购甲 answered the customer').waitFor()
  }, 60_000)

  test('who cannot be reached is not answered, and it is said why; a note can be left', async () => {
    const opened = await admin('PUT', '/api/records/customer/C9', { data: { name: '路过的' } })
    expect(opened.status).toBeLessThan(300)
    const { page } = await enterAs('导购甲')
    await page.goto(`${service.url}/desk`)
    const made = await page.request.post(`${service.url}/api/tickets`, {
      data: { ticket: '客诉', entry: 'workbench', customer: 'C9', fields: { 描述: '票丢了' } },
    })
    const { id } = (await made.json()) as { id: string }
    await page.goto(`${service.url}/desk/${id}`)
    await page.getByText('只有同事看得到').waitFor()
    await page.getByLabel('回复客户').check()
    await page.getByText('客户没有用企业微信联系过，发不到他那里').waitFor()
    expect(await box(page).isDisabled()).toBe(true)

    const stranger = await enterAs('品控')
    await stranger.page.goto(`${service.url}/desk/${id}`)
    await stranger.page.getByText('要由「导购」来回复或备注').waitFor()
    expect(await box(stranger.page).count()).toBe(0)
  }, 60_000)
})
