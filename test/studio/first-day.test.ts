import type { Page } from 'playwright-core'
import { afterEach, beforeAll, describe, expect, test } from 'vitest'
import type {
  ConnectReply,
  EmulatorLog,
  OpeningFormReply,
  OpeningsReply,
  QueueRowReply,
  TicketReply,
  TodoReply,
} from '#core/wire'
import { logIn, seriousFaults } from '../support/browser.ts'
import { freshDataDir } from '../support/database.ts'
import { createRetailDesk, enter, installRetail, PASSWORD, type PersonName } from '../support/retail-desk.ts'
import { screens } from '../support/screens.ts'
import { until, type Api, type Service } from '../support/service.ts'

const DESK = 'shop'

describe('the first day of a new desk', () => {
  const dataDir = freshDataDir()
  const screen = screens()
  let service: Service
  let admin: Api
  let apis: Record<PersonName, Api>
  let ids: Record<PersonName, string>

  beforeAll(async () => {
    const { invite, archive } = createRetailDesk({ dataDir }, DESK)
    service = await screen.start({ dataDir }, { AXLE_MASTER_KEY: 'a key of this test' })
    admin = await enter(service.url, invite)
    ;({ apis, ids } = await installRetail(admin, { url: service.url, desk: DESK, archive }))
    await admin('PUT', '/api/records/store/S1', { data: { name: '南京西路店' } })
    await admin('PUT', '/api/records/customer/C1', { data: { name: '王芳' } })
    await admin('PUT', '/api/records/customer/C2', { data: { name: '王小明' } })
    await admin('PUT', '/api/records/订单/D1', {
      data: { 号: 'D1', 会员: 'C1', 门店: 'S1', 实付: '39.90', 件数: 1 },
    })
  }, 120_000)

  afterEach(screen.clear)

  async function enterAs(
    name: PersonName | 'admin',
    width = 1280,
  ): Promise<{ page: Page; faults: readonly string[] }> {
    const { page, faults } = await screen.open({ width })
    await logIn(page, service.url, { desk: DESK, name, password: PASSWORD })
    return { page, faults }
  }
  const ticketAt = (page: Page) => page.url().split('/').at(-1)!
  const show = async (id: string) => (await admin('GET', `/api/tickets/${id}`)).body as TicketReply
  const open = async (by: Api, customer: string | null) => {
    const { body, status } = await by('POST', '/api/tickets', {
      ...{ ticket: '客诉', entry: 'workbench', customer, fields: { 描述: '面包发霉了' } },
    })
    expect(status).toBe(201)
    return body.id as string
  }

  test('staff open a ticket for somebody new from the desk by keyboard, and lose nothing on a refusal', async () => {
    const { page, faults } = await enterAs('导购甲')
    await page.getByRole('link', { name: '开单' }).waitFor()
    await page.keyboard.press('n')
    await page.waitForURL('**/desk/new')
    await page.getByLabel('工单种类').selectOption({ label: '客诉工单' })
    await page.getByLabel('期望处理').selectOption('换货')
    await page.getByRole('button', { name: '开单' }).click()
    await page.getByText('请先选定客户').waitFor()
    await page.getByLabel('新客户', { exact: true }).check()
    await page.getByLabel('新客户的称呼').fill('郑女士')
    await page.getByRole('button', { name: '开单' }).click()
    await page.locator('axle-field', { hasText: '描述' }).getByText('必须填写').waitFor()
    expect(await page.evaluate('document.activeElement.tagName')).toBe('TEXTAREA')
    expect(await seriousFaults(page)).toEqual([])

    // Nobody new is kept by what was refused; what was typed is there even after a reload.
    expect((await admin('GET', '/api/customers?search=郑女士')).body).toEqual([])
    await page.reload()
    expect(await page.getByLabel('新客户的称呼').inputValue()).toBe('郑女士')
    expect(await page.getByLabel('期望处理').inputValue()).toBe('换货')
    await page.getByLabel('描述').fill('杯子裂了')
    await page.keyboard.press('Tab')
    await page.getByRole('button', { name: '开单' }).focus()
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { name: '郑女士' }).waitFor()
    await page.getByText('还没有接通企业微信，没有发给客户：已受理').waitFor()
    const { fields, customer } = await show(ticketAt(page))
    expect(customer?.name).toBe('郑女士')
    expect(fields).toEqual([])
    const seen = (await apis.导购甲('GET', `/api/tickets/${ticketAt(page)}`)).body as TicketReply
    const value = (name: string) => seen.fields.find(field => field.name === name)?.value
    expect([value('描述'), value('期望处理'), value('影响范围')]).toEqual(['杯子裂了', '换货', '单人'])
    await page.goto(`${service.url}/desk/new`)
    expect(await page.getByLabel('工单种类').inputValue()).toBe('')
    expect(faults).toEqual([])
  }, 90_000)

  test('a known customer is found by a part of the name, and only their own records are offered', async () => {
    const { page, faults } = await enterAs('导购甲')
    await page.getByRole('link', { name: '开单' }).click()
    await page.getByLabel('工单种类').selectOption({ label: '退换货工单' })
    await page.getByText('选定客户后，这里列出可选的订单').waitFor()
    await page.getByRole('button', { name: '开单' }).click()
    await page.getByText('请先选定客户').waitFor()
    await page.getByLabel('按姓名或编号找客户').fill('王')
    await page.getByRole('button', { name: '王小明' }).waitFor()
    await page.getByRole('button', { name: '王芳' }).click()
    expect(await page.getByText('请先选定客户').count()).toBe(0)
    await page.getByLabel('这张工单是关于哪个').selectOption('D1')
    await page.getByRole('button', { name: '换一位' }).click()
    await page.getByRole('button', { name: '王小明' }).click()
    await page.getByText('没有可选的订单').waitFor()
    for (const language of ['zh', 'en']) {
      await page.evaluate(`localStorage.setItem('axle-language', '${language}')`)
      await page.reload()
      await page.locator('axle-field').first().waitFor()
      expect(await seriousFaults(page), language).toEqual([])
    }
    expect(faults).toEqual([])
  }, 60_000)

  test('whom tickets would wait for in vain is said where the pack is tried, and is put right under staff', async () => {
    const { page, faults } = await enterAs('admin')
    await page.goto(`${service.url}/admin/packs/retail`)
    const missing = page.locator('[data-unstaffed]')
    await missing.getByText('导购：').waitFor()
    expect(await missing.textContent()).toContain('VIP客服组')
    expect(await missing.textContent()).not.toContain('、客诉组')
    expect(await seriousFaults(page)).toEqual([])
    await missing.getByRole('link', { name: '员工' }).click()
    await page.locator('table.people').waitFor()
    expect(faults).toEqual([])
  })

  test('whoever may write nothing of any ticket is told which roles open them', async () => {
    const { body } = await admin('GET', '/api/openings')
    const { openings, openers } = body as OpeningsReply
    expect(openings).toEqual([])
    expect(openers).toContain('导购')
    const { page } = await enterAs('admin')
    await page.getByRole('link', { name: '开单' }).click()
    await page.getByText('您的角色不能手工开单').waitFor()
    await page.getByText(/可以开单的角色：.*导购/).waitFor()
  }, 60_000)

  test('only kinds of which somebody may fill all that is required are offered, without what later nodes ask for', async () => {
    const kinds = async (by: Api) =>
      ((await by('GET', '/api/openings')).body as OpeningsReply).openings.map(({ ticket }) => ticket)
    expect(await kinds(apis.导购甲)).toContain('客诉')
    expect(await kinds(apis.店长)).toContain('客诉')
    // Quality control and the region write fields of a complaint, but not its words, which it cannot be opened without.
    expect(await kinds(apis.品控)).not.toContain('客诉')
    expect(await kinds(apis.大区)).not.toContain('客诉')
    const asked = { ticket: '客诉', customer: null, subject: null, fields: {} }
    const { fields } = (await apis.店长('POST', '/api/openings', asked)).body as OpeningFormReply
    const names = fields.map(({ name }) => name)
    expect(names).toEqual(expect.arrayContaining(['描述', '投诉类型', '门店', '期望处理']))
    for (const later of ['方案', '根因', '核查结论']) expect(names).not.toContain(later)
  })

  test('a ticket that waits for nobody is claimed, handed on, and refused to whoever may not have it', async () => {
    // Two assistants have five tickets each at most: what comes on top waits.
    const opened: string[] = []
    for (let n = 0; n < 12; n++) opened.push(await open(apis.导购甲, null))
    const waiting = (await show(opened.at(-1)!)).places[0]!
    expect(waiting.assignee).toBeNull()
    const queue = await admin('GET', '/api/tickets?status=open&unassigned=true')
    const unassigned = (queue.body as { id: string }[]).map(({ id }) => id)
    expect(unassigned).toContain(opened.at(-1))
    expect(unassigned.length).toBe(Number(queue.headers.get('x-total-count')))
    expect(unassigned.length).toBeLessThan(12)

    const id = unassigned[0]!
    const { page, faults } = await enterAs('导购乙')
    await page.getByRole('button', { name: '待分派' }).click()
    await page.locator(`tr[data-ticket="${id}"]`).getByRole('link').click()
    await page.getByText('要「客诉组」里的「导购」；有 2 人，都满了（每人最多 5 张）。').waitFor()
    expect(await page.getByRole('link', { name: '调整人员与服务组' }).count()).toBe(0)
    await page.getByRole('button', { name: '重新分派' }).click()
    await page.getByText('现在没有空闲的「导购」可派').waitFor()
    await page.getByRole('button', { name: '我来处理' }).click()
    await page.getByText('「受理」现在由 导购乙 处理').waitFor()
    expect((await show(id)).places[0]!.assignee).toBe(ids.导购乙)
    await page.getByRole('button', { name: '交给…' }).click()
    await page.getByLabel('把「受理」交给谁').selectOption({ label: '导购甲' })
    await page.getByRole('button', { name: '交给 导购甲' }).click()
    await page.getByText('「受理」现在由 导购甲 处理').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    expect(faults).toEqual([])

    const hand = (by: Api, to: string | null) =>
      by('POST', `/api/tickets/${id}/assignment`, { node: '受理', to })
    expect(await hand(apis.品控, ids.品控)).toMatchObject({ status: 403, body: { code: 'role' } })
    expect(await hand(apis.导购甲, ids.品控)).toMatchObject({ status: 409, body: { code: 'not-assignable' } })
    expect(await hand(admin, ids.导购甲)).toMatchObject({ status: 409, body: { code: 'moot' } })
    expect(await hand(admin, ids.店长)).toMatchObject({ status: 200 })
    const stranger = await enterAs('品控')
    await stranger.page.goto(`${service.url}/desk/${id}`)
    await stranger.page.getByRole('heading', { name: '时间线' }).waitFor()
    expect(await stranger.page.getByRole('button', { name: '我来处理' }).count()).toBe(0)
  }, 90_000)

  test('a ticket at an action that is held says so, and only an administrator is offered a way out', async () => {
    const id = await open(apis.导购甲, 'C1')
    const go = (by: PersonName, node: string, event: string, fields: object) =>
      apis[by]('POST', `/api/tickets/${id}/transitions`, { node, event, fields })
    const sorted = { 投诉类型: '服务态度', 紧急程度: '黄', 门店: 'S1' }
    expect(await go('导购甲', '受理', '转办', sorted)).toMatchObject({ status: 200 })
    const { page, faults } = await enterAs('店长')
    await page.goto(`${service.url}/desk/${id}`)
    await page.getByText('「发券」接下来的动作「发券」没有打开：轮到它时工单会停住').waitFor()
    await page.getByText('管理员可在「管理 → 行业包」里打开').waitFor()
    await page.getByRole('button', { name: '发券' }).click()
    await page.getByLabel('方案').fill('送一张券')
    await page.getByLabel('期望处理').selectOption('补偿')
    await page.getByLabel('补偿金额').fill('80元')
    await page.getByRole('button', { name: '确认发券' }).click()
    await page.getByText('已进行「发券」，工单停在动作「发券」').waitFor()
    expect(await page.locator('.notice.good').count()).toBe(0)
    await page.getByText('动作「发券」没有执行：行业包已上线，但这个动作没有打开').waitFor()
    // Nothing could hand in what one would write here, so it is to be read.
    await page.locator('axle-field', { hasText: '期望处理' }).getByText('补偿', { exact: true }).waitFor()
    await page.locator('axle-field', { hasText: '补偿金额' }).getByText('¥80', { exact: true }).waitFor()
    const shown = await page.locator('.ticket > .stack').first().innerText()
    expect(shown).toContain('由系统处理（扩展动作「发券」）')
    for (const wrong of ['等待派单', 'system', 'fault', 'admin', '成功']) expect(shown).not.toContain(wrong)
    expect(await page.getByRole('link', { name: '去打开这个动作' }).count()).toBe(0)
    await page.goto(`${service.url}/desk?view=all`)
    const row = page.locator(`tr[data-ticket="${id}"]`)
    expect(await row.innerText()).toContain('系统')
    expect(await row.innerText()).toContain('面包发霉了')
    const unread = (await apis.总部('GET', '/api/tickets?status=open')).body as QueueRowReply[]
    expect(unread.find(one => one.id === id)?.about).toBe('面包发霉了')
    const strange = (await admin('GET', '/api/tickets?status=open')).body as QueueRowReply[]
    expect(strange.find(one => one.id === id)?.about).toBeNull()
    expect(await row.innerText()).not.toContain('等待派单')

    const held = await enterAs('admin')
    await held.page.goto(`${service.url}/admin/packs/retail`)
    await held.page.getByText(/上线后没有打开，没有发出：.*发券.* 1 条/).waitFor()
    await held.page.getByText('没有打开，没有发出 1').waitFor()
    expect(await held.page.getByText(/试运行(期间)?拦下/).count()).toBe(0)
    await held.page.goto(`${service.url}/admin/actions`)
    await held.page.locator('.chip', { hasText: '没有打开' }).waitFor()
    expect(await held.page.getByText('试运行拦下').count()).toBe(0)

    await admin('POST', '/api/packs/retail/trial')
    const boss = await enterAs('admin')
    await boss.page.goto(`${service.url}/desk/${id}`)
    await boss.page.getByText('动作「发券」被拦下了：行业包还在试运行').waitFor()
    const link = boss.page.getByRole('link', { name: '去打开这个动作' })
    expect(await link.getAttribute('href')).toBe('/admin/packs/retail')
    await boss.page.getByText('不等动作', { exact: true }).click()
    await boss.page.getByRole('button', { name: '不等动作，按“动作出错”继续' }).waitFor()
    expect(await seriousFaults(boss.page)).toEqual([])
    await boss.page.getByRole('button', { name: '不等动作，按“成功”继续' }).click()
    await boss.page.getByRole('button', { name: '确认不等动作' }).click()
    await boss.page.getByRole('heading', { name: '客户确认' }).waitFor()
    await admin('POST', '/api/packs/retail/live', { outward: ['notify-customer', 'notify-staff'] })
    expect([...faults, ...boss.faults]).toEqual([])
  }, 90_000)

  test('what a transition cannot do without is marked before it is handed in', async () => {
    const { page, faults } = await enterAs('导购甲')
    await page.goto(`${service.url}/desk/${await open(apis.导购甲, 'C1')}`)
    await page.getByRole('button', { name: '转办' }).click()
    const form = page.locator('form')
    const photos = form.locator('axle-field', { hasText: '照片' })
    await form.getByLabel('投诉类型').selectOption('服务态度')
    await form.locator('axle-field', { hasText: '紧急程度' }).waitFor()
    expect(await photos.count()).toBe(0)
    await form.getByLabel('投诉类型').selectOption('商品质量')
    await photos.getByText('照片 *').waitFor()
    expect(faults).toEqual([])
  }, 60_000)

  test('history names whoever left by name', async () => {
    const made = await admin('POST', '/api/staff', {
      name: '小林',
      login: '小林',
      roles: ['导购'],
      teams: [],
    })
    const gone = made.body as { id: string; token: string }
    const id = await open(await enter(service.url, gone.token), 'C1')
    expect((await admin('DELETE', `/api/staff/${gone.id}`)).status).toBe(200)
    const { page } = await enterAs('导购甲')
    await page.goto(`${service.url}/desk/${id}`)
    await page.getByText('小林（已离职） 提交了工单').waitFor()
  }, 60_000)

  test('an administrator without a role of the pack reads that the content is a matter of rights', async () => {
    const { page } = await enterAs('admin')
    await page.goto(`${service.url}/desk/${await open(apis.导购甲, 'C1')}`)
    await page.getByText(/这是权限设置，不是没有内容。可以看的角色：导购、店长/).waitFor()
  }, 60_000)

  test('the timeline says what became of what was meant for the customer', async () => {
    const told = async () => {
      const { events } = await show(await open(apis.导购甲, 'C1'))
      const [event] = events.filter(({ happened }) => happened.kind === 'customer-told')
      return until(async () => {
        const now = (await show(event ? ticketOf(events) : '')).events.find(({ seq }) => seq === event!.seq)
        return now?.delivery?.state === 'queued' ? undefined : now?.delivery
      }, 'what became of the notice')
    }
    const ticketOf = (events: TicketReply['events']) => (events[0]!.happened as unknown as { id: string }).id
    expect(await told()).toMatchObject({ state: 'held', reason: 'no-channel' })
    await admin('POST', '/api/packs/retail/live', { outward: ['notify-staff'] })
    expect(await told()).toMatchObject({ state: 'held', reason: 'off' })
    await admin('POST', '/api/packs/retail/trial')
    expect(await told()).toMatchObject({ state: 'held', reason: 'trial' })
    const { page } = await enterAs('导购甲')
    await page.goto(`${service.url}/desk/${await open(apis.导购甲, 'C1')}`)
    await page.getByText('试运行中，没有发给客户：已受理').waitFor()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByText('In trial, not sent to the customer').waitFor()
    await admin('POST', '/api/packs/retail/live', { outward: ['notify-customer', 'notify-staff'] })
  }, 90_000)

  test('the emulator of a desk that has none yet is connected there, and a customer needs no name', async () => {
    const staff = await enterAs('导购甲')
    await staff.page.getByRole('link', { name: '模拟企业微信' }).click()
    await staff.page.getByText('请管理员先在这里接上模拟器').waitFor()
    const { page, faults } = await enterAs('admin')
    await page.getByRole('link', { name: '模拟企业微信' }).click()
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('button', { name: '接上模拟器' }).click()
    await page.getByLabel('以谁的身份').selectOption('')
    await page.getByLabel('消息内容').fill('蛋糕塌了')
    await page.getByRole('button', { name: '发送' }).click()
    await page.locator('.talk li.mine', { hasText: '蛋糕塌了' }).waitFor()
    await page.locator('.talk li', { hasText: '已受理' }).first().waitFor()
    const rows = (await admin('GET', '/api/tickets?status=open&rows=500')).body as { customer: string }[]
    expect(rows.some(({ customer }) => /^客户 [0-9a-f]{4}$/.test(customer ?? ''))).toBe(true)

    // Where the emulator serves, nothing asks for the real console, and there is a way off it.
    await page.goto(`${service.url}/admin/connect`)
    await page.getByRole('button', { name: '断开模拟器' }).waitFor()
    const step = (name: string, state: string) => page.locator(`[data-step=${name}][data-state=${state}]`)
    expect(await step('members', 'open').isVisible()).toBe(false)
    await page.getByText('用模拟器练习五步').click()
    await step('corp', 'pass').getByText('正在使用的企业').waitFor()
    await step('account', 'pass').waitFor()
    await step('members', 'open').getByText('填了企业微信 UserID 的员工').waitFor()
    // Its address was proved when it was connected: where the page was asked from.
    await step('callback', 'pass').waitFor()
    expect(await page.getByLabel('本服务的公网地址').inputValue()).toBe(service.url)
    // Another company that is tried over it neither hides the emulator nor takes the others' passes for good.
    const typed = { corpId: 'ww1234567890abcdef', agentId: 1000002, secret: 'another' }
    const wrong = (await admin('POST', '/api/channels/wecom/steps/corp', typed)).body as ConnectReply
    expect([wrong.emulated, ...wrong.steps.slice(0, 3).map(({ state }) => state)]).toEqual([
      ...[true, 'fail', 'open', 'open'],
    ])
    const back = (await admin('DELETE', '/api/channels/wecom/steps/corp')).body as ConnectReply
    expect(back.steps.slice(0, 3).map(({ state }) => state)).toEqual(['pass', 'pass', 'pass'])
    await admin('POST', '/api/channels/wecom/steps/members', {})
    await admin('POST', '/api/channels/wecom/steps/corp', typed)
    const kept = (await admin('DELETE', '/api/channels/wecom/steps/corp')).body as ConnectReply
    expect(kept.steps[4]!.state).not.toBe('open')
    expect(faults).toEqual([])
  }, 90_000)

  test('a notice that asks the customer brings their link, others do not', async () => {
    const words = { name: '卫女士', text: '牛奶酸了' }
    expect((await admin('POST', '/api/emulator/messages', words)).status).toBe(202)
    const ticket = await until(async () => {
      const rows = (await admin('GET', '/api/tickets?status=open&rows=500')).body as {
        id: string
        customer: string
      }[]
      return rows.find(({ customer }) => customer === '卫女士')
    }, 'the ticket')
    const take = async (by: PersonName, node: string, event: string, fields: object) => {
      const answer = await apis[by]('POST', `/api/tickets/${ticket.id}/transitions`, { node, event, fields })
      expect(answer, event).toMatchObject({ status: 200 })
    }
    await take('导购甲', '受理', '转办', { 投诉类型: '服务态度', 紧急程度: '黄', 门店: 'S1' })
    await take('店长', '店长处理', '提交', { 方案: '道歉' })
    const sent = async () =>
      ((await admin('GET', '/api/emulator/log')).body as EmulatorLog).toCustomers.map(({ text }) => text)
    const asking = await until(
      async () => (await sent()).find(text => text.includes('待您确认')),
      'the notice',
    )
    const [, path] = new RegExp(`待您确认 ${service.url}(/c/\\S+)$`).exec(asking) ?? []
    expect((await sent()).filter(text => text.includes('/c/'))).toEqual([asking])
    const { page, faults } = await enterAs('admin', 390)
    await page.goto(`${service.url}/emulator`)
    await page.getByLabel('以谁的身份').selectOption({ label: '卫女士' })
    expect(await page.locator('.talk a[target=_blank]').getAttribute('href')).toBe(service.url + path!)
    await page.goto(service.url + path!)
    await page.getByRole('heading', { name: '服务内容' }).waitFor()
    await page.getByText('牛奶酸了').waitFor()
    await page.getByLabel('满意度').selectOption('5')
    await page.getByRole('button', { name: '提交' }).click()
    await page.getByText('已收到，谢谢').waitFor()
    await page.locator('.timeline li.strong', { hasText: '已收到您的答复' }).waitFor()
    expect(await page.locator('.timeline li.strong').count()).toBe(1)
    // History says what was said; the link is the customer's.
    expect(JSON.stringify((await show(ticket.id)).events)).not.toContain('/c/')
    expect(faults).toEqual([])
  }, 90_000)

  test('nothing of the queue, a ticket, a new one and the customer’s page is wider than a phone', async () => {
    const { page, faults } = await enterAs('导购甲', 390)
    const id = await open(apis.导购甲, 'C1')
    const { path } = (await admin('GET', `/api/tickets/${id}/link`)).body as { path: string }
    const pages: [string, string][] = [
      ['/desk', 'tbody tr'],
      [`/desk/${id}`, '.timeline li'],
      ['/desk/new', 'axle-customer-choice, select'],
      [path, '.timeline'],
    ]
    for (const language of ['zh', 'en']) {
      await page.evaluate(`localStorage.setItem('axle-language', '${language}')`)
      for (const [address, shown] of pages) {
        await page.goto(service.url + address)
        await page.locator(shown).first().waitFor()
        if (address === `/desk/${id}`) {
          await page.getByRole('button', { name: /复制客户页链接|Copy the customer/ }).click()
          await page.getByText('/c/').waitFor()
        }
        if (address === '/desk/new') {
          await page.locator('#open-kind').selectOption('客诉')
          await page.locator('axle-field').first().waitFor()
        }
        const width = await page.evaluate('document.documentElement.scrollWidth')
        expect(width, `${language} ${address}`).toBeLessThanOrEqual(390)
        if (address === '/desk') expect(await page.locator('.keys').isVisible()).toBe(false)
        if (address === '/desk')
          expect(
            await page
              .locator('.scroll')
              .evaluate((element: any) => element.scrollWidth - element.clientWidth),
          ).toBe(0)
        if (address === path) await page.getByText(language === 'en' ? 'Received' : '已受理').waitFor()
      }
    }
    expect(faults).toEqual([])
  }, 90_000)

  test('what an SOP asks is on the desk of who is to do it; administrators see SOPs, to-dos and every message with its reasons', async () => {
    await admin('PUT', '/api/records/customer/C3', { data: { name: '郝女士' } })
    await admin('PUT', '/api/records/购物车/K1', { data: { 会员: 'C3', 金额: '120', 停留秒: 90 } })
    await admin('POST', '/api/records/购物车/K1/events', { event: '加入' })
    expect((await admin('POST', '/api/clock', { byMs: 3 * 3_600_000 })).status).toBe(200)
    const todo = await until(
      async () => ((await admin('GET', '/api/todos')).body as TodoReply[])[0],
      'the to-do of the SOP',
    )
    const name = (Object.keys(ids) as PersonName[]).find(one => ids[one] === todo.assignee)!
    const { page, faults } = await enterAs(name)
    await page.locator('[data-todo]').getByText('郝女士 的购物车').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    const { page: manager, faults: managers } = await enterAs('admin')
    await manager.getByRole('link', { name: '管理' }).click()
    await manager.getByRole('link', { name: '触达' }).click()
    await manager.locator('[data-sop=未支付]').getByText('只是试走').waitFor()
    await manager.locator('[data-todo]').waitFor()
    await manager.getByRole('region', { name: '发给客户的消息' }).last().waitFor()
    expect(await seriousFaults(manager)).toEqual([])
    await page.getByRole('button', { name: /^完成：郝女士/ }).click()
    await page.getByText('已完成。').waitFor()
    await expect.poll(() => page.locator('[data-todo]').count()).toBe(0)
    await manager.getByRole('button', { name: 'English' }).click()
    await manager.getByRole('heading', { name: 'Reaching customers' }).waitFor()
    await manager.getByLabel('Only those that did not go out').check()
    await manager.setViewportSize({ width: 390, height: 900 })
    expect(await manager.evaluate('document.documentElement.scrollWidth')).toBeLessThanOrEqual(390)
    expect(await seriousFaults(manager)).toEqual([])
    expect([...faults, ...managers]).toEqual([])
  }, 60_000)
})
