import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkPack } from '#dsl/check'
import { catalogue, examples, exampleTexts, type DiagnosticCode, type Example } from '#dsl/diagnostics'
import { fixesAt, fixesOf } from '#dsl/fix'
import { applyEdits, editDistance, indexSymbols, nearWords } from '#dsl/service'
import { readPack } from '../../runtime/commands/source.ts'

const cases = new URL('../golden/cases/', import.meta.url)
const head = 'pack p "P" version 1 { }\n'
const desk = `hours 营业 { mon..fri 09:00..12:00, 13:30..18:00; sat..sun 10:00..17:00 }
role 客服 "客服人员"
setting 上限: int in 1..3 default 2 help "每天"
enum 档 { 甲, 乙 }
form 单 "申请单" { 金额: money, 档: 档, 费: money = 费率(档, 金额).费 round half_up ¥0.01 }
table 费率 "收费" {
  | 档 | 金额: money || 率: percent |
  |----|-------------||-------------|
  | 甲 | -           || 1%          |
  | 乙 | -           || 2%          |

  费: money = 金额 * 率 round half_up ¥0.01
}
ticket 事 for 单 {
  start -> 受理
  node 受理 by 客服 { clock 响应 2h of 营业 { at 100% notify 客服 }; on 好 -> 完.成 }
  end 完 { 成 ok }
}
`

const codes = Object.keys(catalogue) as DiagnosticCode[]
/** The codes whose bad example has no fix, and why none would be sensible. */
const without: Partial<Record<DiagnosticCode, string>> = {
  AX1005: 'where a long file is to be split only its author knows',
  AX1006: 'what is nested too deep wants a name of its own',
  AX4033: 'where a long sheet is to be split only its author knows',
  AX6012: 'the day of a campaign and what it sends are its author’s',
  AX6107: 'a window that is missing has no days to begin with; one written backwards is turned round',
  AX6108: 'whether ¥1 stands for 1% only the author knows',
  AX5024: 'whether a price may tell a cost is the desk’s to decide',
  AX5031: 'who is to fill a field only its author knows',
  AX6026: 'which of the rows and skips is meant only their author knows',
  AX6029: 'what stands for a value that is not known only its author knows',
  AX7011: 'whether an act can be taken back, and how, only its author knows',
  AX8001: 'what is to hold only the author knows',
  AX8020: 'what the pack says stands in its release, not in the text',
  AX9001: 'the text is right, the engine is to come',
}

describe('every finding has its way out', () => {
  test.each(codes)('%s: what is offered for its bad example mends it, or none is sensible', code => {
    const example: Example = examples[code]
    const texts = exampleTexts(example, example.bad)
    const before = checkPack(texts).diagnostics
    const count = (found: typeof before, of: string) => found.filter(each => each.code === of).length
    const offered = fixesOf(texts, before.filter(each => each.code === code).slice(0, 1))
    expect(offered.length > 0, `fixes of ${code}`).toBe(!without[code])
    for (const { title, edits } of offered) {
      const after = checkPack(applyEdits(texts, edits)).diagnostics
      expect(count(after, code), title).toBeLessThan(count(before, code))
      // What nothing uses is looked for only where nothing is wrong, and the examples share a desk of which each uses a part.
      for (const each of after.filter(({ code: other }) => !['AX5030', 'AX5031', 'AX5032'].includes(other)))
        expect(count(after, each.code), `${title}: ${each.code}`).toBeLessThanOrEqual(
          count(before, each.code),
        )
    }
    expect(new Set(offered.map(({ title }) => title)).size).toBe(offered.length)
  })

  test('a window written backwards is turned round', () => {
    const { within, good } = examples.AX6107
    const bad = good.replace('2026-11-01 00:00..<2026-11-02 00:00', '2026-11-02 00:00..<2026-11-01 00:00')
    const texts = { 'a.axle': within.replace('…', () => bad) }
    const [fix] = fixesOf(texts, checkPack(texts).diagnostics)
    const left = checkPack(applyEdits(texts, fix!.edits)).diagnostics
    expect(left.filter(each => each.code !== 'AX5030')).toEqual([])
  })
})

