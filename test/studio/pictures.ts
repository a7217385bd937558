// Makes the pictures of README from the demo: `node test/studio/pictures.ts`. Chinese needs a font on the machine.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from 'playwright-core'
import type { DemoDesk } from '#core/wire'
import { startBrowser } from '../support/browser.ts'
import { apiOf, startService } from '../support/service.ts'

const size = { width: 1280, height: 800 }
const folder = 'studio/help/'

const dataDir = mkdtempSync(join(tmpdir(), 'axle-pictures-'))
const service = await startService({ dataDir }, { AXLE_DEMO: 'on' })
const browser = await startBrowser()
try {
  const { desks } = (await apiOf(service.url)('GET', '/api/demo')).body as { desks: DemoDesk[] }
  const page = await (await browser.newContext({ viewport: size, locale: 'zh-CN' })).newPage()
  await logIn(
    page,
    desks.find(({ desk }) => desk === 'manufacturing')!,
  )
  await page.locator('tbody a').nth(1).click()
  await page.locator('.timeline li').first().waitFor()
  await page.screenshot({ path: `${folder}desk.png` })
  await page.goto(`${service.url}/author`)
  await page.locator('axle-editor[data-ready]').waitFor()
  await page.locator('.flow [data-id]').first().click()
  await page.locator('.problem-count[data-errors="0"]').waitFor()
  await page.screenshot({ path: `${folder}studio.png` })
} finally {
  await browser.close()
  await service.stop()
  rmSync(dataDir, { recursive: true, force: true })
}

async function logIn(page: Page, { name }: DemoDesk): Promise<void> {
  await page.goto(`${service.url}/login`)
  await page.getByRole('region', { name }).getByRole('button', { name: 'admin' }).click()
  await page.locator('form button.primary').click()
  await page.waitForURL('**/desk')
}
