import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { chromium, type Browser, type Page } from 'playwright-core'

const CALM = [
  ...['--headless', '--no-sandbox', '--disable-gpu', '--disable-quic', '--no-first-run'],
  ...['--disable-background-networking', '--disable-component-update', '--disable-sync'],
]

/** A browser: the one AXLE_CHROMIUM names, `chromium` on the PATH, or the npm package's. */
export async function startBrowser(): Promise<Browser> {
  const own = process.env.AXLE_CHROMIUM || onPath('chromium')
  if (own) return chromium.launch({ executablePath: own, args: CALM })
  const { default: packaged } = await import('@sparticuz/chromium')
  // Why: in one process a second context hangs, and without web security the tests would prove less.
  const args = packaged.args.filter(
    argument =>
      !/^--(single-process|no-zygote|disable-web-security|allow-running-insecure-content)$/.test(argument),
  )
  return chromium.launch({ executablePath: await packaged.executablePath(), args })
}

/** Collects what a page must not do: requests to other origins, uncaught errors, breaches of its policy. */
export function watch(page: Page, origin: string): readonly string[] {
  const faults: string[] = []
  page.on('request', request => {
    const url = request.url()
    if (!url.startsWith(origin) && !url.startsWith('data:')) faults.push(`off-origin request: ${url}`)
  })
  page.on('pageerror', error => faults.push(`uncaught: ${error.message}`))
  page.on('console', message => {
    if (message.text().includes('Content Security Policy')) faults.push(message.text())
  })
  return faults
}

/** Logs in on the page for it; the reader stands on the desk then. */
export async function logIn(
  page: Page,
  url: string,
  { desk, name = 'admin', password }: { desk: string; name?: string; password: string },
): Promise<void> {
  await page.goto(`${url}/login`)
  await page.getByLabel('企业代号').fill(desk)
  await page.getByLabel('账号').fill(name)
  await page.getByLabel('密码').fill(password)
  await page.getByRole('button', { name: '登录' }).click()
  await page.waitForURL('**/desk')
}

const axe = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

interface Violation {
  readonly id: string
  readonly impact: string | null
  readonly nodes: readonly { readonly target: unknown; readonly failureSummary?: string }[]
}

interface Motion {
  readonly finished: Promise<unknown>
  readonly effect: { getComputedTiming(): { iterations?: number } } | null
}

/** Waits for what changes its colour just now: between two colours neither is there. */
const settled = async () => {
  const { document } = globalThis as unknown as { document: { getAnimations(): Motion[] } }
  const passing = document
    .getAnimations()
    .filter(({ effect }) => effect?.getComputedTiming().iterations !== Infinity)
  await Promise.allSettled(passing.map(({ finished }) => finished))
}

/** What axe-core finds serious or critical on the page as it stands, as lines to read. */
export async function seriousFaults(page: Page): Promise<string[]> {
  const found = await faultsNow(page)
  // Why a second look: a button may change its colour while the page is gone through.
  return found.length === 0 ? found : faultsNow(page)
}

async function faultsNow(page: Page): Promise<string[]> {
  await page.evaluate(axe)
  await page.evaluate(settled)
  const found = await page.evaluate(async () => {
    const { axe } = globalThis as unknown as {
      axe: { run: (root: unknown, options: object) => Promise<{ violations: Violation[] }> }
    }
    const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
    const page = (globalThis as unknown as { document: unknown }).document
    return (await axe.run(page, { runOnly: tags })).violations
  })
  return found
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .flatMap(({ id, nodes }) =>
      nodes.map(node => `${id} ${String(node.target)} ${(node.failureSummary ?? '').slice(0, 200)}`),
    )
}

function onPath(name: string): string | undefined {
  const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8' })
  return found.status === 0 ? found.stdout.trim() : undefined
}
