import { spawn, spawnSync, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, dirname, join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { checkPack } from '#dsl'
import { parse } from '#dsl/syntax'
import { installedPackage } from '../support/package.ts'
import { apiOf, until } from '../support/service.ts'

const folder = 'examples/guides'
const languages = ['zh', 'en'] as const

interface Block {
  /** `sh`, `ts`, `axle`, … */
  readonly kind: string
  /** What stands behind it: the file it is, `server`, or `stopped` for what runs while none does. */
  readonly rest: string
  readonly code: string
}

function blocksOf(guide: string, language: string): Block[] {
  const text = readFileSync(join(folder, `${guide}.${language}.md`), 'utf8')
  return [...text.matchAll(/^```(\S+) ?(.*)\n([\s\S]*?)^```$/gm)].map(
    ([, kind = '', rest = '', code = '']) => ({
      kind,
      rest,
      code,
    }),
  )
}

const guides = [...new Set(readdirSync(folder).map(name => name.split('.')[0]!))]

describe('the guides', () => {
  test.each(guides)('%s says the same code in both languages', guide => {
    const [zh, en] = languages.map(language => blocksOf(guide, language))
    expect(zh).toEqual(en)
  })

  test.each(guides)('%s has packs that are sound', guide => {
    for (const { kind, code } of blocksOf(guide, 'en'))
      if (kind === 'axle-part') expect(parse(code).faults, code).toEqual([])
      else if (kind === 'axle') expect(checkPack({ 'guide.axle': code }).diagnostics, code).toEqual([])
  })
})

describe.each(guides)('the guide for a %s in an empty folder', guide => {
  const here = mkdtempSync(join(tmpdir(), 'axle-guide-'))
  let server: ChildProcess | undefined
  let said = ''
  let url = ''
  afterAll(() => {
    server?.kill('SIGKILL')
    rmSync(here, { recursive: true, force: true })
  })

  test('runs line by line', async () => {
    const { bin } = installedPackage(here)
    const path = [dirname(process.execPath), resolve('node_modules/.bin'), process.env.PATH].join(delimiter)
    const env = { ...process.env, PATH: path, AXLE_PORT: '0', AXLE_DATABASE_URL: '', NODE_NO_WARNINGS: '1' }
    // What npx finds by its name stands where the package was installed.
    const asRun = (line: string) => line.replace(/(^|\s)npx axle/, `$1node ${bin}`)
    for (const { kind, rest, code } of blocksOf(guide, 'en')) {
      if (kind !== 'sh' && rest !== '') {
        mkdirSync(dirname(join(here, rest)), { recursive: true })
        writeFileSync(join(here, rest), code)
      }
      if (kind !== 'sh') continue
      if (rest === 'stopped') await stop(server!)
      for (const line of code.trim().split('\n')) {
        if (line.startsWith('npm install')) continue
        if (rest === 'server') {
          server = spawn('sh', ['-c', asRun(line).replace(/(^|\s)node /, '$1exec node ')], { cwd: here, env })
          server.stdout!.on('data', chunk => (said += String(chunk)))
          server.stderr!.on('data', chunk => (said += String(chunk)))
          url = await until(async () => /ready: (http:\S+)/.exec(said)?.[1], 'the server', 90_000)
          await openLink(url, () => said)
          continue
        }
        const command = line.includes('axle send') ? `${asRun(line)} --url ${url}` : asRun(line)
        const { status, stdout, stderr } = spawnSync('sh', ['-c', command], {
          ...{ cwd: here, encoding: 'utf8' },
          env: { ...env, AXLE_URL: url },
        })
        // A desk that no WeCom is connected to fails its check-up, which says so.
        const isChecked = line.includes('axle doctor')
        expect(status, `${line}\n${stdout}${stderr}${said}`).toBe(isChecked ? 1 : 0)
        if (isChecked) expect(stdout).toMatch(/✕ 企业微信连接[^]*✓ 客户链接/)
        if (/send/.test(line)) expect(stdout).toMatch(/202 .*done/)
      }
    }
  }, 120_000)
})

/** The one-time link of an empty server is opened, as its reader would. */
async function openLink(url: string, said: () => string): Promise<void> {
  await until(async () => said().includes('Ctrl+C'), 'what the server prints', 10_000)
  const [, token] = /\/setup\?token=(\S+)/.exec(said()) ?? []
  if (token === undefined) return
  const { status } = await apiOf(url)('POST', '/api/setup', {
    ...{ token, id: 'acme', name: 'Acme', login: 'admin' },
    password: 'correct horse battery',
  })
  expect(status).toBe(201)
}

async function stop(server: ChildProcess): Promise<void> {
  const gone = once(server, 'exit')
  server.kill('SIGTERM')
  expect(await gone).toEqual([0, null])
}
