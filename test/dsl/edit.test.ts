import { readdirSync, readFileSync } from 'node:fs'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  addDeclaration,
  addNode,
  connect,
  insertRow,
  moveRow,
  remove,
  renameEverywhere,
  reorder,
  setCell,
  setClause,
  type Outcome,
} from '#dsl/edit'
import { applyEdits, type Texts } from '#dsl/service'
import { lex, parse } from '#dsl/syntax'

const folder = new URL('../../plugins/retail/', import.meta.url)
const retail: Texts = Object.fromEntries(
  readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter(file => file.endsWith('.axle'))
    .map(file => [file, readFileSync(new URL(file, folder), 'utf8')]),
)
const desk = `pack p "P" version 1 { }
role 客服, 财务

// 单子
form 单 "申请" { 金额: money; 备注: text max 20 }   // 两项

table 费 first {
  | 金额: money || 率: percent |
  |-------------||-------------|
  | < ¥10       || 1%          | // 小额

  // 大额
  | else        || 2%          |
}

ticket 事 for 单 {
  start -> 受理
  // 第一站
  node 受理 by 客服 {
    public "已受理"   // 给客户看
    clock 响应 2h { at 100% notify 客服 }
    on 好 -> 打款
  }

  node 打款 by 财务 { clock 打 1d { at 100% notify 财务 }; on 完 -> 结束.成 }
  end 结束 { 成 ok }
}
`
const texts = { 'a.axle': desk }
const after = (outcome: Outcome, of: Texts = texts) => {
  if (!outcome.isOk) throw new Error(outcome.reason)
  return applyEdits(of, outcome.edits)['a.axle']!
}

describe('the studio’s verbs', () => {
  test('a node is added behind its neighbour, and a way is drawn to it', () => {
    const added = addNode(texts, { ticket: '事', name: '复核', by: '财务', behind: '受理' })
    const grown = { 'a.axle': after(added) }
    expect(grown['a.axle']).toContain('    on 好 -> 打款\n  }\n  node 复核 by 财务 { }\n\n  node 打款')
    const way = connect(grown, { ticket: '事', from: '受理', event: '复查', to: '复核' })
    expect(after(way, grown)).toContain('    on 好 -> 打款\n    on 复查 -> 复核\n  }')
    const back = connect(grown, { ticket: '事', from: '复核', event: '通过', to: '打款' })
    expect(after(back, grown)).toContain('node 复核 by 财务 { on 通过 -> 打款 }')
    expect(addNode(texts, { ticket: '事', name: '打款', by: '财务' })).toMatchObject({ isOk: false })
  })

  test('what a removal would break is told before', () => {
    const outcome = remove(texts, { symbol: 'node:事.打款' })
    expect(after(outcome)).not.toContain('node 打款')
    expect(outcome.isOk && outcome.breaks.map(({ code }) => code)).toContain('AX2002')
    const unused = remove(texts, { symbol: 'form-field:单.备注' })
    expect(after(unused)).toContain('{ 金额: money; }   // 两项')
    expect(unused).toMatchObject({ breaks: [] })
  })

  test('a cell is set, rows come and move, and the comments stay with them', () => {
    const place = { kind: 'table', name: '费' } as const
    expect(after(setCell(texts, { ...place, row: 0, column: 1, text: '3%' }))).toContain(
      '|| 3%          | // 小额',
    )
    expect(setCell(texts, { ...place, row: 0, column: 1, text: '3% | 4%' })).toMatchObject({ isOk: false })
    expect(after(insertRow(texts, { ...place, row: 1, cells: ['< ¥20', '1.5%'] }))).toContain(
      '  // 大额\n  | < ¥20 || 1.5% |\n  | else',
    )
    expect(after(insertRow(texts, { ...place, row: 9, cells: ['', '1%'] }))).toContain(
      '2%          |\n  | - || 1% |\n}',
    )
    const moved = after(moveRow(texts, { ...place, from: 1, to: 0 }))
    expect(moved).toContain(
      '|-------------||-------------|\n  // 大额\n  | else        || 2%          |\n  | < ¥10',
    )
  })

  test('a clause is set, added and taken away where it stands', () => {
    const node = 'node:事.受理'
    expect(after(setClause(texts, { symbol: node, word: 'public', text: 'public "收到" notify' }))).toContain(
      'public "收到" notify   // 给客户看',
    )
    expect(after(setClause(texts, { symbol: node, word: 'ask', text: 'ask 备注' }))).toContain(
      '打款\n    ask 备注\n  }',
    )
    expect(after(setClause(texts, { symbol: node, word: 'public', text: null }))).toContain(
      '{\n    // 给客户看\n',
    )
    expect(after(setClause(texts, { symbol: node, word: 'by', text: 'by 财务' }))).toContain(
      'node 受理 by 财务 {',
    )
    const field = 'form-field:单.备注'
    expect(after(setClause(texts, { symbol: field, word: 'max', text: 'max 50' }))).toContain(
      '备注: text max 50 }',
    )
    expect(after(setClause(texts, { symbol: field, word: 'required', text: 'required' }))).toContain(
      'max 20 required }',
    )
    expect(after(setClause(texts, { symbol: field, word: 'max', text: null }))).toContain('备注: text }')
    expect(setClause(texts, { symbol: field, word: 'default', text: null })).toMatchObject({ isOk: false })
  })

  test('things change places with their comments, and a declaration comes last', () => {
    const moved = after(reorder(texts, { symbol: 'node:事.打款', before: 'node:事.受理' }))
    expect(moved.indexOf('node 打款')).toBeLessThan(moved.indexOf('// 第一站'))
    expect(moved.indexOf('// 第一站')).toBeLessThan(moved.indexOf('node 受理'))
    expect(
      after(addDeclaration(texts, { file: 'a.axle', text: 'team 甲组' })).endsWith('}\n\nteam 甲组\n'),
    ).toBe(true)
  })

  test('what could not be read afterwards is refused', () => {
    expect(setClause(texts, { symbol: 'node:事.受理', word: 'public', text: 'public {' })).toMatchObject({
      isOk: false,
    })
    expect(remove(texts, { symbol: 'node:事.没有' }, 'en')).toEqual({
      isOk: false,
      reason: expect.stringContaining('have'),
    })
  })
})

