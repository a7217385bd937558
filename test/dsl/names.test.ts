import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  applyEdits,
  definitionAt,
  indexSymbols,
  inverseOf,
  referencesAt,
  rename,
  renameable,
  vocabulary,
  type Texts,
} from '#dsl/service'
import { checkPack } from '#dsl/check'

const plugins = new URL('../../plugins/', import.meta.url)
const packOf = (name: string): Texts =>
  Object.fromEntries(
    readdirSync(new URL(`${name}/`, plugins), { recursive: true, encoding: 'utf8' })
      .filter(file => file.endsWith('.axle'))
      .map(file => [file, readFileSync(new URL(`${name}/${file}`, plugins), 'utf8')]),
  )
const packs = {
  retail: packOf('retail'),
  manufacturing: packOf('manufacturing'),
  education: packOf('education'),
}
const { retail } = packs
/** The place of the n-th time a text stands in a file. */
const placeOf = (texts: Texts, file: string, text: string, nth = 1) => {
  let at = -1
  for (let n = 0; n < nth; n++) at = texts[file]!.indexOf(text, at + 1)
  expect(at, text).toBeGreaterThanOrEqual(0)
  return at
}
/** So many of a list at most, evenly over it. */
const spread = <T>(all: readonly T[], most: number) =>
  all.filter((_, index) => index % Math.ceil(all.length / most) === 0)
const sameTexts = (a: Texts, b: Texts) => JSON.stringify(a) === JSON.stringify(b)
const textsAt = (texts: Texts, places: readonly { file: string; start: number; end: number }[]) =>
  places.map(({ file, start, end }) => texts[file]!.slice(start, end))

describe.each(Object.entries(packs))('the names of the %s pack', (_, texts) => {
  const index = indexSymbols(texts)

  test('every use has a definition, and the uses of a definition contain every place that leads to it', () => {
    expect(index.occurrences.length).toBeGreaterThan(200)
    for (const each of index.occurrences) {
      const definitions = index.of(each.symbol).filter(other => other.isDefinition)
      expect(definitions, each.symbol).not.toEqual([])
      expect(index.of(each.symbol)).toContain(each)
    }
  })

  test('a place of a name reads that name', () => {
    for (const { symbol, file, start, end } of index.occurrences) {
      const text = texts[file]!.slice(start, end).normalize('NFC')
      expect(`${symbol.slice(symbol.indexOf(':') + 1)}`.endsWith(text), `${symbol} at ${text}`).toBe(true)
    }
  })

  test('asked about one place or one name, it says what it says of all', () => {
    for (const { symbol, file, start } of spread(index.occurrences, 200)) {
      const asked = indexSymbols(texts)
      const all = index.occurrences.filter(each => each.file === file)
      expect(asked.at(file, start)).toEqual(all.findLast(each => each.start <= start && start <= each.end))
      expect(asked.definitionsOf(symbol)).toEqual(index.of(symbol).filter(each => each.isDefinition))
      expect(asked.inFile(file)).toEqual(all)
    }
  })

  test('renamed, the pack checks the same, and renamed back it has the same bytes', () => {
    // A field may be called like a keyword, as `region` is, but nothing can be renamed to one.
    const words = new Set([...vocabulary.declarations, ...vocabulary.keywords])
    const names = spread(index.occurrences, 600).filter(({ file, start }) => {
      const found = renameable(texts, file, start)
      return found && !words.has(found.text)
    })
    expect(names.length).toBeGreaterThan(100)
    fc.assert(
      fc.property(fc.constantFrom(...names), ({ file, start, symbol }) => {
        const renamed = rename(texts, { file, offset: start, name: '改过的名字' })
        expect(renamed, symbol).toMatchObject({ isOk: true })
        if (!renamed.isOk) return
        const after = applyEdits(texts, renamed.edits)
        expect(checkPack(after).diagnostics.length).toBe(checkPack(texts).diagnostics.length)
        expect(sameTexts(applyEdits(after, inverseOf(texts, renamed.edits)), texts)).toBe(true)
        const first = inverseOf(texts, renamed.edits).find(({ text }) => text !== '')!
        const back = rename(after, { file: first.file, offset: first.start, name: first.text })
        expect(back, `${symbol} back to ${first.text}`).toMatchObject({ isOk: true })
        expect(back.isOk && sameTexts(applyEdits(after, back.edits), texts)).toBe(true)
      }),
      { numRuns: 6 },
    )
  })
})

