import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import fc from 'fast-check'
import { complete, diagnose, highlight, outline, picture, rangeOf, type Texts } from '#dsl/service'

const pack: Texts = Object.fromEntries(
  readdirSync(new URL('../../plugins/retail/', import.meta.url))
    .filter(name => name.endsWith('.axle'))
    .map(name => [name, readFileSync(new URL(`../../plugins/retail/${name}`, import.meta.url), 'utf8')]),
)
const complaint = pack['complaint.axle']!
const withComplaint = (text: string): Texts => ({ ...pack, 'complaint.axle': text })
const names = (texts: Texts, marked: string) => {
  const offset = marked.indexOf('‸')
  const source = marked.replace('‸', '')
  return complete({ ...texts, 'complaint.axle': source }, 'complaint.axle', offset).items.map(
    item => item.name,
  )
}
/** The pack with its caret where `‸` stands in the replacement. */
const typing = (found: string, replaced: string) =>
  names(
    pack,
    complaint.replace(found, () => replaced),
  )

describe('findings', () => {
  test('a sound pack has none, and a slip has a place in lines and columns and words in both languages', () => {
    expect(diagnose(pack)).toEqual([])
    const broken = withComplaint(complaint.replace('node 受理 by 导购', 'node 受理 by 导够'))
    const [zh] = diagnose(broken, 'zh')
    const [en] = diagnose(broken, 'en')
    expect(zh).toMatchObject({ code: 'AX2002', severity: 'error', file: 'complaint.axle' })
    expect(zh!.message).toContain('导够')
    expect(zh!.help).not.toBe('')
    expect(en!.message).toMatch(/^there is no/)
    const line = broken['complaint.axle']!.split('\n')[zh!.range.startLine - 1]!
    expect(line.slice(zh!.range.startColumn - 1, zh!.range.endColumn - 1)).toBe('导够')
  })

  test('a range counts lines and columns from 1 and spans lines', () => {
    expect(rangeOf('ab\n中c\n', { start: 1, end: 5 })).toEqual({
      ...{ startLine: 1, startColumn: 2, endLine: 2, endColumn: 3 },
    })
  })
})

describe('the picture', () => {
  test('has every node with its role, its clocks and its region, and the ends', () => {
    const { nodes } = picture(pack, '客诉')!
    expect(nodes.map(({ id, kind }) => `${kind} ${id}`)).toEqual([
      ...['node 受理', 'node 客户确认', 'node 归因', 'parallel 处理'],
      ...['node 品控核查', 'node 店长处理', 'node 发券', 'node 补偿审批', 'node 总部审批', 'end 结束.已解决'],
      'end 结束.无需处理',
    ])
    expect(nodes.find(({ id }) => id === '店长处理')).toMatchObject({
      ...{ by: '店长', within: { parallel: '处理', branch: '门店' }, isStart: false },
      clocks: [
        { name: '响应', time: '2h of 营业' },
        { name: '解决', time: '8h of 营业' },
      ],
    })
    const [start, ...others] = nodes.filter(({ isStart }) => isStart)
    expect([start!.id, others]).toEqual(['受理', []])
    expect(complaint.slice(start!.name.start, start!.name.end)).toBe('受理')
  })

  test('has an edge for every way on: guarded, after silence, out of a region, beyond a limit, done', () => {
    const { edges } = picture(pack, '客诉')!
    const drawn = edges.map(({ from, to, label, guarded }) => `${from} ${label}${guarded ? '?' : ''} ${to}`)
    expect(drawn).toEqual(
      expect.arrayContaining([
        ...['受理 转办 处理', '处理  客户确认', '品控核查 已核查 处理', '店长处理 提交? 补偿审批'],
        ...['客户确认 评价? 处理', '客户确认 评价 (>1)? 归因', '客户确认 72h 归因', '归因 关闭 结束.已解决'],
      ]),
    )
    expect(edges).toHaveLength(20)
  })

  test('is drawn while another declaration is broken, and says when its own text is', () => {
    const elsewhere = withComplaint(complaint.replace('描述     : text', '描述     : : text'))
    expect(picture(elsewhere, '客诉')).toMatchObject({ brokenLine: null })
    expect(picture(elsewhere, '客诉')!.nodes).toHaveLength(11)
    const own = complaint.replace('门店 -> 处理', '门店 -> ')
    const line = complaint.slice(0, complaint.indexOf('门店 -> 处理')).split('\n').length
    const { brokenLine } = picture(withComplaint(own), '客诉')!
    expect(Math.abs(brokenLine! - line)).toBeLessThanOrEqual(1)
  })

  test('is missing when nothing declares the ticket', () => {
    expect(picture(pack, '退款')).toBeUndefined()
    expect(
      picture(
        withComplaint(complaint.replace('ticket 客诉 "客诉工单" for', 'ticket 客诉 for for for')),
        '客诉',
      ),
    ).toBe(undefined)
  })

  test('never draws an edge to a node that is not there, whatever is cut out of the text', () => {
    fc.assert(
      fc.property(fc.nat(complaint.length), fc.nat(200), (at, length) => {
        const texts = withComplaint(complaint.slice(0, at) + complaint.slice(at + length))
        const drawn = picture(texts, '客诉')
        const ids = new Set(drawn?.nodes.map(({ id }) => id))
        expect(drawn?.edges.filter(({ from, to }) => !ids.has(from) || !ids.has(to)) ?? []).toEqual([])
        expect(outline(texts).length).toBeGreaterThan(0)
      }),
      { numRuns: 60 },
    )
  })
})

