import { Ajv } from 'ajv'
import { describe, expect, test } from 'vitest'
import { PutSecret } from '#core/wire'
import { schemaWords } from '../../runtime/http/schema-words.ts'

const said = (schema: object, value: unknown) => {
  const validate = new Ajv().compile(schema)
  expect(validate(value)).toBe(false)
  return schemaWords(validate.errors![0]!)
}
const text = { type: 'string', minLength: 2, maxLength: 3, pattern: '^a' }
const of = (one: object) => ({
  type: 'object',
  properties: { a: { type: 'object', properties: { b: one } } },
})

describe('a body that does not keep its schema is told so in words', () => {
  test.each([
    [of(text), { a: { b: 1 } }, '「a → b」要是文字', '“a → b” has to be a text'],
    [of(text), { a: { b: 'a' } }, '「a → b」至少 2 个字符', '“a → b” has 2 characters at least'],
    [of(text), { a: { b: 'aaaa' } }, '「a → b」最多 3 个字符', '“a → b” has 3 characters at most'],
    [of(text), { a: { b: 'bb' } }, '「a → b」格式不对', '“a → b” is not written as it has to be'],
    [
      of({ type: 'array', minItems: 1 }),
      { a: { b: [] } },
      '「a → b」至少 1 项',
      '“a → b” has 1 items at least',
    ],
    [
      of({ type: 'array', maxItems: 1 }),
      { a: { b: [1, 2] } },
      '「a → b」最多 1 项',
      '“a → b” has 1 items at most',
    ],
    [{ type: 'object', required: ['门店'] }, {}, '「门店」没有填写', '“门店” is missing'],
    [
      { type: 'object', properties: {}, additionalProperties: false },
      { 'x/y': 1 },
      '「x/y」是多余的',
      '“x/y” does not belong there',
    ],
    [{ type: 'object' }, [], '内容要是一组字段', 'the body has to be an object'],
    [PutSecret, { value: 'short' }, '「value」至少 8 个字符', '“value” has 8 characters at least'],
  ])('%j of %j', (schema, value, zh, en) => {
    expect(said(schema, value)).toEqual({ zh, en })
  })
})
