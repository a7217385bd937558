import { existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { must } from '../support/cluster.ts'
import { databases } from '../support/database.ts'
import { axle } from '../support/service.ts'
import { shop } from '../support/shop-pack.ts'
import { packMaker } from '../support/signed-pack.ts'

test.each(databases())(
  'a pack is installed, upgraded, rolled back and checked from the command line on $name',
  async ({ fresh }) => {
    const options = await fresh()
    const { dataDir } = options
    const maker = packMaker()
    const file = (name: string, content: string | Uint8Array) => {
      writeFileSync(join(dataDir, name), content)
      return join(dataDir, name)
    }
    const run = (...args: string[]) => axle(options, ...args)
    const trust = ['trust', file('key.pem', maker.publicKey), '--name', '店家', '--tenant', 'shop']
    const missing = axle({ dataDir: join(dataDir, 'none') }, 'doctor', 'shop')
    expect([missing.status, missing.stderr]).toEqual([2, expect.stringContaining('There is no data in ')])
    expect(existsSync(join(dataDir, 'none'))).toBe(false)
    const made = must(options, 'tenant', 'create', 'shop', '--name', '店', '--admin', 'boss')
    expect(made).toMatch(/^http:\/\/[\w.:]+\/setup\?token=[\w-]+\n$/)
    must(options, ...trust)
    const roles = file('roles.json', JSON.stringify({ 店员: ['admin'] }))
    const first = file('1.axlepack', maker.sign(shop(1)))
    const second = file('2.axlepack', maker.sign(shop(2, { asksMore: true })))

    const about = ['--tenant', 'shop', '--roles', roles]
    const torn = file('torn.json', '{\n  "店员": [admin]\n}')
    const misread = run('install', first, '--tenant', 'shop', '--yes', '--roles', torn)
    expect([misread.status, misread.stdout, misread.stderr]).toEqual([
      ...[2, '', `${torn}:2:10 is no JSON: Unexpected token 'a'\n`],
    ])
    const unasked = run('install', first, ...about)
    expect([unasked.status, unasked.stderr]).toEqual([
      2,
      'Nothing was installed: consent to the plan above with --yes.\n',
    ])
    expect(unasked.stdout).toContain('给员工发企业微信消息')
    must(options, 'install', first, ...about, '--yes', '--live', 'notify-staff')
    const twice = run('install', first, ...about, '--yes')
    expect([twice.status, twice.stderr]).toEqual([1, expect.stringContaining('已经在用')])
    must(options, 'install', first, ...about, '--yes', '--live', 'notify-staff', 'notify-customer')
    const none = run('rollback', 'shop', '--tenant', 'shop')
    expect([none.status, none.stderr]).toEqual([1, expect.stringContaining('不能回退')])
    const upgraded = must(options, 'install', second, ...about, '--yes', '--lang', 'en')
    expect(upgraded).toContain('+ The action “查库存” calls erp.example.com')
    const bare = run('install', second, ...about, '--yes', '--lang', 'en', '--live', 'notify-staff')
    expect([bare.status, bare.stderr]).toEqual([
      ...[0, 'The secret ERP_TOKEN has no value yet: set it at /admin/actions or /admin/sources.\n'],
    ])
    const apart = run('rollout', 'shop', '--tenant', 'shop', '--all')
    expect([apart.status, apart.stderr]).toEqual([1, expect.stringContaining('没有正由部分门店先用的版本')])
    expect(run('rollout', 'shop', '--tenant', 'shop').status).toBe(2)
    const back = JSON.parse(must(options, 'rollback', 'shop', '--tenant', 'shop', '--json')) as object
    expect(back).toEqual({ version: 3 })
    const older = run('install', first, ...about, '--yes')
    expect([older.status, older.stderr]).toEqual([1, expect.stringContaining('更旧的版本 1')])

    const checked = run('doctor', 'shop')
    expect(checked.status).toBe(1)
    expect(checked.stdout).toContain('✕ 企业微信连接  还没有连接企业微信。')
    expect(checked.stdout).toContain('    按五步连接企业微信。')
    for (const command of [
      trust.slice(0, -2),
      ['plan', 'shop'],
      ['install', first, '--yes'],
      ['rollback', 'shop'],
      ['rollout', 'shop', '--all'],
    ]) {
      const { status, stdout, stderr } = run(...command, '--tenant', 'nobody', '--lang', 'en')
      expect([status, stdout], command[0]).toEqual([2, ''])
      expect(stderr).toBe(
        'There is no desk nobody; make it: axle tenant create nobody --name <name> --admin <login>\n',
      )
    }
    const nobody = run('doctor', 'nobody')
    expect([nobody.status, nobody.stderr]).toEqual([
      2,
      '没有企业「nobody」。新建：axle tenant create nobody --name <名称> --admin <账号>\n',
    ])
  },
  240_000,
)
