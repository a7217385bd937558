// What suites of screens stand on: the pages built, a service of its own, a browser.
import { spawnSync } from 'node:child_process'
import type { Browser, Page } from 'playwright-core'
import { afterAll, expect } from 'vitest'
import type { StoreOptions } from '../../runtime/store/index.ts'
import { startBrowser, watch } from './browser.ts'
import { startService, type Service } from './service.ts'

/** How long a page may take to show what is waited for. */
export const WAIT_MS = 15_000

export interface Screens {
  /** Builds the pages where they are stale and starts the service, with more of its environment when given; to be called in `beforeAll`. */
  start(options: StoreOptions, extra?: Readonly<Record<string, string>>): Promise<Service>
  /** A page nobody is logged in on, 1280 by 900 unless said otherwise, with what it does that it must not. */
  open(size?: { readonly width?: number; readonly height?: number }): Promise<OpenPage>
  /** Closes every page. */
  clear(): Promise<void>
}

export interface OpenPage {
  readonly page: Page
  readonly faults: readonly string[]
}

/** For a `describe`, behind what makes its data: when its tests are over both end, before the data is removed. */
export function screens(): Screens {
  let service: Service
  let browser: Browser | undefined
  afterAll(async () => {
    await browser?.close()
    await service?.stop()
  })
  return {
    async start(options, extra) {
      const built = spawnSync(process.execPath, ['runtime/build-studio.mjs'], { encoding: 'utf8' })
      expect(built.status, built.stderr).toBe(0)
      return (service = await startService(options, extra))
    },
    async open({ width = 1280, height = 900 } = {}) {
      browser ??= await startBrowser()
      const page = await (await browser.newContext({ viewport: { width, height } })).newPage()
      page.setDefaultTimeout(WAIT_MS)
      return { page, faults: watch(page, service.url) }
    },
    async clear() {
      await Promise.all((browser?.contexts() ?? []).map(context => context.close()))
    },
  }
}
