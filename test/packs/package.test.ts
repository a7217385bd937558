import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { packTests } from '../../runtime/pack-tests.ts'
import { installedPackage } from '../support/package.ts'

/** A developer's folder with the package installed as npm would, without a clone; its dependencies are those of the clone. */
const folder = mkdtempSync(join(tmpdir(), 'axle-package-'))
let bin = ''
afterAll(() => rmSync(folder, { recursive: true, force: true }))
beforeAll(() => {
  bin = installedPackage(folder).bin
}, 60_000)

const axle = (cwd: string, ...args: string[]) => {
  const run = spawnSync(process.execPath, [bin, ...args], {
    cwd,
    encoding: 'utf8',
  })
  return { status: run.status, text: run.stdout + run.stderr }
}

describe('the npm package in an empty folder', () => {
  test.each(['pack', 'action'])(
    'makes, checks, tests, packs, signs and verifies the template %s',
    template => {
      const here = join(folder, template)
      expect(axle(folder, 'init', template, '--template', template, '--yes')).toMatchObject({ status: 0 })
      expect(axle(here, 'check', '--strict', '.')).toEqual({ status: 0, text: '' })
      expect(axle(here, 'fmt', '--check', '.')).toMatchObject({ status: 0 })
      const tested = axle(here, 'test', '.', '--coverage')
      expect(tested.text).toMatch(/^\d+ passed, 0 failed/)
      if (template === 'action') expect(axle(here, 'action', 'test').text).toContain('2 passed, 0 failed')
      expect(axle(here, 'pack', '.', '--out', 'made.axlepack')).toMatchObject({ status: 0 })
      expect(axle(here, 'sign', 'made.axlepack', '--key', 'my.key', '--new-key')).toMatchObject({ status: 0 })
      expect(axle(here, 'verify', 'made.axlepack', '--trust', 'my.key.pub').text).toContain('verified')
      expect(readFileSync(join(here, '.gitignore'), 'utf8')).toContain('*.key')
    },
  )

  test('has its actions’ types checked by the `tsconfig.json` it was given', () => {
    const here = join(folder, 'action')
    const types = () => {
      const { stdout } = spawnSync(resolve('node_modules/.bin/tsc'), ['--noEmit'], {
        cwd: here,
        encoding: 'utf8',
      })
      return stdout
    }
    const path = join(here, 'actions/erp.退款.ts')
    const code = readFileSync(path, 'utf8')
    writeFileSync(join(here, 'path.ts'), `export const path = '/refunds'\n`)
    const imported = `import { path } from '../path.ts'\n${code.replace('/refunds', '${path}')}`
    writeFileSync(path, imported)
    expect(types()).toBe('')
    writeFileSync(path, imported.replace('secret.ERP_TOKEN', 'secret.ERP_TOKN'))
    expect(types()).toContain('ERP_TOKN')
    writeFileSync(path, imported.replace('await ', ''))
    expect(types()).toContain('status')
    writeFileSync(path, imported.replace('secret.ERP_TOKEN', 'undefined'))
    expect(types()).toContain("'undefined' is not assignable to type 'Secret'")
    writeFileSync(path, code)
  })

  test('shows its tests to Vitest', () => {
    const vitest = resolve('node_modules/vitest/vitest.mjs')
    const run = spawnSync(
      process.execPath,
      [vitest, 'run', '--root', join(folder, 'pack'), '--reporter', 'verbose'],
      {
        encoding: 'utf8',
        env: { ...process.env, NO_COLOR: '1' },
      },
    )
    expect(run.stdout, run.stderr).toContain('投诉要主管答复')
    expect(run.stdout).toMatch(/Tests\s+2 passed/)
  })

  test('writes over nothing, and says what to do', () => {
    const again = axle(folder, 'init', 'pack', '--yes', '--lang', 'en')
    expect(again.status).toBe(1)
    expect(again.text).toContain('nothing was written. Try an empty folder.')
    expect(axle(folder, 'init', 'other', '--template', 'none', '--yes').status).toBe(2)
    expect(axle(folder, 'init', 'other', '--name', 'Größe', '--yes').status).toBe(2)
    expect(readdirSync(folder)).not.toContain('other')
  })

  test('keeps what a package.json says already', () => {
    const here = join(folder, 'mine')
    mkdirSync(here)
    writeFileSync(
      join(here, 'package.json'),
      '{ "name": "mine", "scripts": { "test": "mine" }, "license": "MIT" }',
    )
    expect(axle(here, 'init', '--yes')).toMatchObject({ status: 0 })
    const { name, license, scripts } = JSON.parse(readFileSync(join(here, 'package.json'), 'utf8'))
    expect([name, license, scripts.test, scripts.dev]).toEqual(['mine', 'MIT', 'mine', 'axle dev .'])
  })
})

describe('a pack’s tests in Vitest', () => {
  const run = async (path: string) => {
    const found: Record<string, Promise<string>> = {}
    await packTests(path, {
      describe: (_, tests) => tests(),
      test: (name, body) => {
        found[name] = (async () => body())().then(
          () => 'passed',
          (error: Error) => error.message,
        )
      },
    })
    const names = Object.keys(found)
    const said = await Promise.all(Object.values(found))
    return Object.fromEntries(names.map((name, at) => [name, said[at]!]))
  }

  test('are those that `axle test` runs, by their names', async () => {
    expect(await run('runtime/templates/pack')).toEqual({
      两小时没有受理就升级主管: 'passed',
      投诉要主管答复: 'passed',
    })
  })

  test('say where and why they fail; a pack with errors says those', async () => {
    const text = readFileSync('runtime/templates/pack/pack.axle', 'utf8')
    const told = readFileSync('runtime/templates/pack/tests/service.axle', 'utf8')
    const failing = join(folder, 'failing')
    mkdirSync(failing)
    writeFileSync(join(failing, 'pack.axle'), text)
    writeFileSync(join(failing, 'tests.axle'), told.replace('121m', '119m'))
    const { 两小时没有受理就升级主管: said } = await run(failing)
    expect(said).toMatch(/tests\.axle:5:3 /)
    writeFileSync(join(failing, 'tests.axle'), told.replace('in 复核', 'in 复查'))
    expect(Object.values(await run(failing))).toEqual([expect.stringContaining('AX2002')])
    vi.stubEnv('AXLE_LANG', 'en')
    expect(Object.values(await run(failing))[0]).toMatch(/AX2002 there is no “复查”[^]*\n {2}→ /)
    vi.unstubAllEnvs()
  })

  test('are the cases of its actions too', async () => {
    const pack = join(folder, 'acting')
    cpSync('runtime/templates/action', pack, { recursive: true })
    const { cases, path } = { cases: 'actions/erp.退款.test.json', path: join(pack, 'actions/erp.退款.ts') }
    const good = Object.entries(await run(pack)).filter(([name]) => name.startsWith('erp.退款: '))
    expect(good.length).toBeGreaterThan(1)
    expect(new Set(good.map(([, said]) => said))).toEqual(new Set(['passed']))
    writeFileSync(path, readFileSync(path, 'utf8').replace(/\) => \{/, ") => {\n  throw new Error('mine')"))
    const broken = await run(pack)
    expect(broken[good[0]![0]]).toMatch(/expected .*\nfault thrown: mine\nat .*erp\.退款\.ts:\d+/)
    writeFileSync(join(pack, cases), '[{ "name": "x", "in": {}, "expect": { "writs": {} } }]')
    expect((await run(pack))['axle action test']).toMatch(
      /erp\.退款\.test\.json “x”: \/expect has no “writs”; it may have outcome, out, fault, calls, writes/,
    )
  })
})
