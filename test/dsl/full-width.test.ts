import { describe, expect, test } from 'vitest'
import { lex, parse } from '#dsl/syntax'

/** Each sign as a Chinese keyboard writes it. */
const signs = [
  ...[
    '， ,',
    '、 ,',
    '； ,',
    '： :',
    '． .',
    '？ ?',
    '（ (',
    '） )',
    '｛ {',
    '｝ }',
    '【 [',
    '】 ]',
    '［ [',
    '］ ]',
  ],
  ...[
    '｜ |',
    '＝ =',
    '＜ <',
    '＞ >',
    '＋ +',
    '－ -',
    '＊ *',
    '／ /',
    '－＞ ->',
    '！＝ !=',
    '＜＝ <=',
    '＞＝ >=',
  ],
  ...['>＝ >=', '｜｜ ||', '．． ..', '．．＜ ..<'],
].map(pair => pair.split(' ') as [wide: string, narrow: string])

const shape = (source: string) =>
  JSON.stringify(parse(source).declarations, (key, value) =>
    ['start', 'end', 'image'].includes(key) ? undefined : value,
  )

describe('full-width signs', () => {
  test.each(signs)('%s is read as %s', (wide, narrow) => {
    const [read, plain] = [lex(`甲 ${wide} 乙`), lex(`甲 ${narrow} 乙`)]
    expect(read.map(token => token.tokenType.name)).toEqual(plain.map(token => token.tokenType.name))
  })

  test.each(['，', '、', '；', '＋', '＊', '＝', '！＝', '＜', '＜＝', '＞', '＞＝', '．', '．．', '－＞'])(
    'a line that ends in %s goes on as in its narrow form',
    wide => {
      const narrow = signs.find(([sign]) => sign === wide)![1]
      const ends = (sign: string) => lex(`甲 ${sign}\n乙`).length
      expect(ends(wide)).toBe(ends(narrow))
      const flow = (sign: string) => `form 单 {\n  甲: money = 一 ${sign}\n 二\n}\nenum 乙 { a ${sign}\n b }`
      expect(shape(flow(wide))).toBe(shape(flow(narrow)))
      expect(parse(flow(wide)).faults.length).toBe(parse(flow(narrow)).faults.length)
    },
  )

  test.each(['＋', '＊', '－＞', '．．'])('a line that starts with %s goes on', wide => {
    const narrow = signs.find(([sign]) => sign === wide)![1]
    const flow = (sign: string) => `form 单 {\n  甲: money = 一\n ${sign} 二\n}`
    expect(shape(flow(wide))).toBe(shape(flow(narrow)))
  })

  test('items of an enum may end their lines in ， without a fault', () => {
    const file = parse('enum 等级 { 普通，\n 银卡、\n 金卡 }')
    expect(file.faults).toEqual([])
    expect(file.declarations).toHaveLength(1)
  })

  test('a table may be drawn with them throughout', () => {
    const narrow = 'table 费率 {\n|等级||率: percent|\n|---||---|\n|金卡||5%|\n}'
    const wide = 'table 费率 ｛\n｜等级｜｜率：percent｜\n｜－－－｜｜－－－｜\n｜金卡｜｜5％｜\n｝'
    expect(parse(wide).faults).toEqual([])
    expect(shape(wide)).toBe(shape(narrow))
  })
})