describe('places of names', () => {
  test('a node is found from its targets, its route, its tests and its labels', () => {
    const at = placeOf(retail, 'complaint.axle', 'node 受理') + 5
    const uses = referencesAt(retail, 'complaint.axle', at)
    expect(new Set(textsAt(retail, uses))).toEqual(new Set(['受理']))
    expect(new Set(uses.map(({ file }) => file)).size).toBeGreaterThan(1)
    for (const { file, start } of uses)
      expect(definitionAt(retail, file, start)).toEqual([{ file: 'complaint.axle', start: at, end: at + 2 }])
  })

  test('a name of the form in what rows are cut by is a use', () => {
    const texts = {
      'a.axle': [
        'pack p "P" version 1 { }',
        'entity 机 { 号: text key, 限: int }',
        'entity 行 { 数: int }',
        'form 单 for 机 { 行: list(行), 多: int = count(行.数 where 数 > 机.限) }',
      ].join('\n'),
    }
    const uses = referencesAt(texts, 'a.axle', placeOf(texts, 'a.axle', '机'))
    expect(uses).toHaveLength(3)
    expect(texts['a.axle'].slice(uses[2]!.start)).toMatch(/^机\.限\) }/)
  })

  test.each([
    ['role 客服', 2, 'whom a story names'],
    ['team 甲组', 3, 'whom a story names, and where it looks for a ticket'],
    ['skill 会修', 2, 'what a story’s staff can do'],
    ['enum 档 { 高', 3, 'a column that a settlement’s test reads'],
  ])('%s is found %i times: %s', (declared, count) => {
    const texts = {
      'a.axle': [
        'pack p "P" version 1 { }',
        'role 客服',
        'team 甲组',
        'skill 会修',
        'party 平台, 师傅',
        'enum 档 { 高, 低 }',
        'form 单 { 额: money, 档: 档 }',
        'ticket 事 for 单 { start -> 做; node 做 by 店员 { on 好 -> 完.成 }; end 完 { 成 ok } }',
        'settle 分 on 事.完.成 { base 额; split { 平台 10% when 档 = 高, 师傅 rest } }',
        'test 分 {\n| base | 档 || 平台 | 师傅 |\n|---|---||---|---|\n| ¥10 | 高 || ¥1 | ¥9 |\n}',
        'test "一" { given staff { name: "小王", role: 客服, team: [甲组], skill: 会修 }; expect 事 in 甲组 }',
      ].join('\n'),
    }
    const at = placeOf(texts, 'a.axle', declared) + declared.length - 1
    expect(referencesAt(texts, 'a.axle', at)).toHaveLength(count)
  })

  test('an action that a story lets break ends in no outcome of its own', () => {
    const told = `${retail['tests/complaint.axle']!}\ntest "断" { given action coupon.发放 returns { 结果: fault } }`
    const { occurrences } = indexSymbols({ ...retail, 'tests/complaint.axle': told })
    expect(occurrences.filter(({ symbol }) => symbol.endsWith('fault'))).toEqual([])
  })

  test('what a story gives a member of staff, and the label of an action’s outcome, are uses', () => {
    const texts = {
      'a.axle': [
        'pack p "P" version 1 { }',
        'role 客服, 主管',
        'team 甲组, 乙组',
        'skill 退款',
        'pool 大池, 小池',
        'form 单 { 数: int, 池: pool = 归属(数).pool, 大: bool = 池 = 大池 }',
        'table 归属 { | 数: int || pool |\n|---||---|\n| > 9 || 大池 |\n| <= 9 || 小池 | }',
        'action 发券 { out 结果: enum { 成功, 失败 }; key ticket.id; timeout 5s; retry 1 backoff 1s..2s }',
        'ticket 事 for 单 { start -> 一; clock 等 1d { at 100% notify 主管 }',
        'node 一 by 客服 { on 好 -> 发 }',
        'node 发 run 发券() { on 成功, 失败, fault -> 完.成 }',
        'end 完 { 成 ok } }',
        'test "一" { given staff { name: "小王", role: [客服, 主管], team: 乙组, skill: 退款 }; create 事 { 数: 1 }; expect 事 in 乙组 }',
      ].join('\n'),
      'labels.en.axle': 'labels en { 事 { 成功 "Sent", 好 "Fine" } }',
    }
    const uses = (text: string) => referencesAt(texts, 'a.axle', placeOf(texts, 'a.axle', text)).length
    expect(['客服', '主管', '乙组', '退款', '成功', '好 ->', '大池'].map(uses)).toEqual([3, 3, 3, 2, 3, 2, 3])
  })

  test('what customers are told of a node is said in another language by its name, where they are told something', () => {
    const text = (label: string) =>
      [
        'pack p "P" version 1 { }',
        'role 客服',
        'form 单 { 额: money }',
        'ticket 事 for 单 { entry workbench; start -> 办; clock 等 1d { at 100% notify admin }',
        'node 办 by 客服 { public "已受理"; on 好 -> 做 }; node 做 by 客服 { on 完 -> 完.成 }; end 完 { 成 ok } }',
        `labels en { 事 { ${label} "Received" } }`,
      ].join('\n')
    const { blueprint, diagnostics } = checkPack({ 'a.axle': text('办.public') })
    expect(blueprint.labels.en).toEqual({ '事.办.public': 'Received' })
    expect(diagnostics).toEqual([])
    const unknown = checkPack({ 'a.axle': text('做.public') }).diagnostics
    expect(unknown.map(({ code }) => code)).toEqual(['AX2002'])
    const texts = { 'a.axle': text('办.public') }
    const uses = referencesAt(texts, 'a.axle', placeOf(texts, 'a.axle', 'node 办') + 5)
    expect(textsAt(texts, uses)).toEqual(['办', '办', '办'])
  })

  test('a name inside a text’s braces is a use', () => {
    const texts = {
      'a.axle': [
        'pack p "P" version 1 { }',
        'extend customer { 昵称: text }',
        'role 店员',
        'segment 全部 = customer.昵称 = "a"',
        'sop 问候 { for 全部; step 一 task 店员 "给 {customer.昵称} 打电话" due 2h }',
      ].join('\n'),
    }
    const uses = referencesAt(texts, 'a.axle', placeOf(texts, 'a.axle', '昵称'))
    expect(textsAt(texts, uses)).toEqual(['昵称', '昵称', '昵称'])
    expect(texts['a.axle'].slice(0, uses[2]!.start).endsWith('{customer.')).toBe(true)
  })
})

