import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { describe, expect, test } from 'vitest'
import { checkPack } from '#dsl'
import { frame } from '../../runtime/commands/frame.ts'
import type { ReportedDiagnostic } from '../../runtime/commands/report.ts'

const axle = (...args: string[]) =>
  spawnSync(process.execPath, ['runtime/cli.ts', ...args], { encoding: 'utf8' })

const plain = (text: string) => text.replace(/\u001b\[\d+m/g, '')

describe('a framed finding', () => {
  test('shows its lines with a wave as wide as the text above it', () => {
    const source = 'enum 等级 { 普通 y }\n'
    const found: ReportedDiagnostic = {
      ...{ code: 'AX1001', slug: 's', file: 'a.axle', message: '不合', help: '改' },
      ...{ range: { start: { line: 1, column: 10 }, end: { line: 1, column: 14 } }, related: [], fixes: [] },
      severity: 'error',
    }
    const start = source.indexOf('普')
    expect(plain(frame(found, source, { start, end: start + 4 }))).toBe(
      'AX1001 不合  a.axle:1:10\n  1 │ enum 等级 { 普通 y }\n    │             ~~~~~~\n  → 改\n',
    )
  })
})

describe('the axle command', () => {
  test('finds the example sound and its tests green', () => {
    expect(axle('check', 'examples/05-prices-and-splits')).toMatchObject({ status: 0, stdout: '' })
    expect(axle('test', 'examples/05-prices-and-splits')).toMatchObject({
      status: 0,
      stdout: '9 passed, 0 failed\n',
    })
  })

  test('finds an action whose code cannot be read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'axle-check-'))
    cpSync('examples/06-custom-action', folder, { recursive: true })
    expect(axle('check', folder).status).toBe(0)
    writeFileSync(join(folder, 'actions/half.ts'), 'export default (')
    const { status, stderr } = axle('check', folder)
    expect([status, stderr]).toEqual([1, expect.stringContaining('half.ts cannot be read')])
  })

  test('says of an action what would fail on a desk: no code, another name, imports that cannot come', () => {
    const folder = mkdtempSync(join(tmpdir(), 'axle-check-'))
    const file = join(folder, 'actions/a.ts')
    writeFileSync(join(folder, 'p.axle'), 'pack t "t" version 1\naction a "a" { out n: int }\n')
    const check = (...options: string[]) => {
      const { status, stderr } = axle('check', folder, ...options)
      return [status, stderr.trim()]
    }
    const missing = `warning The action a has no code yet: write ${file}`
    expect(check()).toEqual([0, missing])
    expect(check('--strict')).toEqual([1, missing])
    mkdirSync(join(folder, 'actions'))
    writeFileSync(file, "import { action } from '#pack'\n\nexport default action('b', () => ({ n: 1 }))\n")
    const other = `${file}:3:23 is called b here and a by its file; both must be as the pack declares it`
    expect(check()).toEqual([1, `error ${other}`])
    for (const args of [
      ['pack', folder],
      ['action', 'run', 'a', '--in', '{}', '--pack', folder],
    ]) {
      const { status, stderr } = axle(...args)
      expect([status, stderr.trim()], args[0]).toEqual([1, other.replace(`${folder}/`, '')])
    }
    writeFileSync(file, "import 'node:fs'\nexport default { run: () => ({ n: 1 }) }\n")
    expect(check()).toEqual([1, expect.stringContaining('error actions/a.ts imports node:fs')])
  })

  test('packs nothing whose own tests fail: no desk could install it', () => {
    const folder = mkdtempSync(join(tmpdir(), 'axle-failing-'))
    const text = `pack t "t" version 1
enum 等级 { 普通, 金卡 }
table 费 {
  | 等级 || 元: int |
  |------||---------|
  | 普通 || 1       |
  | 金卡 || 0       |
}
test 费 {
  | 等级 || 元 |
  |------||----|
  | 金卡 || 1  |
}
`
    writeFileSync(join(folder, 'p.axle'), text)
    const out = join(folder, 'out')
    const { status, stderr } = axle('pack', folder, '-o', out)
    expect([status, stderr]).toEqual([
      1,
      `${folder} was not packed: no desk could install it while its own tests fail; axle test says why.\n  费\n`,
    ])
    expect(existsSync(out)).toBe(false)
  })

  test('builds the same bytes each time', () => {
    const build = () =>
      execFileSync(process.execPath, ['runtime/cli.ts', 'build', 'examples/05-prices-and-splits'])
    expect(build().equals(build())).toBe(true)
  })

  test('names the row that answers and why the others did not', () => {
    const { status, stdout } = axle(
      'table',
      'examples/05-prices-and-splits',
      '退款费率',
      '大区=华东',
      '等级=银卡',
      '金额=¥880',
      '--json',
    )
    expect(status).toBe(0)
    expect(JSON.parse(stdout)).toMatchObject({ row: 2, values: { 费用: '7.04' } })
    expect(JSON.parse(stdout).trace.map((row: { failed?: string }) => row.failed)).toEqual([
      '等级',
      '金额',
      undefined,
      '大区',
      '大区',
      '大区',
    ])
  })

  test('findings come with their fixes in JSON, and what can be mended in one way only is mended', () => {
    const folder = mkdtempSync(join(tmpdir(), 'axle-'))
    const file = join(folder, 'bad.axle')
    writeFileSync(file, 'pack t "t" version 1\nrole 客\u200b服\nform 单 { 费: money = ¥3 * 1.5% }\n')
    const [hidden] = JSON.parse(axle('check', folder, '--json', '--lang', 'en').stdout)
    expect(hidden.fixes).toMatchObject([
      { title: 'Remove it', edits: [{ range: { start: { line: 2, column: 7 } }, text: '' }] },
    ])
    expect(axle('check', folder, '--fix')).toMatchObject({ status: 0, stdout: '' })
    expect(readFileSync(file, 'utf8')).toBe(
      'pack t "t" version 1\nrole 客服\nform 单 { 费: money = ¥3 * 1.5% round half_up ¥0.01 }\n',
    )
  })

  test('reports findings with line and next step and exits 1, misuse exits 2', () => {
    const folder = mkdtempSync(join(tmpdir(), 'axle-'))
    writeFileSync(join(folder, 'bad.axle'), 'pack t "t" version 1\nenum A { x y }\n')
    const { status, stdout } = axle('check', folder, '--lang', 'en')
    expect(status).toBe(1)
    expect(stdout).toContain('bad.axle:2:12 error AX1001 unexpected-token “y” does not fit here\n  → ')
    expect(stdout).toContain(' ① Add “,”')
    expect(axle('table', 'examples/05-prices-and-splits', '没有').status).toBe(2)
    expect(axle('nonsense').status).toBe(2)
  })

  test('with --strict warnings count; --sarif and --json say the same places', () => {
    const folder = mkdtempSync(join(tmpdir(), 'axle-'))
    const text = 'pack t "t" version 1\npool 直营池\nmetric 首响: int = 1\n'
    writeFileSync(join(folder, 'later.axle'), text)
    expect(axle('check', folder).status).toBe(0)
    expect(axle('check', folder, '--strict').status).toBe(1)
    const [found] = JSON.parse(axle('check', folder, '--json').stdout)
    const [run] = JSON.parse(axle('check', folder, '--sarif').stdout).runs
    const { region, artifactLocation } = run.results[0].locations[0].physicalLocation
    expect(run.results[0]).toMatchObject({ ruleId: found.code, level: 'warning' })
    expect(region).toMatchObject({ startLine: found.range.start.line, startColumn: found.range.start.column })
    expect(decodeURI(artifactLocation.uri)).toBe(found.file)
    expect(run.tool.driver.rules[0].id).toBe(found.code)
  })

  test('a gap in a table comes with the case nothing answers', () => {
    const folder = mkdtempSync(join(tmpdir(), 'axle-'))
    const table =
      'table 费 {\n  | 件数: int || 额: money |\n  |---|---|\n  | < 5 || ¥1 |\n  | > 5 || ¥2 |\n}\n'
    writeFileSync(join(folder, 'gap.axle'), `pack t "t" version 1\n${table}`)
    const [found] = JSON.parse(axle('check', folder, '--json').stdout)
    expect(found).toMatchObject({ code: 'AX4104', witness: '件数=5' })
  })

  test('--watch runs the tests again when a text changes', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'axle-'))
    const text = readFileSync('examples/05-prices-and-splits/shop.axle', 'utf8')
    writeFileSync(join(folder, 'shop.axle'), text)
    const child = spawn(process.execPath, ['runtime/cli.ts', 'test', folder, '--watch'])
    try {
      const lines = createInterface(child.stdout)[Symbol.asyncIterator]()
      expect((await lines.next()).value).toBe('3 passed, 0 failed')
      writeFileSync(join(folder, 'shop.axle'), text.replace('|| ¥15.00 |', '|| ¥14.00 |'))
      expect((await lines.next()).value).toContain('"14.00" ≠ "15.00"')
      expect((await lines.next()).value).toBe('2 passed, 1 failed')
    } finally {
      child.kill()
    }
  })

  test('a failing table test says where, what was wanted and what came', () => {
    const folder = mkdtempSync(join(tmpdir(), 'axle-'))
    const text = readFileSync('examples/05-prices-and-splits/shop.axle', 'utf8').replace(
      '|| ¥15.00 |',
      '|| ¥14.00 |',
    )
    writeFileSync(join(folder, 'shop.axle'), text)
    const { status, stdout } = axle('test', folder)
    expect(status).toBe(1)
    expect(stdout).toContain('费用: "14.00" ≠ "15.00"')
  })
})

