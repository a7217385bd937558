import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { checkPack } from '#dsl'
import { helpOf } from '#dsl/diagnostics'

const pack = 'pack t "t" version 1\nrole 客服\n'
const found = (text: string) =>
  checkPack({ 'a.axle': pack + text }).diagnostics.map(
    ({ code, start, end }) => `${code} ${(pack + text).slice(start, end)}`,
  )
const helps = (text: string) => checkPack({ 'a.axle': pack + text }).diagnostics.map(d => helpOf(d, 'en'))

describe('one fault is one finding', () => {
  test('names that a broken declaration would have declared are not missed', () => {
    const table = 'table 表 {\n  | 等级 || 费: money |\n  |---|---|\n  | 普通 || ¥1 |\n}\n'
    expect(found(`enum 等级 { 普通 银卡 }\nform 单 { 甲: 等级 }\n${table}`)).toEqual(['AX1001 银卡'])
  })

  test('a field of an unknown type is reported once, and not where it is read', () => {
    expect(found('form 单 { 甲: intt, 乙: int = 甲 + 1 }')).toEqual(['AX2003 intt'])
    expect(found('form 单 { 甲: intt, 乙: int = 丙 + 1 }')).toEqual(['AX2003 intt', 'AX2002 丙'])
  })

  test('a ticket that was not read whole is not said to lack a way', () => {
    const node = (between: string) =>
      `form 单 { 甲: text }\nticket 票 for 单 {\n  start -> 一\n  node 一 by 客服 { clock x 1h { at 100% notify assignee }${between}on 好 -> 结束.完 }\n  end 结束 { 完 ok }\n}\n`
    expect(found(node(' '))).toEqual(['AX1009 on'])
    expect(found(node('; '))).toEqual([])
    expect(found(node('; ').replace('on 好 -> 结束.完', ''))).toContain('AX5002 一')
  })

  test('a ticket of a name that another one has is the finding, whatever nodes it has', () => {
    const ticket = (node: string) =>
      `ticket 票 for 单 {\n  start -> ${node}\n  node ${node} by 客服 { after 1h -> 结束.完 }\n  end 结束 { 完 ok }\n}\n`
    expect(found(`form 单 { 甲: text }\n${ticket('一')}${ticket('二')}`)).toEqual(['AX2001 票'])
  })

  test('a zone there is not is the finding, and stops no proof', () => {
    const folder = 'plugins/education'
    const files = readdirSync(folder).filter(name => name.endsWith('.axle'))
    const texts = files.map(name => [name, readFileSync(`${folder}/${name}`, 'utf8')] as const)
    const misspelt = texts.map(([name, text]) => [name, text.replace('Asia/Shanghai', 'Asia/Shanghia')])
    expect(checkPack(Object.fromEntries(misspelt)).diagnostics.map(({ code }) => code)).toEqual(['AX2002'])
  })

  test('a type there is not is found where it is written, in its file alone', () => {
    const texts = {
      'a.axle': `${pack}form 单 { 甲: intt }\n`,
      'b.axle':
        'ticket 票 for 单 {\n  start -> 一\n  node 一 by 客服 { after 1h -> 结束.完 }\n  end 结束 { 完 ok }\n}\n',
    }
    expect(checkPack(texts).diagnostics.map(({ code, file }) => `${code} ${file}`)).toEqual(['AX2003 a.axle'])
  })

  test('what was read before stray words stays', () => {
    expect(found('form 单 { 甲: int 乙\n 丙: int = 甲 + 1 }')).toEqual(['AX1009 乙'])
  })
})

describe('what is said to fit', () => {
  test('are the words of the grammar, and kinds of token by their names', () => {
    expect(helps('enum 等级 { 普通 银卡 }')).toEqual(['What fits here: “,”, “}”.'])
    expect(helps('form 单 { 甲: int default }')).toEqual(['What fits here: a value.'])
    expect(helps('form 单 for { 甲: int }')).toEqual(['What fits here: a name.'])
    expect(helps('foo')).toEqual(['What fits here: a declaration (form, ticket, table …).'])
  })
})
