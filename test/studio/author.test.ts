import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seriousFaults } from '../support/browser.ts'
import { freshDataDir } from '../support/database.ts'
import { createRetailDesk, enter, installRetail, startWecom } from '../support/retail-desk.ts'
import { screens } from '../support/screens.ts'
import { until, type Api, type Service } from '../support/service.ts'

const PASSWORD = 'correct horse battery'

describe('the author’s page, in a browser', () => {
  const dataDir = freshDataDir()
  const { start, open } = screens()
  const ends: (() => unknown)[] = []
  let service: Service
  let admin: Api
  let clerk: Api
  let page: Page
  let faults: readonly string[]

  beforeAll(async () => {
    const { invite, archive } = createRetailDesk({ dataDir }, 'shop')
    service = await start({ dataDir })
    const wecom = await startWecom()
    ends.push(wecom.close)
    admin = await enter(service.url, invite)
    clerk = (await installRetail(admin, { url: service.url, desk: 'shop', archive, wecom })).apis.导购甲
    ;({ page, faults } = await open({ width: 1400, height: 1000 }))
    await page.goto(`${service.url}/author`)
    await page.waitForURL('**/login**')
    await page.getByLabel('企业代号').fill('shop')
    await page.getByLabel('账号', { exact: true }).fill('admin')
    await page.getByLabel('密码').fill(PASSWORD)
    await page.locator('form button.primary').click()
    await page.waitForURL('**/author')
    await page.locator('axle-editor[data-ready]').waitFor()
    await node('受理').waitFor()
  }, 180_000)

  afterAll(async () => {
    for (const end of ends.reverse()) await end()
  })

  const node = (id: string) => page.locator(`.flow [data-id="${id}"]`)
  const saved = () => page.locator('.saved[data-state=saved]').waitFor()
  const source = async () => (await admin('GET', '/api/source')).body.files['complaint.axle'] as string
  const versions = async () => (await admin('GET', '/api/versions')).body as { seq: number }[]
  /** Puts the caret behind the name of a node, by way of the picture. */
  const goBehind = async (id: string) => {
    await node(id).dblclick()
    await page.keyboard.press('ArrowRight')
  }
  const problems = (errors: number) => page.locator(`.problem-count[data-errors="${errors}"]`).waitFor()

  test('shows the pack’s files, its text in colours and its flow, without a serious fault for assistive tools', async () => {
    expect(await page.locator('.author-files .file').allTextContents()).toEqual(
      expect.arrayContaining([expect.stringContaining('complaint.axle')]),
    )
    expect(await page.locator('.flow [data-id]').count()).toBe(11)
    expect(await node('店长处理').getAttribute('aria-label')).toContain('店长')
    const declaration = page.locator('.view-line span', { hasText: /^enum$/ }).first()
    expect(await declaration.evaluate(span => (globalThis as any).getComputedStyle(span).color)).toBe(
      'rgb(11, 107, 91)',
    )
    expect(await seriousFaults(page)).toEqual([])
  })

  test('the caret and the picture share one selection', async () => {
    await node('品控核查').click()
    expect(await node('品控核查').getAttribute('aria-pressed')).toBe('true')
    await goBehind('归因')
    await page.locator('.flow [data-id="归因"].selected').waitFor()
    expect(await page.locator('.flow .selected').count()).toBe(1)
  })

  test('a text that is broken is marked, keeps the last good picture, is saved and not published; mended it is clean', async () => {
    const before = await versions()
    await goBehind('归因')
    await page.keyboard.press('End')
    await page.keyboard.type(' %%')
    await page.locator('axle-editor .squiggly-error').first().waitFor()
    await page.locator('.flow.broken .hatch').waitFor()
    expect(await page.locator('.picture-badge').textContent()).toMatch(/complaint\.axle 第 \d+ 行有错误/)
    expect(await page.locator('.flow [data-id]').count()).toBe(11)
    await saved()
    expect(await source()).toContain('%%')
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('button', { name: '发布', exact: true }).click()
    await page.getByText(/没有发布：有 \d+ 处错误/).waitFor()
    expect(await versions()).toEqual(before)
    await page
      .getByRole('button', { name: /错误.*%/ })
      .first()
      .click()
    await page.keyboard.press('End')
    for (let n = 0; n < 3; n++) await page.keyboard.press('Backspace')
    await problems(0)
    await page.locator('.flow:not(.broken)').waitFor()
    expect(await page.locator('axle-editor .squiggly-error').count()).toBe(0)
  })

  test('a label that is changed changes in the picture, and published it is the next version; rolled back it is gone', async () => {
    const [newest] = await versions()
    await goBehind('受理')
    await page.keyboard.type(' "门店受理"')
    await page.locator('.flow [data-id="受理"] text.label', { hasText: '门店受理' }).waitFor()
    await problems(0)
    await page.getByRole('button', { name: '测试', exact: true }).click()
    await page.getByRole('button', { name: '运行测试' }).click()
    await page.getByText(/[1-9]\d* 个通过，0 个未通过/).waitFor()
    const { body: opened } = await clerk('POST', '/api/tickets', {
      ...{ ticket: '客诉', entry: 'workbench', customer: null, fields: { 描述: '面包发霉了' } },
    })
    await page.getByRole('button', { name: '发布', exact: true }).click()
    await page.getByText('在途工单处理方案').waitFor()
    await page.getByText('「受理」的叫法：受理 → 门店受理').waitFor()
    expect(await page.locator('.publish-counts [data-move=stays] dd').textContent()).toBe('1')
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('button', { name: '先不发布' }).click()
    expect((await versions())[0]).toEqual(newest)
    await page.getByRole('button', { name: '发布', exact: true }).click()
    await page.getByRole('button', { name: '确认发布' }).click()
    await page.getByText(`版本 ${newest!.seq + 1} 已发布`).waitFor()
    expect((await admin('GET', `/api/tickets/${opened.id}`)).body.places[0].label).toBe('受理')
    expect(await source()).toContain('node 受理 "门店受理" by')
    expect((await versions()).map(({ seq }) => seq)).toEqual([newest!.seq + 1, newest!.seq])
    await page.getByRole('button', { name: '回退到这个版本' }).click()
    await page.getByText(`已回退：版本 ${newest!.seq + 2}`).waitFor()
    expect(await versions()).toHaveLength(3)
  })

  test('F2 renames at every use in every file, and back again; a keyword is refused with its reason', async () => {
    const before = (await admin('GET', '/api/source')).body.files as Record<string, string>
    const renameTo = async (name: string) => {
      await page.keyboard.press('F2')
      await page.locator('.rename-box input:focus').waitFor()
      await page.keyboard.press('ControlOrMeta+a')
      await page.keyboard.type(name)
      await page.keyboard.press('Enter')
    }
    const files = async () => (await admin('GET', '/api/source')).body.files as Record<string, string>
    await goBehind('归因')
    await renameTo('查明原因')
    await node('查明原因').waitFor()
    await problems(0)
    await until(async () => (await source()).includes('node 查明原因'), 'the new name in the saved text')
    await until(
      async () => !Object.values(await files()).some(text => text.includes('归因.')),
      'the new name in the tests',
    )
    await goBehind('查明原因')
    await renameTo('node')
    await page.getByText('这是语言的关键字').first().waitFor()
    await page.keyboard.press('Escape')
    await goBehind('查明原因')
    await renameTo('归因')
    await node('归因').waitFor()
    await until(
      async () => JSON.stringify(await files()) === JSON.stringify(before),
      'the same bytes as before',
    )
    await saved()
  })

  test('a slip has a fix that mends it, blocks fold and clocks tell their hours', async () => {
    await page.locator('.codicon-folding-expanded').first().waitFor({ state: 'attached' })
    await goBehind('归因')
    await page.locator('.view-line', { hasText: '周一' }).first().waitFor()
    await page.keyboard.press('End')
    const clause = ' on 好 -> 结束.已解'
    await page.keyboard.type(`${clause}绝`)
    await problems(1)
    await page.keyboard.press('ControlOrMeta+.')
    await page.locator('.action-widget').getByText('改为「已解决」').click()
    await problems(0)
    await until(async () => (await source()).includes(`${clause}决`), 'the mended clause in the saved text')
    await goBehind('归因')
    await page.keyboard.press('End')
    for (let n = 0; n <= clause.length; n++) await page.keyboard.press('Backspace')
    await until(async () => !(await source()).includes(clause), 'the clause gone again')
    await problems(0)
  })

  test('an input method that ends a word gets suggestions, and pinyin initials find the name', async () => {
    await goBehind('归因')
    await page.keyboard.press('End')
    await page.keyboard.type(' on 试 -> ')
    const ime = await page.context().newCDPSession(page)
    await ime.send('Input.imeSetComposition', { text: 'shou', selectionStart: 4, selectionEnd: 4 })
    await ime.send('Input.insertText', { text: '受' })
    const rows = page.locator('.suggest-widget.visible .monaco-list-row')
    await rows.filter({ hasText: '受理' }).first().waitFor()
    await page.keyboard.press('Escape')
    await page.keyboard.press('Backspace')
    await page.keyboard.type('sl')
    await rows.filter({ hasText: '受理' }).first().waitFor()
    await page.keyboard.press('Enter')
    await until(async () => (await source()).includes('on 试 -> 受理'), 'the chosen name in the saved text')
    await page.locator('.flow .edge[data-from="归因"][data-to="受理"]').waitFor()
  })

  test('a name is explained under the pointer, its definition and its uses are a key away', async () => {
    await goBehind('归因')
    const first = page.locator('.view-line span', { hasText: /^node$/ }).first()
    await first.hover()
    await page.locator('.monaco-hover', { hasText: '工单停留' }).waitFor()
    await goBehind('归因')
    await page.keyboard.press('Shift+F12')
    await page.locator('.peekview-widget .reference-zone-widget, .peekview-widget').first().waitFor()
    await page.keyboard.press('Escape')
    await page.locator('.peekview-widget').waitFor({ state: 'detached' })
    await goBehind('归因')
    await page.keyboard.press('End')
    await page.keyboard.press('F12')
    await page.locator('.flow [data-id="受理"].selected').waitFor()
  })

  test('a save by somebody else is not written over unseen', async () => {
    const { files, revision } = (await admin('GET', '/api/source')).body
    await admin(
      'PUT',
      '/api/source',
      { files: { ...files, 'extra.axle': '' } },
      { 'if-match': `"${revision}"` },
    )
    await goBehind('客户确认')
    await page.keyboard.type(' ')
    await page.locator('.saved[data-state=conflict]').waitFor()
    await page.getByRole('button', { name: '载入别人的内容' }).click()
    await page.locator('.author-files .file', { hasText: 'extra.axle' }).waitFor()
    await saved()
  })

  test('reads in English, and nothing left the origin or broke the page’s policy', async () => {
    await page.locator('axle-language button').click()
    await page.getByRole('button', { name: 'Publish' }).waitFor()
    await page.getByText(/^\d+ errors?, \d+ warnings?$/).waitFor()
    expect(await seriousFaults(page)).toEqual([])
    expect(faults).toEqual([])
  })
})