describe('fixes', () => {
  const slip = (found: string, written: string) => {
    const texts = { 'a.axle': head + desk.replace(found, written) }
    const file = 'a.axle'
    return { texts, file, fixes: fixesOf(texts, checkPack(texts).diagnostics, 'en') }
  }

  test('a name that is a letter off, or sounds the same, is what was meant', () => {
    expect(slip('by 客服', 'by 客复').fixes.map(fix => fix.title)).toContain('Change to “客服”')
    expect(slip('金额: money, 档', '金额: monye, 档').fixes.map(fix => fix.title)).toContain(
      'Change to “money”',
    )
    expect(slip('-> 受理', '-> 瘦礼').fixes.map(fix => fix.title)).toContain('Change to “受理”')
  })

  test('a gap in a table is filled or admitted, a missing rounding is added', () => {
    expect(slip('  | 乙 | -           || 2%          |\n', '').fixes.length).toBeGreaterThan(0)
    expect(slip('金额 * 率 round half_up ¥0.01', '金额 * 率').fixes).toHaveLength(1)
  })

  test('every fix that is offered for a case of the catalogue applies, and its finding is gone', () => {
    let offered = 0
    for (const name of readdirSync(cases, { recursive: true, encoding: 'utf8' }).filter(n =>
      n.endsWith('.axle'),
    )) {
      const texts = { 'a.axle': readFileSync(new URL(name, cases), 'utf8') }
      const { diagnostics } = checkPack(texts)
      for (const { start, end } of diagnostics)
        for (const fix of fixesAt(texts, { file: 'a.axle', span: { start, end } })) {
          offered++
          const left = checkPack(applyEdits(texts, fix.edits)).diagnostics
          expect(left.length, `${name}: ${fix.title}`).toBeLessThan(diagnostics.length)
          const count = (all: typeof left) => all.filter(each => each.code === fix.code).length
          expect(count(left), `${name}: ${fix.title}`).toBeLessThan(count(diagnostics))
        }
    }
    expect(offered).toBeGreaterThan(10)
  })

  test('a word of the language that is a letter off is what was meant', () => {
    expect(slip('node 受理 by', 'nod 受理 by').fixes.map(fix => fix.title)).toContain('Change to “node”')
    expect(slip('clock 响应', 'clok 响应').fixes.map(fix => fix.title)).toContain('Change to “clock”')
    expect(slip('\nform 单', '\nfrom 单').fixes.map(fix => fix.title)).toContain('Change to “form”')
  })

  test.each([
    ['form 单 { 甲: money, 费: money = 甲 × 2 }', 'form 单 { 甲: money, 费: money = 甲 * 2 }'],
    ['form 单 { 甲: int, 乙: bool = 甲 ≤ 2 }', 'form 单 { 甲: int, 乙: bool = 甲 <= 2 }'],
    ['form 单 { 甲 money }', 'form 单 { 甲: money }'],
    ['form 单 ( 甲: money )', 'form 单 { 甲: money }'],
    ["enum 类 { 甲 '一' }", 'enum 类 { 甲 "一" }'],
    ['form 单 { 甲: money requird }', 'form 单 { 甲: money required }'],
    ['form 单 {\n  甲: money\n\nenum 类 { a, b }', 'form 单 {\n  甲: money\n}\n\nenum 类 { a, b }'],
    ['role 客服 主管', 'role 客服, 主管'],
  ])('%s is mended as its author meant it', (written, meant) => {
    const texts = { 'a.axle': `${head}${written}\n` }
    const found = checkPack(texts).diagnostics.filter(({ code }) => code.startsWith('AX10'))
    const [first] = fixesOf(texts, found.slice(0, 1))
    expect(first && applyEdits(texts, first.edits)['a.axle']).toBe(`${head}${meant}\n`)
  })

  test('what is not there yet is declared as what it is wanted for', () => {
    expect(slip('by 客服', 'by 店长').fixes.map(fix => fix.title)).toContain('Declare the role “店长”')
    expect(slip('on 好 -> 完.成', 'on 好 -> 复核').fixes.map(fix => fix.title)).toContain(
      'Declare the node “复核”',
    )
    expect(slip('2h of 营业', '2h of 夜班').fixes.map(fix => fix.title)).toContain(
      'Declare the working hours “夜班”',
    )
  })

  test('words are near by letters, by sound, by pinyin and by its initials', () => {
    expect(nearWords('以退款', ['已退款', '复核'])).toEqual(['已退款'])
    expect(nearWords('ytk', ['已退款', '复核'])).toEqual(['已退款'])
    expect(nearWords('yituikuan', ['已退款', '复核'])).toEqual(['已退款'])
    expect(nearWords('monye', ['money', 'month'])).toEqual(['money'])
    expect(nearWords('未知', ['已退款', '复核'])).toEqual([])
  })

  test('the distance of two words counts slips of the hand', () => {
    expect(editDistance('money', 'monye')).toBe(1)
    expect(editDistance('客服', '客复')).toBe(1)
    fc.assert(
      fc.property(fc.string({ maxLength: 8 }), fc.string({ maxLength: 8 }), (a, b) => {
        expect(editDistance(a, b)).toBe(editDistance(b, a))
        expect(editDistance(a, b) === 0).toBe(a === b)
      }),
    )
  })
})

describe('a name that a slip of the hand spoilt', () => {
  const folders = ['plugins/retail', 'plugins/manufacturing', 'plugins/education', 'examples/08-field-repair']
  const every = process.env.CI ? 41 : 401

  test('is offered as it was, whatever kind of thing it names', async () => {
    const missed: string[] = []
    let [slips, mended, count] = [0, 0, 0]
    for (const folder of folders) {
      const texts = await readPack(folder)
      for (const { file, start, end, isDefinition } of indexSymbols(texts).occurrences) {
        if (isDefinition || file.startsWith('@') || end - start < 2 || count++ % every !== 0) continue
        const source = texts[file]!
        const spoilt = source.slice(0, end - 1) + (count % 2 ? 'x' : '') + source.slice(end)
        const changed = { ...texts, [file]: spoilt }
        const found = checkPack(changed).diagnostics.filter(
          each => each.file === file && each.start <= end && start <= each.end,
        )
        if (found.length === 0) continue
        slips++
        const isMended = fixesOf(changed, found).some(
          ({ edits }) => applyEdits(changed, edits)[file] === source,
        )
        if (isMended) mended++
        else missed.push(`${file}: ${source.slice(start, end)}`)
      }
    }
    console.log(`${slips} slips, ${((100 * mended) / slips).toFixed(0)} % mended by a fix`)
    expect(mended / slips, missed.join('\n')).toBeGreaterThan(0.88)
  }, 120_000)
})