describe('axle diff', () => {
  const folder = mkdtempSync(join(tmpdir(), 'axle-'))
  const before = readFileSync('examples/01-first-form/desk.axle', 'utf8')
  const version = (name: string, edit: (text: string) => string) => {
    const path = join(folder, `${name}.axle`)
    writeFileSync(path, edit(before))
    return path
  }

  test('says what changes by what it asks for, the most pressing first, in either language', () => {
    const after = version('after', text =>
      text.replace(/version (\d+)/, 'version 9').replace(/^role /m, 'role 审计, '),
    )
    const { status, stdout } = axle('diff', 'examples/01-first-form', after)
    expect(status).toBe(0)
    expect(stdout.split('\n')).toEqual([
      '需要对应 (1) — 在 migrate 里写明去处，或安排人',
      '  新增角色「审计」，要安排人',
      '自动 (1) — 在途的自己跟着变',
      '  角色「审计」多了权限：填写「咨询单」的问题、答复',
      '安全 (1) — 不需要做什么',
      '  版本：1 → 9',
      '在途工单留在版本 1：新版没有写它们的去处。写上 migrate from 1 {}，它们就转到新版本，动作的代码也一样。',
      '',
    ])
    const moving = version(
      'moving',
      text => text.replace(/version (\d+)/, 'version 2') + '\nmigrate from 1 {}\n',
    )
    expect(axle('diff', 'examples/01-first-form', moving).stdout).not.toContain('migrate from')
    const renamed = version('renamed', text =>
      text.replace(/version (\d+)/, 'version 2').replaceAll('答复', '回复'),
    )
    expect(axle('diff', 'examples/01-first-form', renamed, '--lang', 'en').stdout).toContain(
      'Tickets in flight keep version 1: nothing says where they go. With migrate from 1 { … } they move',
    )
    expect(axle('diff', 'examples/01-first-form', after, '--lang', 'en').stdout).toContain(
      'needs mapping (1) — say in migrate where it goes, or who does it\n  new role “审计” needs people\n',
    )
    const { same, changes } = JSON.parse(axle('diff', 'examples/01-first-form', after, '--json').stdout)
    expect([same, changes.length]).toEqual([false, 3])
  })

  test('says that two texts mean the same, exits 1 with the findings of one that is wrong, and 2 without a text', () => {
    const same = version('same', text => `// 一句话\n${text}`)
    expect(axle('diff', 'examples/01-first-form', same)).toMatchObject({ status: 0, stdout: '含义相同\n' })
    const wrong = version('wrong', text => `${text}\nenum A { x y }\n`)
    const found = axle('diff', 'examples/01-first-form', wrong)
    expect([found.status, found.stdout]).toEqual([1, expect.stringContaining('AX1001')])
    expect(axle('diff', 'examples/01-first-form', join(folder, 'none')).status).toBe(2)
  })
})

