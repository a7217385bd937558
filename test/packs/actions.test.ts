import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { actionSource, openArchive, textsOf } from '../../runtime/packs/index.ts'
import { createSandbox } from '../../runtime/sandbox/index.ts'

const sandbox = createSandbox({ runners: 1 })
afterAll(() => sandbox.close())

const axle = (...args: string[]) =>
  spawnSync(process.execPath, ['runtime/cli.ts', ...args], { encoding: 'utf8' })

function packOf(files: Readonly<Record<string, string>>): string {
  const folder = mkdtempSync(join(tmpdir(), 'axle-action-'))
  const pack = `pack t "t" version 1
action 算 "算" {
  in  词: text
  out 结果: enum { 成功, 失败 }, 数: int
}
`
  for (const [path, text] of Object.entries({ 'a.axle': pack, ...files })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true })
    writeFileSync(join(folder, path), text)
  }
  return folder
}

const counting = {
  'node_modules/counts/package.json': '{ "name": "counts", "version": "1.0.0", "main": "index.js" }',
  'node_modules/counts/index.js': `exports.count = text => {\n  if (text === '') throw new Error('nothing to count')\n  return [...text].length\n}\n`,
  'actions/算.ts': `import { action } from '#pack'
import { counted } from '../code/counted.ts'

export default action('算', ({ 词 }: { 词: string }) => ({ 结果: '成功', 数: counted(词) }))
`,
  'code/counted.ts': `// @ts-expect-error: it comes without declarations
import { count } from 'counts'

enum Least {
  Any = 1,
}

interface Counted {
  readonly n: number
}

export function counted(text: string): number {
  const { n }: Counted = { n: count(text) as number }
  if (n < Least.Any) return 0
  return n
}
`,
}

