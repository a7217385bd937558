import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkPack } from '#dsl/check'
import { messageOf } from '#dsl/diagnostics'
import { indexSymbols } from '#dsl/service'
import { readPack } from '../../runtime/commands/source.ts'

const found = (names: string) =>
  checkPack({ 'a.axle': `pack t "t" version 1\nenum 类 { ${names} }\n` }).diagnostics
const twins: Readonly<Record<string, string>> = {
  ...{ a: 'а', e: 'е', o: 'ο', p: 'р', c: 'с', x: 'х', i: 'і', s: 'ѕ', A: 'Α', B: 'В', O: '〇', T: 'Т' },
  ...{ 工: 'エ', 口: 'ロ', 二: 'ニ', 力: '⼒', 长: '⻓' },
}

describe('a character that only looks like one of a name', () => {
  test.each([
    ['vіp', 'і', 'i', 'U+0456'],
    ['ＶIP', 'Ｖ', 'V', 'U+FF36'],
    ['第〇档', '〇', 'O', 'U+3007'],
    ['𝐚b', '𝐚', 'a', 'U+1D41A'],
    ['⼯单', '⼯', '工', 'U+2F2F'],
    ['ёлка', 'ё', 'ë', 'U+0451'],
  ])('%s is told with what it is and what it looks like', (name, char, like, code) => {
    const [finding] = found(name)
    expect(finding).toMatchObject({ code: 'AX1010', params: { found: char, like, code } })
    expect(messageOf(finding!, 'zh')).toContain(`（${code}）不是「${like}」`)
  })

  test('is found wherever it is put into a name of a sound pack', async () => {
    const texts = await readPack('plugins/retail')
    const places = indexSymbols(texts).occurrences.flatMap(({ file, start, end }) =>
      Array.from({ length: end - start }, (_, index) => ({ file, at: start + index })).filter(
        ({ file, at }) => twins[texts[file]![at]!],
      ),
    )
    expect(places.length).toBeGreaterThan(10)
    fc.assert(
      fc.property(fc.constantFrom(...places), ({ file, at }) => {
        const source = texts[file]!
        const planted = source.slice(0, at) + twins[source[at]!] + source.slice(at + 1)
        const { diagnostics } = checkPack({ ...texts, [file]: planted })
        expect(
          diagnostics.some(each => each.code === 'AX1010' && each.file === file && each.start === at),
        ).toBe(true)
      }),
      { numRuns: 25 },
    )
  })
})

describe('names that look the same', () => {
  test.each([
    ['T1, Tl', 'l U+006C / 1 U+0031'],
    ['A0, AO', 'O U+004F / 0 U+0030'],
    ['护士, 护土', '土 U+571F / 士 U+58EB'],
    ['黑卡, 黒卡', '黒 U+9ED2 / 黑 U+9ED1'],
  ])('%s are told apart by the characters that differ', (names, witness) => {
    expect(found(names)).toMatchObject([{ code: 'AX1011', params: { witness } }])
  })

  test('are no two names of different things, nor the same name in two forms of Unicode', () => {
    expect(found('护士').concat(found('护土'))).toEqual([])
    expect(found('caf\u00e9, cafe\u0301').map(({ code }) => code)).toEqual(['AX2001'])
  })

  test('are not ordinary names, Chinese or English', () => {
    const ordinary = [
      '己',
      '已',
      '巳',
      '日',
      '曰',
      '未',
      '末',
      '大',
      '太',
      '人',
      '入',
      '干',
      '千',
      '王',
      '玉',
      '住',
      '往',
    ]
    const english = [
      'modern',
      'modem',
      'total',
      'tota',
      'vip',
      'VIP',
      'Type',
      'type',
      'node1',
      'node2',
      'é',
      'e',
      'ǎ',
      'a',
    ]
    expect(found([...ordinary, ...english].join(', '))).toEqual([])
  })
})
