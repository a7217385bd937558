import { describe, expect, test } from 'vitest'
import { findWords } from '#core/limit'

describe('lexicon words', () => {
  test.each([
    ['全网最低价', '最低价'],
    ['最 低-价', '最低价'],
    ['最\u200b低\u2060价', '最低价'],
    ['ＦＲＥＥ 送', 'free'],
    ['FreE', 'ＦＲＥＥ'],
    ['国．家．级', '国家级'],
  ])('%s holds %s', (text, word) => {
    expect(findWords(text, [word])).toHaveLength(1)
  })

  test.each([
    ['最高价，最低的价', '最低价'],
    ['f r e e', 'free'],
    ['', '最低价'],
  ])('%s does not hold %s', (text, word) => {
    expect(findWords(text, [word])).toEqual([])
  })

  test('offsets are those of the text as written', () => {
    const text = '😀最\u200b 低价！'
    const [found] = findWords(text, ['最低价'])
    expect(text.slice(found!.start, found!.end)).toBe('最\u200b 低价')
  })

  test('an empty word is found nowhere', () => {
    expect(findWords('好', ['', '\u200b'])).toEqual([])
  })
})