describe('axle pack brings the npm code of an action into one text', () => {
  const folder = packOf(counting)
  const archive = join(folder, 'out')
  const made = axle('pack', folder, '-o', archive)
  const opened = openArchive(readFileSync(archive))
  const texts = opened.ok ? textsOf(opened.files) : {}
  const source = actionSource(texts, '算')!
  const run = (词: string) =>
    sandbox.run({
      ...{ tenant: 't', source, input: { 词 }, key: 'k', timeoutMs: 2_000 },
      capabilities: { time: () => 0, random: () => '' },
    })

  test('that runs in the sandbox', async () => {
    expect(made.stderr).toBe('')
    expect(Object.keys(texts)).toEqual(['a.axle', 'actions/算.js', 'actions/算.ts'])
    expect(await run('退款单')).toMatchObject({ value: { 结果: '成功', 数: 3 } })
  })

  test('whose errors are told at the lines they were written on', async () => {
    const { fault } = await run('')
    expect(fault).toMatchObject({ code: 'thrown', detail: 'nothing to count' })
    expect(fault!.stack!.split('\n').map(line => /\(?([^ (]+?)\)?$/.exec(line)![1])).toEqual([
      'node_modules/counts/index.js:2:26',
      'code/counted.ts:13:31',
      'actions/算.ts:4:70',
    ])
  })

  test('that knows nothing of the machine it was made on, and is the same each time', () => {
    expect(Buffer.from(readFileSync(archive)).includes(folder)).toBe(false)
    expect(source).not.toContain(tmpdir())
    const again = join(folder, 'again')
    axle('pack', folder, '-o', again)
    expect(readFileSync(again).equals(readFileSync(archive))).toBe(true)
  })

  test('and says what an action may not bring', () => {
    const refused = (files: Record<string, string>) => {
      const { status, stderr } = axle('pack', packOf({ ...counting, ...files }), '-o', join(folder, 'none'))
      expect(status).toBe(1)
      return stderr.trim()
    }
    expect(
      refused({
        'code/counted.ts': `import { readFileSync } from 'node:fs'\nexport const counted = readFileSync`,
      }),
    ).toBe(
      'actions/算.ts imports node:fs (in code/counted.ts): it is a module of Node’s, which the sandbox does not have; use a library that needs none of Node’s modules',
    )
    expect(refused({ 'node_modules/counts/index.js': `exports.count = require('https').get` })).toBe(
      'actions/算.ts imports https (in node_modules/counts/index.js): it is a module of Node’s, which the sandbox does not have; call out with `net`',
    )
    expect(
      refused({ 'code/counted.ts': `import { x } from '@a/not-there/x'\nexport const counted = x` }),
    ).toBe(
      'actions/算.ts imports @a/not-there/x (in code/counted.ts): it is not installed; npm install @a/not-there in the pack’s folder',
    )
    expect(refused({ 'code/counted.ts': `export const counted = ` })).toContain('cannot be bundled')
    const huge = refused({
      'code/counted.ts': `export const counted = (_: string) => ${JSON.stringify('x'.repeat(1_100_000))}`,
    })
    expect(huge).toContain('more than 1048576 characters')
    const linked = packOf(counting)
    const elsewhere = packOf({ 'counted.ts': 'export const counted = (text: string) => text.length' })
    writeFileSync(
      join(linked, 'actions/算.ts'),
      `import { counted } from '../code/link.ts'\nexport default { run: counted }`,
    )
    symlinkSync(join(elsewhere, 'counted.ts'), join(linked, 'code/link.ts'))
    const { status, stderr } = axle('pack', linked, '-o', join(folder, 'none'))
    expect([status, stderr]).toEqual([
      1,
      expect.stringContaining('counted.ts lies outside the pack’s folder'),
    ])
  })
})

test('a package comes along from wherever a workspace put it, and the text is the same', () => {
  const inFolder = packOf(counting)
  const workspace = mkdtempSync(join(tmpdir(), 'axle-workspace-'))
  const { 'actions/算.ts': code, 'code/counted.ts': counted, ...library } = counting
  const pack = packOf({ 'actions/算.ts': code, 'code/counted.ts': counted })
  const made = ['hoisted', 'linked'].map(where => {
    const folder = join(workspace, where, 'packs', 'p')
    mkdirSync(dirname(folder), { recursive: true })
    cpSync(pack, folder, { recursive: true })
    const packages = where === 'hoisted' ? join(workspace, where) : join(workspace, 'elsewhere')
    for (const [path, text] of Object.entries(library)) {
      mkdirSync(dirname(join(packages, path)), { recursive: true })
      writeFileSync(join(packages, path), text)
    }
    if (where === 'linked') {
      mkdirSync(join(folder, 'node_modules'))
      symlinkSync(join(packages, 'node_modules/counts'), join(folder, 'node_modules/counts'))
    }
    return folder
  })
  const texts = [inFolder, ...made].map(folder => {
    const out = join(folder, 'out')
    const { stderr } = axle('pack', folder, '-o', out)
    expect(stderr).toBe('')
    const opened = openArchive(readFileSync(out))
    return opened.ok ? textsOf(opened.files)['actions/算.js'] : undefined
  })
  expect(texts[0]).toContain('nothing to count')
  expect(texts[1]).toBe(texts[0])
  expect(texts[2]).toBe(texts[0])
})

describe('axle action', () => {
  const sample = (body: unknown) => {
    const file = join(mkdtempSync(join(tmpdir(), 'axle-sample-')), 'sample.json')
    writeFileSync(file, JSON.stringify(body))
    return file
  }

  test('run tells the outcome, what it took, and where a run failed', () => {
    const folder = packOf(counting)
    const good = axle('action', 'run', '算', '--in', sample({ 词: '退款' }), '--pack', folder, '--json')
    expect([good.status, good.stderr]).toEqual([0, ''])
    expect(JSON.parse(good.stdout)).toMatchObject({
      ...{ outcome: '成功', out: { 结果: '成功', 数: 2 }, fault: null, stack: null },
      meters: { calls: 0, ms: expect.any(Number), maxRssBytes: expect.any(Number) },
    })
    const bad = axle('action', 'run', '算', '--in', sample({ 词: '' }), '--pack', folder)
    expect(bad.status).toBe(1)
    expect(bad.stdout).toContain('fault thrown: nothing to count')
    expect(bad.stdout).toContain('node_modules/counts/index.js:2:26')
    expect(bad.stdout).toMatch(/took [\d.]+ ms, \d+ MB of the runner, 0 calls/)
    const unknown = axle('action', 'run', '没有', '--in', sample({}), '--pack', folder)
    expect([unknown.status, unknown.stderr.trim().split('\n').length]).toEqual([2, 1])
    const broken = join(folder, 'broken.json')
    writeFileSync(broken, '{')
    expect(axle('action', 'run', '算', '--in', broken, '--pack', folder)).toMatchObject({
      status: 2,
      stdout: '',
    })
  })

  test('refuses what a desk refuses', () => {
    const pack = `pack t "t" version 1
role 客服 "客服"
form 单 "单" { 日: date; 数: int; 双: int = 数 * 2 }
action 写 "写" {
  in  做: text
  out 结果: enum { 成功, 失败 }
  needs net "a.example.com", write 单.日, write 单.双, send
}
`
    const folder = packOf({
      'a.axle': pack,
      'actions/写.ts': `import { action } from '#pack'
export default action('写', async ({ 做 }, { net, write, send }) => {
  await {
    text: () => write('单.日', 'tomorrow'),
    number: () => write('单.日', 5),
    good: () => write('单.日', '2026-03-01'),
    computed: () => write('单.双', 4),
    plain: () => net.get('http://a.example.com/'),
    named: () => net.get('https://me:pw@a.example.com/'),
    other: () => net.get('https://b.example.com/'),
    many: async () => { for (let i = 0; i < 4; i++) await send('x') },
  }[做]()
  return { 结果: '成功' }
})`,
    })
    const says = {
      text: 'this is no value of 单.日: wanted date, got a text',
      number: 'this is no value of 单.日: wanted date, got a number',
      computed: 'this is no value of 单.双: it is computed',
      plain: 'only https is allowed',
      named: 'no user names in addresses',
      other: 'the host b.example.com was not granted',
      many: 'a run sends 3 messages at most',
    }
    const cases = [
      ...Object.entries(says).map(([name, said]) => ({
        ...{ name, in: { 做: name }, expect: { fault: `thrown: ${said}` } },
      })),
      { name: 'good', in: { 做: 'good' }, expect: { outcome: '成功', writes: { '单.日': '2026-03-01' } } },
    ]
    writeFileSync(join(folder, 'actions/写.test.json'), JSON.stringify(cases))
    const { status, stdout } = axle('action', 'test', '--pack', folder)
    expect([status, stdout]).toEqual([0, expect.stringContaining('8 passed, 0 failed')])
  })

  test('says which file, case and property cannot be read, without a stack', () => {
    const tried = (json: string) => {
      const folder = packOf({ ...counting, 'actions/算.test.json': json })
      const { status, stdout, stderr } = axle('action', 'test', '--pack', folder)
      expect([status, stdout]).toEqual([2, ''])
      return stderr.trim().replace(`${folder}/`, '')
    }
    expect(tried('[\n  { "in": {}, "expect": { } },\n  { in: {} }\n]')).toBe(
      "actions/算.test.json:3:5 is no JSON: Expected property name or '}'",
    )
    expect(tried('[\n  { "in": {}, "key": yes }]')).toBe(
      "actions/算.test.json:2:22 is no JSON: Unexpected token 'y'",
    )
    expect(tried('[{ "in": {}')).toBe(
      "actions/算.test.json:1:12 is no JSON: Expected ',' or '}' after property value",
    )
    expect(tried('[{ "in": {} }, { "in": {}, "expect": { "write": {} } }]')).toBe(
      'actions/算.test.json case 2: /expect has no “write”; it may have outcome, out, fault, calls, writes, sends, kept',
    )
    expect(tried('[{ "name": "two", "in": 5 }]')).toBe('actions/算.test.json “two”: /in must be object')
  })

  test('test plays the cases beside an action and says what came out otherwise', () => {
    expect(axle('action', 'test', '--pack', 'plugins/retail')).toMatchObject({
      ...{ status: 0, stdout: expect.stringContaining('3 passed, 0 failed') },
    })
    const cases = [
      { name: 'right', in: { 词: 'ab' }, expect: { outcome: '成功', out: { 数: 2 } } },
      { name: 'wrong', in: { 词: 'ab' }, expect: { out: { 数: 3 } } },
      { name: 'fails', in: { 词: '' }, expect: { outcome: '成功' } },
    ]
    const { status, stdout } = axle(
      'action',
      'test',
      '--pack',
      packOf({ ...counting, 'actions/算.test.json': JSON.stringify(cases) }),
    )
    expect(status).toBe(1)
    expect(stdout).toContain('✓ 算: right')
    expect(stdout).toContain('out: expected {"数":3}, got {"结果":"成功","数":2}')
    expect(stdout).toContain('1 passed, 2 failed')
  })
})
