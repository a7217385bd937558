import { beforeAll, describe, expect, test } from 'vitest'
import { openStore } from '../../runtime/store/index.ts'
import { seriousFaults } from '../support/browser.ts'
import { must } from '../support/cluster.ts'
import { freshDataDir } from '../support/database.ts'
import { WAIT_MS, screens } from '../support/screens.ts'
import { apiOf, startService, type Service } from '../support/service.ts'

const PASSWORD = 'correct horse battery'

describe('an empty server', () => {
  const dataDir = freshDataDir()
  const screen = screens()
  let service: Service
  let link: string

  beforeAll(async () => {
    service = await screen.start({ dataDir })
    link = await linkOf(service)
  }, 120_000)

  const open = async (path: string) => {
    const { page, faults } = await screen.open()
    await page.goto(service.url + path)
    return { page, faults }
  }

  test('serves nothing but its health and the set-up before the first administrator', async () => {
    const anybody = apiOf(service.url)
    const login = { desk: 'acme', name: 'admin', password: PASSWORD }
    expect(await anybody('POST', '/api/session', login)).toMatchObject({
      ...{ status: 503, body: { code: 'set-up-first' } },
    })
    for (const path of ['/api/packs', '/api/demo', '/channels/wecom/acme/callback'])
      expect((await anybody('GET', path)).status, path).toBe(503)
    expect((await anybody('GET', '/health')).status).toBe(200)
    const { page } = await open('/desk')
    await page.getByText('请打开服务启动时打印的一次性链接').waitFor()
    expect(new URL(page.url()).pathname).toBe('/setup')
    expect(await seriousFaults(page)).toEqual([])
  })

  test('is set up from the printed link by keyboard alone, with what is wrong said in both languages', async () => {
    const { page, faults } = await open(link)
    await page.getByLabel('企业代号').fill('Not An Id')
    for (const text of ['奥科门店', 'boss', 'short', 'other']) {
      await page.keyboard.press('Tab')
      await page.keyboard.type(text)
    }
    await page.keyboard.press('Enter')
    await page.getByText('两次输入的密码不一样').waitFor()
    await page.getByLabel('再输一遍密码').fill('short')
    await page.keyboard.press('Enter')
    await page.getByText('密码要 8 到 200 个字符').waitFor()
    await page.getByLabel('密码', { exact: true }).fill(PASSWORD)
    await page.getByLabel('再输一遍密码').fill(PASSWORD)
    await page.keyboard.press('Enter')
    await page.getByText('企业代号要用小写字母').waitFor()
    expect(await seriousFaults(page)).toEqual([])
    await page.getByRole('button', { name: 'English' }).click()
    expect(await seriousFaults(page)).toEqual([])
    await page.getByLabel('Desk id').fill('acme')
    await page.getByRole('button', { name: 'Make the desk and log in' }).click()
    await page.waitForURL('**/admin/connect')
    expect(faults).toEqual([])
    expect((await apiOf(service.url)('GET', '/api/session')).status).toBe(401)
  })

  test('says of a link that it was used, is unknown or is over, and lets nobody in', async () => {
    const used = await open(link)
    await used.page.getByText('已经用过').waitFor()
    expect(await seriousFaults(used.page)).toEqual([])
    const unknown = await open(`${link}x`)
    await unknown.page.getByText('没有这个一次性链接').waitFor()
    const anybody = apiOf(service.url)
    const again = { id: 'second', name: '第二家', login: 'thief', password: PASSWORD }
    const token = new URLSearchParams(link.split('?')[1]).get('token')
    expect(await anybody('POST', '/api/setup', { token, ...again })).toMatchObject({
      ...{ status: 410, body: { code: 'link-used' } },
    })
  })
})

describe('a desk made on the command line', () => {
  const dataDir = freshDataDir()

  test('lets its administrator in by either link; one that is over says so', async () => {
    const args = ['tenant', 'create', 'shop', '--name', '小店', '--admin', 'boss', '--json']
    const { token } = JSON.parse(must({ dataDir }, ...args)) as { token: string }
    const store = await openStore({ dataDir })
    await store.asOwner(tx => tx.query('update invite set expires_at = 1'))
    await store.close()
    const service = await startService({ dataDir })
    try {
      const anybody = apiOf(service.url)
      expect(await anybody('POST', '/api/setup/link', { token })).toMatchObject({
        ...{ status: 410, body: { code: 'link-expired' } },
      })
      expect(await anybody('POST', '/api/invite', { token, password: PASSWORD })).toMatchObject({
        ...{ status: 410, body: { code: 'link-expired' } },
      })
      const fresh = new URLSearchParams((await linkOf(service)).split('?')[1]).get('token')
      expect((await anybody('POST', '/api/setup/link', { token: fresh })).body).toEqual({
        ...{ for: 'password', desk: 'shop', name: '小店', login: 'boss' },
      })
      expect((await anybody('POST', '/api/invite', { token: fresh, password: PASSWORD })).status).toBe(200)
      const login = { desk: 'shop', name: 'boss', password: PASSWORD }
      expect((await anybody('POST', '/api/session', login)).status).toBe(201)
    } finally {
      await service.stop()
    }
  }, 120_000)
})

/** The path of the one-time link that a service prints right after it is ready. */
async function linkOf(service: Service): Promise<string> {
  const deadline = Date.now() + WAIT_MS
  for (;;) {
    const [, path] = /(\/setup\?token=\S+)/.exec(service.output()) ?? []
    if (path) return path
    if (Date.now() > deadline) throw new Error(`no link was printed:\n${service.output()}`)
    await new Promise(resolve => setTimeout(resolve, 50))
  }
}
