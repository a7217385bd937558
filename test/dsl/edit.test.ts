import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  add,
  addDeclaration,
  addNode,
  connect,
  insertRow,
  moveRow,
  remove,
  removeRow,
  renameEverywhere,
  reorder,
  setCell,
  setClause,
  type Outcome,
} from '#dsl/edit'
import { applyEdits, indexSymbols, type Texts } from '#dsl/service'
import { isSheet, lex, parse } from '#dsl/syntax'
import { readPack } from '../../runtime/commands/source.ts'

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

const folders = [
  ...['plugins/retail', 'plugins/manufacturing', 'plugins/education'],
  ...['examples/07-aftersale', 'examples/08-field-repair'],
]
const rowKinds = ['table', 'route', 'limit', 'rebate', 'classify', 'access', 'library'] as const
const isRowKind = (kind: string): kind is (typeof rowKinds)[number] => rowKinds.some(each => each === kind)
const commentsOf = (texts: Texts) =>
  Object.values(texts)
    .flatMap(source => {
      const tokens = lex(source)
      return [...source.matchAll(/\/\/[^\n]*/g)]
        .filter(({ index }) => !tokens.some(token => token.startOffset <= index && index < token.endOffset))
        .map(([comment]) => comment)
    })
    .sort()

describe.each(folders)('for any verb on %s', folder => {
  test('undo gives back the same bytes, the text can be read, and no comment is lost but with what it is about', async () => {
    const texts: Texts = await readPack(folder)
    const own = Object.keys(texts).filter(file => !file.startsWith('@') && !isSheet(file))
    const declarations = own.flatMap(file => parse(texts[file]!).declarations)
    const grids = declarations.flatMap(({ kind, name }) =>
      isRowKind(kind) ? [{ kind, name: name.text }] : [],
    )
    const symbols = [
      ...new Set(
        indexSymbols(texts)
          .occurrences.filter(each => each.isDefinition && own.includes(each.file))
          .map(({ symbol }) => symbol),
      ),
    ]
    const aSymbol = fc.constantFrom(...symbols)
    const aGrid = fc.constantFrom(...grids)
    const aRow = fc.nat(6)
    const aWord = fc.constantFrom('public', 'ask', 'help', 'required', 'default', 'by', 'clock', 'round')
    type Done = readonly [verb: string, outcome: Outcome]
    const verbs = fc.oneof<fc.Arbitrary<Done>[]>(
      aSymbol.map(symbol => [`remove ${symbol}`, remove(texts, { symbol })] as const),
      aSymbol.map(symbol => [`add ${symbol}`, add(texts, { symbol, text: '新值' })] as const),
      aSymbol.map(symbol => [`rename ${symbol}`, renameEverywhere(texts, { symbol, name: '新名' })] as const),
      fc
        .tuple(aSymbol, aSymbol)
        .map(
          ([symbol, before]) => [`${symbol} before ${before}`, reorder(texts, { symbol, before })] as const,
        ),
      fc
        .tuple(aSymbol, aWord, fc.boolean())
        .map(([symbol, word, isSet]): Done => [
          `${word} of ${symbol}`,
          setClause(texts, { symbol, word, text: isSet ? `${word} "好"` : null }),
        ]),
      fc
        .tuple(aGrid, aRow, aRow)
        .map(([grid, row, column]): Done => [
          `set ${grid.name}`,
          setCell(texts, { ...grid, row, column, text: '-' }),
        ]),
      fc
        .tuple(aGrid, aRow, aRow)
        .map(([grid, from, to]): Done => [`move ${grid.name}`, moveRow(texts, { ...grid, from, to })]),
      fc
        .tuple(aGrid, aRow)
        .map(([grid, row]): Done => [
          `insert ${grid.name}`,
          insertRow(texts, { ...grid, row, cells: ['-', '-'] }),
        ]),
      fc
        .tuple(aGrid, aRow)
        .map(([grid, row]): Done => [`take ${grid.name}`, removeRow(texts, { ...grid, row })]),
      aSymbol.map((symbol): Done => [
        `declare beside ${symbol}`,
        addDeclaration(texts, { file: own[0]!, text: 'team 新组' }),
      ]),
    )
    const done = new Map<string, number>()
    fc.assert(
      fc.property(verbs, ([verb, outcome]) => {
        if (!outcome.isOk) return
        const word = verb.split(' ')[0]!
        done.set(word, (done.get(word) ?? 0) + 1)
        const changed = applyEdits(texts, outcome.edits)
        expect(applyEdits(changed, outcome.inverse), verb).toEqual(texts)
        for (const file of own) expect(parse(changed[file]!).faults, verb).toEqual([])
        const isRemoval = outcome.edits.every(edit => edit.text === '')
        if (!isRemoval) expect(commentsOf(changed), verb).toEqual(commentsOf(texts))
      }),
      { numRuns: 40 },
    )
    expect(done.size).toBeGreaterThan(4)
  }, 60_000)
})

describe('parts of every kind', () => {
  const texts: Texts = {
    'a.axle': `pack p "P" version 1 { }
role 客服, 财务
team 甲组
enum 档 { 金, 银, 铜 }
entity 单据 { 号: text key; event 下单, 完成 }
form 单 { 档: 档, 钱: money }
price 价 for 单 {
  line 甲 { base 钱 }   // 第一行
  line 乙 { base ¥1 }
  total 应收: money = sum(lines)
}
ticket 事 for 单 {
  start -> 受理
  node 受理 by 客服 { clock 响应 2h { at 100% notify 客服 }; on 好 -> 完.成; on 坏 -> 完.败 }
  end 完 { 成 ok, 败 fail }
}
`,
  }
  const without = (symbol: string) => {
    const outcome = remove(texts, { symbol })
    return outcome.isOk ? applyEdits(texts, outcome.edits)['a.axle']! : outcome.reason
  }

  test.each([
    ['role:财务', 'role 客服\n'],
    ['role:客服', 'role 财务\n'],
    ['team:甲组', 'role 客服, 财务\nenum 档'],
    ['value:档.铜', '{ 金, 银 }'],
    ['value:档.金', '{ 银, 铜 }'],
    ['event:单据.完成', 'event 下单 }'],
    ['line:价.甲', 'for 单 {\n  line 乙'],
    ['transition:事.坏', 'on 好 -> 完.成; }'],
    ['end-outcome:事.完.败', 'end 完 { 成 ok }'],
    ['clock:事.响应', '{ on 好 -> 完.成;'],
  ])('%s is taken out with what parts it from its neighbours', (symbol, rest) => {
    expect(without(symbol)).toContain(rest)
  })

  test('a value, a name, a field and a line are added where the others stand', () => {
    const grown = (symbol: string, text: string) => {
      const outcome = add(texts, { symbol, text })
      return outcome.isOk ? applyEdits(texts, outcome.edits)['a.axle']! : outcome.reason
    }
    expect(grown('enum:档', '锡')).toContain('{ 金, 银, 铜, 锡 }')
    expect(grown('role:客服', '店长')).toContain('role 客服, 财务, 店长')
    expect(grown('form:单', '备注: text')).toContain('form 单 { 档: 档, 钱: money; 备注: text }')
    expect(grown('price:价', 'line 丙 { base ¥2 }')).toContain(
      '  total 应收: money = sum(lines)\n  line 丙 { base ¥2 }\n}',
    )
  })

  test('what would break is told with the part that goes', () => {
    const outcome = remove(texts, { symbol: 'end-outcome:事.完.败' })
    expect(outcome.isOk && outcome.breaks.map(({ code }) => code)).toContain('AX2002')
  })
})
