import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'

const axle = (...args: string[]) =>
  spawnSync(process.execPath, ['runtime/cli.ts', 'simulate', ...args], { encoding: 'utf8' })

const folder = mkdtempSync(join(tmpdir(), 'simulate-'))
const fileOf = (name: string, value: unknown) => {
  const path = join(folder, name)
  writeFileSync(path, typeof value === 'string' ? value : JSON.stringify(value))
  return path
}

describe('axle simulate', () => {
  // Storyboard 8 of the packs.
  test('finds the bracket short in 华东 when returns rise, says what clears it, and saves the traffic that does', () => {
    const saved = join(folder, 'saved.json')
    const fortnight = ['plugins/manufacturing', '--seed', '2', '--days', '14']
    const usual = axle(...fortnight, '--json')
    expect(JSON.parse(usual.stdout)).toMatchObject({ findings: [] })
    const { status, stdout } = axle(...fortnight, '--more', '退换=+30%', '--accept', 'all', '--save', saved)
    expect(status).toBe(0)
    expect(stdout).toContain('华东 支架（P-01） 缺件')
    expect(stdout).toMatch(/1\. 华东 支架（P-01） 备货 \+10%（试了 \d+ 次）/)
    expect(stdout).toContain('全部采纳后，以上都不再出现')
    expect(stdout).toMatch(/华东 支架 缺件（单） \d+ → 0/)

    const again = axle(...fortnight, '--traffic', saved, '--json')
    expect(JSON.parse(again.stdout)).toMatchObject({ findings: [], proposals: [] })
    expect(JSON.parse(readFileSync(saved, 'utf8'))).toMatchObject({ inTime: 0.8 })
  }, 120_000)

  test('finds that too few take up machines that stopped in shops, and that one more is enough', () => {
    const { status, stdout } = axle('plugins/retail', '--days', '7', '--json')
    expect(status).toBe(0)
    const { report, findings, proposals } = JSON.parse(stdout)
    expect(findings).toContainEqual(expect.objectContaining({ finding: 'late', role: '维修师傅' }))
    const staffed = proposals.map(({ changes: [first] }: { changes: object[] }) => first)
    expect(staffed).toContainEqual(expect.objectContaining({ change: 'staff', role: '维修师傅', more: 1 }))
    // What customers, shops and the head office open: all of it can be worked.
    expect(report.tickets.map(({ ticket }: { ticket: string }) => ticket)).toHaveLength(12)
    expect(report.stuck).toEqual([])
  }, 120_000)

  test('finds that parents wait for an adviser in the summer, and what clears it', () => {
    const { status, stdout } = axle('plugins/education', '--days', '7', '--accept', 'all')
    expect(status).toBe(0)
    expect(stdout).toMatch(/顾问 的时限守不住：咨询\.接待「响应」 按时 [78]\d/)
    expect(stdout).toMatch(/1\. 顾问 加 \d 人（试了 \d+ 次）/)
    expect(stdout).toContain('全部采纳后，以上都不再出现')
    expect(stdout).not.toContain('未能完成')
  }, 120_000)

  test('plays the pack of an archive under the traffic that came with it', () => {
    const archive = join(folder, 'retail.axlepack')
    const packed = spawnSync(
      process.execPath,
      ['runtime/cli.ts', 'pack', 'plugins/retail', '--out', archive],
      { encoding: 'utf8' },
    )
    expect(packed).toMatchObject({ status: 0, stderr: '' })
    const short = ['--days', '1', '--json', '--no-propose']
    expect(JSON.parse(axle(archive, ...short).stdout)).toEqual(
      JSON.parse(axle('plugins/retail', ...short).stdout),
    )
    expect(axle(fileOf('odd.axlepack', 'no zip'), ...short)).toMatchObject({ status: 2, stdout: '' })
  }, 60_000)

  test('packs no traffic that is not the pack’s', () => {
    const small = mkdtempSync(join(tmpdir(), 'pack-'))
    writeFileSync(join(small, 'a.axle'), 'pack t "t" version 1\nrole 客服\n')
    writeFileSync(join(small, 'traffic.json'), '{"staff":[{"role":"没有","count":1}]}')
    const { status, stderr } = spawnSync(process.execPath, ['runtime/cli.ts', 'pack', small], {
      encoding: 'utf8',
    })
    expect({ status, stderr }).toEqual({ status: 1, stderr: 'traffic.json: staff/0/role ?\n' })
  })

  test('says in English, with the pack’s own English names, what differs from another pack under the same traffic', () => {
    const asked = [
      'plugins/manufacturing',
      '--against',
      'plugins/manufacturing',
      '--days',
      '2',
      '--lang',
      'en',
    ]
    const { status, stdout } = axle(...asked)
    expect(status).toBe(0)
    expect(stdout).toContain('Repair ticket: opened')
    expect(stdout).toContain('no difference')
  })

  test('refuses traffic that is no traffic, or names what the pack has not, and says where', () => {
    const odd = axle(
      'plugins/manufacturing',
      '--traffic',
      fileOf('odd.json', { streams: { a: { perDay: -1 } } }),
    )
    expect(odd).toMatchObject({ status: 2, stdout: '' })
    expect(odd.stderr).toContain('/streams/a')
    const strange = axle(
      ...['plugins/manufacturing', '--traffic'],
      fileOf('strange.json', { streams: { a: { ticket: '没有', perDay: 1 } } }),
    )
    expect(strange).toMatchObject({ status: 2, stdout: '' })
    expect(strange.stderr).toContain('streams/a/ticket ?')
    expect(axle('plugins/manufacturing', '--traffic', fileOf('no.json', '{'))).toMatchObject({ status: 2 })
    expect(axle('plugins/manufacturing', '--days', '0')).toMatchObject({ status: 2 })
    expect(axle('plugins/manufacturing', '--days', '1', '--more', '没有=+1%')).toMatchObject({ status: 2 })
  })

  test('plays a history again, and exits 1 where the pack would have decided otherwise', () => {
    const events = [
      {
        kind: 'opened',
        id: 'T1',
        ticket: '客诉',
        entry: 'workbench',
        customer: null,
        subject: null,
        fields: {},
      },
    ].map((happened, index) => ({
      ...{ seq: index + 1, at: 1_772_500_000_000, actor: { kind: 'staff', id: 'a' }, happened },
    }))
    const { status, stdout } = axle(
      ...['plugins/retail', '--json', '--history'],
      fileOf('history.json', { tickets: [{ id: 'T1', events }], staff: [{ id: 'a', roles: ['导购'] }] }),
    )
    expect(status).toBe(1)
    expect(JSON.parse(stdout)).toMatchObject({
      tickets: 1,
      acts: 1,
      differences: [{ ticket: 'T1', what: 'refused' }],
    })
    expect(axle('plugins/retail', '--history', fileOf('none.json', { tickets: 1 }))).toMatchObject({
      status: 2,
    })
  })
})