describe('for any verb on the retail pack', () => {
  const declarations = Object.keys(retail).flatMap(file => parse(retail[file]!).declarations)
  const grids = declarations.flatMap(node =>
    node.kind === 'table' || node.kind === 'route' || node.kind === 'limit'
      ? [{ kind: node.kind, name: node.name.text, rows: node.grid.rows.length }]
      : [],
  )
  const tickets = declarations.flatMap(node => (node.kind === 'ticket' ? [node] : []))
  const nodes = tickets.flatMap(ticket =>
    ticket.nodes.map(node => [ticket.name.text, node.name.text] as const),
  )
  const fields = declarations.flatMap(node =>
    node.kind === 'form' ? node.fields.map(field => `form-field:${node.name.text}.${field.name.text}`) : [],
  )
  const aNode = fc.constantFrom(...nodes)
  const aGrid = fc.constantFrom(...grids)
  const aRow = fc.nat(5)
  const verbs: fc.Arbitrary<() => Outcome> = fc.oneof(
    aNode.map(
      ([ticket, behind]) =>
        () =>
          addNode(retail, { ticket, name: '新站', by: '店长', behind }),
    ),
    fc.tuple(aNode, aNode).map(
      ([[ticket, from], [, to]]) =>
        () =>
          connect(retail, { ticket, from, event: '新路', to }),
    ),
    aNode.map(
      ([ticket, node]) =>
        () =>
          remove(retail, { symbol: `node:${ticket}.${node}` }),
    ),
    aNode.map(
      ([ticket, node]) =>
        () =>
          renameEverywhere(retail, { symbol: `node:${ticket}.${node}`, name: '新站' }),
    ),
    fc.tuple(aNode, aNode).map(
      ([[ticket, a], [, b]]) =>
        () =>
          reorder(retail, { symbol: `node:${ticket}.${a}`, before: `node:${ticket}.${b}` }),
    ),
    fc.constantFrom(...fields).map(symbol => () => remove(retail, { symbol })),
    fc
      .constantFrom(...fields)
      .map(symbol => () => setClause(retail, { symbol, word: 'help', text: 'help "说明"' })),
    aNode.map(
      ([ticket, node]) =>
        () =>
          setClause(retail, { symbol: `node:${ticket}.${node}`, word: 'public', text: 'public "好"' }),
    ),
    fc.tuple(aGrid, aRow, aRow).map(
      ([{ kind, name }, row, column]) =>
        () =>
          setCell(retail, { kind, name, row, column, text: '-' }),
    ),
    fc.tuple(aGrid, aRow, aRow).map(
      ([{ kind, name }, from, to]) =>
        () =>
          moveRow(retail, { kind, name, from, to }),
    ),
    fc.tuple(aGrid, aRow).map(
      ([{ kind, name }, row]) =>
        () =>
          insertRow(retail, { kind, name, row, cells: ['-', '-'] }),
    ),
  )
  const commentsOf = (texts: Texts) =>
    Object.values(texts)
      .flatMap(source => {
        const tokens = lex(source)
        return [...source.matchAll(/\/\/[^\n]*/g)]
          .filter(({ index }) => !tokens.some(token => token.startOffset <= index && index < token.endOffset))
          .map(([comment]) => comment)
      })
      .sort()

  test('undo gives back the same bytes, the text can be read, and no comment is lost but with what it is about', () => {
    let done = 0
    fc.assert(
      fc.property(verbs, verb => {
        const outcome = verb()
        if (!outcome.isOk) return
        done++
        const changed = applyEdits(retail, outcome.edits)
        expect(applyEdits(changed, outcome.inverse)).toEqual(retail)
        for (const file of Object.keys(changed)) expect(parse(changed[file]!).faults).toEqual([])
        const isRemoval = outcome.edits.every(edit => edit.text === '')
        if (!isRemoval) expect(commentsOf(changed)).toEqual(commentsOf(retail))
      }),
      { numRuns: 120 },
    )
    expect(done).toBeGreaterThan(60)
  })
})
