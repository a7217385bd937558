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
  const maker = desks.find(({ desk }) => desk === 'manufacturing')!
  const desk = await pageOf(maker, '韩雪')
  await desk.locator('tbody a').nth(1).click()
  await desk.locator('.timeline li').first().waitFor()
  await desk.screenshot({ path: `${folder}desk.png` })
  const studio = await pageOf(maker, 'admin')
  await studio.goto(`${service.url}/author`)
  await studio.locator('axle-editor[data-ready]').waitFor()
  // A node may lie over another in a flow of many branches: the keyboard reaches it all the same.
  await studio.locator('.flow [data-id]').first().focus()
  await studio.keyboard.press('Enter')
  await studio.locator('.problem-count[data-errors="0"]').waitFor()
  await studio.screenshot({ path: `${folder}studio.png` })
} finally {
  await browser.close()
  await service.stop()
  rmSync(dataDir, { recursive: true, force: true })
}

/** A page of its own on which somebody of the desk is logged in. */
async function pageOf({ name }: DemoDesk, who: string): Promise<Page> {
  const page = await (await browser.newContext({ viewport: size, locale: 'zh-CN' })).newPage()
  await page.goto(`${service.url}/login`)
  await page.getByRole('region', { name }).getByRole('button', { name: who }).click()
  await page.locator('form button.primary').click()
  await page.waitForURL('**/desk')
  return page
}
