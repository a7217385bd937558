import { describe, expect, test } from 'vitest'
import { complete, indexSymbols } from '#dsl/service'
import { parse } from '#dsl/syntax'
import { readPack } from '../../runtime/commands/source.ts'

const folders = [
  ...['plugins/retail', 'plugins/manufacturing', 'plugins/education'],
  ...['examples/02-prices', 'examples/03-aftersale', 'examples/04-field-repair'],
]
/** Every so many-th word is taken out. */
const STEP = Number(process.env['CARETS_STEP'] ?? 23)

describe('a word that is taken out of a sound text', () => {
  test('is offered at its place, near the top', async () => {
    const missed: string[] = []
    let [asked, offered, ranks, word] = [0, 0, 0, 0]
    for (const folder of folders) {
      const texts = await readPack(folder)
      const index = indexSymbols(texts)
      for (const [file, source] of Object.entries(texts)) {
        if (file.startsWith('@')) continue
        const defined = new Set(
          index.occurrences.filter(each => each.isDefinition && each.file === file).map(({ start }) => start),
        )
        for (const { image, startOffset, endOffset, tokenType } of parse(source).tokens) {
          const isWord = /^[\p{L}_]/u.test(image) && !['Money', 'Duration', 'Text'].includes(tokenType.name)
          // Why not a name where it is declared: nobody could know it.
          if (!isWord || defined.has(startOffset) || word++ % STEP !== 0) continue
          const cut = source.slice(0, startOffset) + source.slice(endOffset)
          const { items } = complete({ ...texts, [file]: cut }, file, startOffset)
          const rank = items.findIndex(
            ({ name }) => name === image || name.startsWith(`${image}.`) || name.startsWith(`${image} `),
          )
          asked++
          if (rank >= 0) [offered, ranks] = [offered + 1, ranks + rank + 1]
          else
            missed.push(
              `${file}: ${source.slice(source.lastIndexOf('\n', startOffset) + 1, endOffset).trim()}‸`,
            )
        }
      }
    }
    const share = offered / asked
    console.log(
      `${asked} words taken out: ${(share * 100).toFixed(1)} % offered, at rank ${(ranks / offered).toFixed(1)} on average`,
    )
    expect(share, missed.join('\n')).toBeGreaterThan(0.95)
    expect(ranks / offered).toBeLessThan(7)
  }, 120_000)
})

describe('completion', () => {
  const head =
    'pack t "t" version 1\nuse channel wecom, sms\nenum 等级 "会员等级" { 普通, 金卡 }\nextend customer { 等级: 等级, 昵称: text }\nrole 客服, 店长\n'
  const at = (marked: string) => {
    const source = head + marked
    return complete({ 'a.axle': source.replace('‸', '') }, 'a.axle', source.indexOf('‸'))
  }
  const names = (marked: string) => at(marked).items.map(({ name }) => name)

  test.each([
    [
      'inside the braces of a text',
      'sop 甲 { for customer; step 一 send wecom "您好 {customer.‸" }',
      ['昵称', '等级', 'name'],
    ],
    [
      'inside closed braces, by pinyin',
      'sop 甲 { for customer; step 一 send wecom "您好 {customer.nc‸}" }',
      ['昵称'],
    ],
    ['channels of the pack behind send', 'sop 甲 { for customer; step 一 send ‸ "您好" }', ['wecom', 'sms']],
    ['values of the wanted type first', 'segment 甲 = customer.等级 = ‸', ['普通', '金卡']],
    ['by a label', 'form 单 { 档: huiyuan‸ }', ['等级']],
    ['what a clause may go on with', 'setting 上限: int in 1..3 ‸', ['default', 'help']],
    ['a region', 'table 甲 {\n  | region || 费: money |\n  |---||---|\n  | 华‸ || ¥1 |\n}', ['华东', '华南']],
  ])('%s', (_, marked, expected) => {
    expect(names(marked).slice(0, 6)).toEqual(expect.arrayContaining(expected))
  })

  test('a chosen name replaces the word in the braces', () => {
    const { replace } = at('sop 甲 { for customer; step 一 send wecom "您好 {customer.nic‸k}" }')
    expect(replace.end - replace.start).toBe(4)
  })

  test('nothing is offered in a text outside of its braces', () => {
    expect(names('sop 甲 { for customer; step 一 send wecom "您好 {customer.昵称} ‸" }')).toEqual([])
  })
})
