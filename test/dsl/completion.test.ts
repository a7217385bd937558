import { pinyin } from 'pinyin-pro'
import { describe, expect, test } from 'vitest'
import { complete, indexSymbols } from '#dsl/service'
import { parse } from '#dsl/syntax'
import { readPack } from '../../runtime/commands/source.ts'

const folders = [
  ...['plugins/retail', 'plugins/manufacturing', 'plugins/education'],
  ...['examples/05-prices-and-splits', 'examples/07-aftersale', 'examples/08-field-repair'],
]
/** Every so many-th word is taken out. */
const STEP = Number(process.env.CARETS_STEP ?? (process.env.CI ? 23 : 97))

/** The word at a place of a sound text is taken out, and what was typed of it put there. */
interface Hole {
  readonly place: string
  readonly word: string
  readonly ask: (typed: string) => number
}

/** Every so many-th word of the packs; not names where they are declared, which nobody could know. */
async function holes(): Promise<Hole[]> {
  const found: Hole[] = []
  let word = 0
  for (const folder of folders) {
    const texts = await readPack(folder)
    const defined = new Set(
      indexSymbols(texts)
        .occurrences.filter(each => each.isDefinition)
        .map(each => `${each.file} ${each.start}`),
    )
    for (const [file, source] of Object.entries(texts)) {
      if (file.startsWith('@')) continue
      for (const { image, startOffset, endOffset, tokenType } of parse(source).tokens) {
        const isWord = /^[\p{L}_]/u.test(image) && !['Money', 'Duration', 'Text'].includes(tokenType.name)
        if (!isWord || defined.has(`${file} ${startOffset}`) || word++ % STEP !== 0) continue
        const ask = (typed: string) => {
          const cut = source.slice(0, startOffset) + typed + source.slice(endOffset)
          const { items } = complete({ ...texts, [file]: cut }, file, startOffset + typed.length)
          const whole = (name: string) =>
            name === image || name.startsWith(`${image}.`) || name.startsWith(`${image} `)
          return items.findIndex(({ name }) => whole(name)) + 1
        }
        const line = source.slice(source.lastIndexOf('\n', startOffset) + 1, endOffset).trim()
        found.push({ place: `${file}: ${line}‸`, word: image, ask })
      }
    }
  }
  return found
}

/** How many are offered, and at which rank on average. */
function tell(what: string, ranks: readonly number[]): { share: number; rank: number } {
  const offered = ranks.filter(rank => rank > 0)
  const share = offered.length / ranks.length
  const rank = offered.reduce((sum, each) => sum + each, 0) / offered.length
  console.log(
    `${ranks.length} ${what}: ${(share * 100).toFixed(1)} % offered, at rank ${rank.toFixed(1)} on average`,
  )
  return { share, rank }
}

describe('a word that is taken out of a sound text', () => {
  test('is offered at its place, near the top', async () => {
    const all = await holes()
    const ranks = all.map(({ ask }) => ask(''))
    const { share, rank } = tell('words taken out', ranks)
    expect(
      share,
      all
        .filter((_, at) => ranks[at] === 0)
        .map(({ place }) => place)
        .join('\n'),
    ).toBeGreaterThan(0.95)
    expect(rank).toBeLessThan(7)
  }, 120_000)

  test('is found by the initials of its pinyin, or by its first letter, among the first', async () => {
    const all = await holes()
    const initials = (word: string) =>
      pinyin(word, { pattern: 'first', toneType: 'none', separator: '', nonZh: 'removed' }).replaceAll(
        /\s/g,
        '',
      )
    const ranks = all.map(({ word, ask }) =>
      ask(/^\p{Script=Han}+$/u.test(word) ? initials(word) : word.slice(0, 1)),
    )
    const { share, rank } = tell('words by pinyin or their first letter', ranks)
    expect(share).toBeGreaterThan(0.93)
    expect(rank).toBeLessThan(3)
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
