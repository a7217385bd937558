import { describe, expect, test } from 'vitest'
import { checkPack } from '#dsl'
import { applyEdits, rename } from '#dsl/service'
import { compilePack } from '../../runtime/packs/index.ts'
import { runTests } from '../../runtime/usecases/run-tests.ts'
import { readTexts } from '../../runtime/commands/source.ts'

const story = (given: string) => `pack shop "店" version 1
setting 上限 "上限": money in ¥0..¥500 default ¥100
role 店员
form 单 { 金额: money }
ticket 事 for 单 {
  entry workbench
  start -> 审核
  clock 滞留 24h { at 100% notify admin }
  node 审核 by 店员 {
    on 报 when 金额 <= 上限 -> 完.直接
    on 报 -> 完.另议
  }
  end 完 { 直接 ok, 另议 fail }
}
test "一百元以内直接通过" {
${given}  create 事 { 金额: ¥80 } as 店员
  do     审核.报 as 店员
  expect 事 in 完.直接
}
`
const counting = story('  given  setting { 上限: ¥100 }\n')

describe('a story', () => {
  const failed = (text: string) => runTests(compilePack({ 'shop.axle': text }), { 上限: '50' }).failed
  const codes = (text: string) => checkPack({ 'shop.axle': text }).diagnostics.map(({ code }) => code)

  test('plays by what the desk chose, unless it says what it counts on', () => {
    expect(codes(counting)).toEqual([])
    expect(failed(story(''))).toEqual(['一百元以内直接通过'])
    expect(failed(counting)).toEqual([])
  })

  test('names settings that there are, with values of their type', () => {
    expect(codes(counting.replace('{ 上限: ¥100 }', '{ 下限: ¥100 }'))).toEqual(['AX2002'])
    expect(codes(counting.replace('{ 上限: ¥100 }', '{ 上限: 3d }'))).toEqual(['AX3001'])
  })

  test('follows the renaming of a setting', () => {
    const texts = { 'shop.axle': counting }
    const renamed = rename(texts, { file: 'shop.axle', offset: counting.indexOf('上限'), name: '封顶' })
    expect('edits' in renamed).toBe(true)
    const after = applyEdits(texts, 'edits' in renamed ? renamed.edits : [])['shop.axle']!
    expect(after).not.toContain('上限:')
    expect(after).toContain('given  setting { 封顶: ¥100 }')
  })
})

/** The price table of this one is tried by rows, which play by the desk’s settings. */
const triedByRows = new Set(['加时倍数'])

test.each(['retail', 'education', 'manufacturing'])(
  'the tests of %s hold whatever a desk chose within its bounds',
  async pack => {
    const compiled = compilePack(await readTexts(`plugins/${pack}`))
    const { settings, enums } = compiled.checked.blueprint
    const others = Object.entries(settings).flatMap(([name, { type, default: usual, min, max }]) => {
      const values = type.kind === 'enum' ? Object.keys(enums[type.name]!.values) : [max, min]
      const other = type.kind === 'date' ? '2027-06-18' : values.find(value => value !== usual)
      return other === undefined || triedByRows.has(name) ? [] : [[name, other] as const]
    })
    expect(others.length).toBeGreaterThan(2)
    expect(runTests(compiled, Object.fromEntries(others)).failed).toEqual([])
  },
)
