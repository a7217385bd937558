import type { Page } from 'playwright-core'
import { beforeAll, describe, expect, test } from 'vitest'
import { handlersOf } from '../../runtime/handlers/index.ts'
import { declareQueues } from '../../runtime/jobs/index.ts'
import { createDeps } from '../../runtime/server.ts'
import { openStore } from '../../runtime/store/index.ts'
import { takeArchive } from '../../runtime/usecases/take-archive.ts'
import { seriousFaults } from '../support/browser.ts'
import { freshDataDir } from '../support/database.ts'
import { deskWith, rewrite } from '../support/fleet.ts'
import { priced, rowOf } from '../support/priced-pack.ts'
import { screens } from '../support/screens.ts'
import type { Service } from '../support/service.ts'
import { packMaker } from '../support/signed-pack.ts'

const tenant = 'both'
const maker = packMaker()

/** A desk that changed two rows, and a release that changed the same two. */
async function prepare(dataDir: string): Promise<string> {
  const store = await openStore({ dataDir })
  const deps = createDeps(store)
  try {
    await declareQueues(store.boss, Object.keys(handlersOf(deps)))
    const { clerk, token } = await deskWith(deps, { tenant, maker, archive: maker.sign(priced(1)) })
    for (const [level, was, is] of [
      ['低', '¥10', '¥11'],
      ['中', '¥20', '¥21'],
    ] as const)
      await rewrite(deps, {
        ...{ tenant, by: clerk, file: 'shop.axle', from: rowOf(level, was), to: rowOf(level, is) },
      })
    await takeArchive(deps, tenant, maker.sign(priced(2, { 低: '¥12', 中: '¥22' })))
    return token
  } finally {
    await deps.sandbox.close()
    await store.close()
  }
}

describe('an upgrade that meets what the desk changed, in the browser', () => {
  const dataDir = freshDataDir()
  const { start, open } = screens()
  let service: Service
  let token: string

  beforeAll(async () => {
    token = await prepare(dataDir)
    service = await start({ dataDir })
  }, 120_000)

  const conflict = (page: Page, index: number) => page.locator(`[data-conflict="${index}"]`)

  test('waits until each place is decided, by keyboard too; what was decided is recorded', async () => {
    const { page, faults } = await open()
    await page.goto(`${service.url}/setup?token=${token}`)
    await page.getByLabel('密码').fill('correct horse battery')
    await page.getByRole('button', { name: '保存密码' }).click()
    await page.waitForURL('**/desk')
    await page.goto(`${service.url}/admin/packs/shop`)
    await page.getByText('有 2 处本企业和新版都改了').waitFor()
    await page.getByText('还有 2 处待决定').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    const first = conflict(page, 0)
    await first.getByText('表「收费」 › 行 低: 本企业和新版都改了').waitFor()
    for (const price of ['¥10', '¥11', '¥12']) await first.getByText(price).waitFor()

    // Undecided it is refused, and said which.
    await page.getByLabel('我同意行业包使用以上权限').check()
    await page.getByRole('button', { name: '同意' }).click()
    const trial = page.locator('[data-step=trial]')
    await trial.getByRole('button', { name: '安装并开始试运行' }).click()
    await trial.getByText('有 2 处本企业和新版都改了，要先选用哪一种：表「收费」 › 行 低').waitFor()

    // The first by keyboard alone: the release's.
    await first.getByLabel('用本企业的').focus()
    await page.keyboard.press('Space')
    await page.keyboard.press('ArrowRight')
    expect(await first.getByLabel('用新版的').isChecked()).toBe(true)
    await page.keyboard.press('Enter')
    await first.getByText('已保存').waitFor()
    await page.getByText('还有 1 处待决定').waitFor()

    // The second anew: what cannot be read is said at once.
    const second = conflict(page, 1)
    await second.getByLabel('自己改写').check()
    expect(await second.getByLabel('改写成').inputValue()).toBe('| 中 || ¥21 |')
    await second.getByLabel('改写成').fill('| 中 || 很贵 |')
    await second.getByRole('button', { name: '就这样定' }).click()
    await second.getByText('放在一起有').waitFor()
    await second.getByLabel('改写成').fill('| 中 || ¥21.50 |')
    await second.getByRole('button', { name: '就这样定' }).click()
    await second.getByText('已保存').waitFor()
    await page.getByText('2 处两边都改了，已逐处决定').waitFor()
    expect(await seriousFaults(page)).toEqual([])

    // Decisions are there again after a reload, in English too.
    await page.reload()
    await page.getByRole('button', { name: 'English' }).click()
    await page.getByText('All decided').waitFor()
    expect(await conflict(page, 0).getByLabel('Take the release’s').isChecked()).toBe(true)
    expect(await conflict(page, 1).getByLabel('What is to stand there').inputValue()).toBe('| 中 || ¥21.50 |')
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('button', { name: '中文' }).click()

    await trial.getByRole('button', { name: '安装并开始试运行' }).click()
    await trial.getByText('正在试运行').waitFor()
    const source = await (await page.request.get(`${service.url}/api/source`)).json()
    expect(source.files['shop.axle']).toContain('| 低 || ¥12 |\n  | 中 || ¥21.50 |\n  | 高 || ¥30 |')

    await page.getByRole('link', { name: '体检' }).click()
    await page.getByRole('cell', { name: '决定升级冲突' }).first().waitFor()
    await page.getByText('行 低: 本企业和新版都改了 · 用新版的').waitFor()
    await page.getByText('· 自己改写 | 中 || ¥21.50 |').waitFor()
    expect(faults).toEqual([])
  }, 90_000)
})