describe('what may be written', () => {
  test.each([
    [
      'at the start of a line: declarations',
      '\nopen route 客诉',
      '\n‸\nopen route 客诉',
      ['form', 'ticket', 'table'],
    ],
    ['in a ticket: its clauses', '  node 归因', '  ‸\n  node 归因', ['node', 'parallel', 'clock', 'end']],
    ['in a node: its clauses', 'ask 根因', '‸', ['ask', 'on', 'public', 'after']],
    [
      'behind an arrow: nodes and ends',
      'on 关闭 -> 结束.已解决',
      'on 关闭 -> ‸',
      ['受理', '处理', '结束.已解决'],
    ],
    ['behind by: roles and the customer', 'by 品控', 'by ‸', ['导购', '品控', 'customer']],
    ['behind ask: fields of the form', 'ask 根因', 'ask 满意度, ‸', ['根因', '方案']],
    ['behind of: hours', '24h of 营业', '24h of ‸', ['营业']],
    ['behind a colon: types', '根因     : text max 200', '根因     : ‸', ['text', '投诉类型', 'money']],
    [
      'behind a comparison: values of the enum',
      '投诉类型 = 食物变质',
      '投诉类型 = ‸',
      ['食物变质', '服务态度'],
    ],
    ['behind when: fields, settings, functions', '满意度 <= 2', '‸', ['满意度', '店长补偿上限', 'known']],
    ['by pinyin initials', 'on 关闭 -> 结束.已解决', 'on 关闭 -> sl‸', ['受理']],
    ['by pinyin', 'by 品控', 'by dao‸', ['导购']],
  ])('%s', (_, found, replaced, expected) => {
    expect(typing(found, replaced)).toEqual(expect.arrayContaining(expected))
  })

  test('is narrowed by what is typed, and the word around the caret is replaced', () => {
    const found = typing('by 品控', 'by 店‸')
    expect(found).toContain('店长')
    expect(found).not.toContain('品控')
    const source = complaint.replace('on 关闭 ->', 'on 关闭 -> shou')
    const offset = source.indexOf('shou') + 2
    const { replace } = complete(withComplaint(source), 'complaint.axle', offset)
    expect(source.slice(replace.start, replace.end)).toBe('shou')
  })

  test('is nothing inside a text or a comment', () => {
    expect(typing('"已受理"', '"已‸受理"')).toEqual([])
    expect(typing('// 不回复', '// 不‸回复')).toEqual([])
  })

  test('never fails, wherever the caret stands', () => {
    fc.assert(
      fc.property(fc.nat(complaint.length), offset => {
        const { replace } = complete(pack, 'complaint.axle', offset)
        expect(replace.start).toBeLessThanOrEqual(offset)
        expect(replace.end).toBeGreaterThanOrEqual(offset)
      }),
      { numRuns: 60 },
    )
  })
})

describe('colours and outline', () => {
  test('every token and comment has its class, in order and without overlap', () => {
    const spans = highlight('ticket 客诉 "x" { // 注\n  after 72h -> 结束.好 ￥\n}')
    expect(spans.map(({ class: kind }) => kind).slice(0, 6)).toEqual([
      ...['keyword', 'name', 'text', 'bracket', 'comment', 'keyword'],
    ])
    expect(spans.map(({ class: kind }) => kind)).toContain('time')
    for (const [index, span] of spans.entries())
      expect(span.start).toBeGreaterThanOrEqual(spans[index - 1]?.end ?? 0)
  })

  test('the outline lists declarations with the parts of a ticket in reading order', () => {
    const rows = outline(pack)
    const ticket = rows.find(row => row.kind === 'ticket')!
    expect(ticket).toMatchObject({ name: '客诉', label: '客诉工单', file: 'complaint.axle' })
    expect(ticket.items.map(item => `${item.kind} ${item.name}`)).toEqual([
      ...['node 受理', 'parallel 处理', 'node 客户确认', 'node 归因', 'end 结束'],
    ])
    expect(ticket.items[1]!.items).toHaveLength(5)
  })
})

describe('a finding', () => {
  const related = (text: string) => {
    const texts = { 'a.axle': `pack t "t" version 1\n${text}` }
    return diagnose(texts, 'en').flatMap(finding =>
      finding.related.map(({ message, start, end }) => `${texts['a.axle'].slice(start, end)}: ${message}`),
    )
  }

  test('names the places it is about besides its own', () => {
    expect(related('enum A { 甲 }\nenum A { 乙 }')).toEqual(['A: “A” is declared here'])
    expect(related('form 单 { 甲: money, 乙: money, 丙: money = 甲 * 乙 }')).toEqual([
      '甲: “甲” is declared here',
      '乙: “乙” is declared here',
    ])
  })

  test('of a table names the rows that meet, or between which a case is missing', () => {
    const table = (...rows: readonly string[]) =>
      `table 费 {\n  | 件: int || 额: money |\n  |---||---|\n${rows.map(row => `  | ${row} |`).join('\n')}\n}`
    expect(related(table('< 5 || ¥1', '> 5 || ¥2'))).toEqual(['| < 5 || ¥1 |: row 1', '| > 5 || ¥2 |: row 2'])
    expect(related(table('<= 5 || ¥1', '>= 5 || ¥2'))).toEqual(['| <= 5 || ¥1 |: row 1'])
  })
})
