import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const text = `pack t "t" version 1
enum 等级 ordered { 普通, 金卡 }
role 客服
form 单 { 金额: money, 等级: 等级 }
table 费率 {
  | 等级 || 率: percent |
  |------||-------------|
  | 金卡 || 1%          |
}
ticket 甲 for 单 {
  entry chat
  start -> 一
  node 一 by 客伏 { after 1h -> 完.好 }
  node 二 by 客服 { on 走 -> 二 }
  end 完 { 好 ok }
}
form 费 { 手续: money = ¥3 * 50% }
enum 坏 { x y }
`

test('axle check on a file with five planted mistakes reports five, each at its line, with a next step', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'axle-')), 'desk.axle')
  writeFileSync(file, text)
  for (const language of ['zh', 'en']) {
    const { status, stdout } = spawnSync(
      process.execPath,
      ['runtime/cli.ts', 'check', file, '--lang', language],
      {
        encoding: 'utf8',
      },
    )
    expect(status).toBe(1)
    const findings = stdout.trim().split('\n')
    const codes = findings
      .filter((_, i) => i % 2 === 0)
      .map(line => /:(\d+):\d+ error (AX\d+)/.exec(line)?.slice(1).join(' '))
    expect(codes).toEqual(['5 AX4104', '13 AX2002', '14 AX5001', '14 AX5003', '17 AX3003', '18 AX1001'])
    for (const help of findings.filter((_, i) => i % 2 === 1)) expect(help).toMatch(/^ {2}→ .{4,}/)
  }
})