describe('a new name is refused with its reason', () => {
  const offset = placeOf(retail, 'complaint.axle', 'node 受理') + 5
  const renamed = (name: string, language: 'zh' | 'en' = 'en') =>
    rename(retail, { file: 'complaint.axle', offset, name, language })

  test.each([
    ['归因', /taken/],
    ['node', /keyword/],
    ['and', /keyword/],
    ['money', /built in/],
    ['customer', /built in/],
    ['两 个', /letters/],
    ['1号', /letters/],
    ['a-b', /letters/],
    ['', /letters/],
  ])('%s', (name, reason) => {
    expect(renamed(name)).toEqual({ isOk: false, reason: expect.stringMatching(reason) })
  })

  test('in Chinese where that is the language', () => {
    expect(renamed('归因', 'zh')).toEqual({ isOk: false, reason: expect.stringContaining('别的含义') })
  })

  test('where nothing is named, and where the action’s code holds the name', () => {
    expect(rename(retail, { file: 'complaint.axle', offset: 0, name: '甲', language: 'en' })).toMatchObject({
      isOk: false,
    })
    const file = Object.keys(retail).find(name => retail[name]!.includes('action coupon.发放'))!
    const at = placeOf(retail, file, 'coupon.发放') + 2
    expect(rename(retail, { file, offset: at, name: '甲', language: 'en' })).toEqual({
      isOk: false,
      reason: expect.stringContaining('code'),
    })
  })
})

describe('tickets in flight', () => {
  const desk = (more = '') => ({
    'a.axle': [
      'pack p "P" version 3 { }',
      'role 客服',
      'enum 档 { 金, 银 }',
      'form 单 { 档: 档, 钱: money }',
      'ticket 事 for 单 { start -> 受理; node 受理 by 客服 { on 好 -> 完.成; after 1d -> 完.成 }; end 完 { 成 ok } }',
      more,
    ].join('\n'),
  })
  const renamed = (texts: Texts, text: string, name: string) => {
    const result = rename(texts, {
      file: 'a.axle',
      offset: placeOf(texts, 'a.axle', text) + text.length,
      name,
    })
    if (!result.isOk) throw new Error(result.reason)
    return applyEdits(texts, result.edits)
  }

  test.each([
    ['node 受理', '接单', 'node 事.受理 -> 事.接单'],
    [', 钱', '金额', 'field 单.钱 -> 单.金额'],
    ['{ 金', '金卡', 'value 档.金 -> 档.金卡'],
  ])('find %s under its new name %s', (text, name, line) => {
    expect(renamed(desk(), text, name)['a.axle']).toContain(`\nmigrate from 3 {\n  ${line}\n}\n`)
  })

  test('are told in the block that is there, once for each thing, and no more when it is called as it was', () => {
    const texts = desk('migrate from 3 {\n  value 档.铁 -> 档.银\n}\n')
    const first = renamed(texts, 'node 受理', '接单')
    expect(first['a.axle']).toContain('  value 档.铁 -> 档.银\n  node 事.受理 -> 事.接单\n}')
    const second = renamed(first, 'node 接单', '受单')
    expect(second['a.axle']).toContain('  value 档.铁 -> 档.银\n  node 事.受理 -> 事.受单\n}')
    expect(renamed(second, 'node 受单', '受理')).toEqual(texts)
  })

  test('hold nothing of a role, a table or a clock', () => {
    expect(renamed(desk(), 'role 客服', '前台')['a.axle']).not.toContain('migrate')
  })
})