describe('README', () => {
  test('every block of the language checks without a finding', () => {
    const blocks = [...readFileSync('README.md', 'utf8').matchAll(/```axle\n(.*?)```/gs)].map(
      match => match[1]!,
    )
    expect(blocks.length).toBeGreaterThan(0)
    for (const block of blocks) expect(checkPack({ 'README.md': block }).diagnostics).toEqual([])
  })

  test('every command of axle that it names runs as it is written', () => {
    const lines = [...readFileSync('README.md', 'utf8').matchAll(/^npm run -s axle -- (.+)$/gm)].map(
      match => match[1]!,
    )
    expect(lines.length).toBeGreaterThan(3)
    for (const line of lines) {
      const { status, stderr } = spawnSync(process.execPath, ['runtime/cli.ts', ...line.split(' ')], {
        encoding: 'utf8',
      })
      expect([line, status, stderr]).toEqual([line, 0, ''])
    }
  })

  test('every other command and picture it names is there', () => {
    const text = readFileSync('README.md', 'utf8')
    const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as {
      scripts: Record<string, string>
    }
    for (const [, name] of text.matchAll(/^npm (?:run )?(\w+)$/gm))
      expect(Object.keys(scripts)).toContain(name)
    for (const [, path] of text.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g))
      expect(existsSync(path!), path).toBe(true)
  })
})
