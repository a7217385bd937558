import { describe, expect, test } from 'vitest'
import { readValue } from '../../studio/parts/read-value.ts'

describe('what is typed into a form', () => {
  test.each([
    ['money', '80元', '80'],
    ['money', '￥80', '80'],
    ['money', '¥ 80.50 元', '80.50'],
    ['money', '８０．５０', '80.50'],
    ['money', '1,280', '1280'],
    ['int', '３', 3],
    ['int', '1,200', 1200],
    ['decimal', '２．５', '2.5'],
    ['text', '三号桌 ８０元', '三号桌 ８０元'],
    ['enum', '８折', '８折'],
  ])('as %s, %s is read as %j', (type, text, value) => {
    expect(readValue(type, text)).toEqual(value)
  })

  test('what is no value goes as it is, so that it is refused rather than guessed', () => {
    expect(readValue('money', '八十')).toBe('八十')
    expect(readValue('money', '8,0')).toBe('8,0')
    expect(readValue('int', '1.5')).toBe('1.5')
    expect(readValue('money', '  ')).toBeNull()
  })
})
