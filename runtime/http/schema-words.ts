import type { ErrorObject } from 'ajv'
import type { SaidReply } from '#core/wire'

type Params = Readonly<Record<string, unknown>>

const types: Readonly<Record<string, SaidReply>> = {
  string: { zh: '文字', en: 'a text' },
  number: { zh: '数', en: 'a number' },
  integer: { zh: '整数', en: 'a whole number' },
  boolean: { zh: '“是”或“否”', en: 'true or false' },
  array: { zh: '列表', en: 'a list' },
  object: { zh: '一组字段', en: 'an object' },
  null: { zh: '空', en: 'null' },
}

/** What is wrong, by the keyword of the schema that is not kept; follows the name of the field. */
const keywords: Readonly<Record<string, (params: Params) => SaidReply>> = {
  required: () => ({ zh: '没有填写', en: 'is missing' }),
  type: ({ type }) => ({
    zh: `要是${typesOf(type, 'zh')}`,
    en: `has to be ${typesOf(type, 'en')}`,
  }),
  minLength: ({ limit }) => ({ zh: `至少 ${limit} 个字符`, en: `has ${limit} characters at least` }),
  maxLength: ({ limit }) => ({ zh: `最多 ${limit} 个字符`, en: `has ${limit} characters at most` }),
  pattern: () => ({ zh: '格式不对', en: 'is not written as it has to be' }),
  additionalProperties: () => ({ zh: '是多余的', en: 'does not belong there' }),
  minItems: ({ limit }) => ({ zh: `至少 ${limit} 项`, en: `has ${limit} items at least` }),
  maxItems: ({ limit }) => ({ zh: `最多 ${limit} 项`, en: `has ${limit} items at most` }),
  minimum: ({ limit }) => ({ zh: `不能小于 ${limit}`, en: `is ${limit} at least` }),
  maximum: ({ limit }) => ({ zh: `不能大于 ${limit}`, en: `is ${limit} at most` }),
}

const typesOf = (type: unknown, language: 'zh' | 'en') =>
  [type]
    .flat()
    .map(one => types[String(one)]?.[language] ?? String(one))
    .join(language === 'zh' ? '或' : ' or ')

/** Where a body does not keep its schema, and how, in words. */
export function schemaWords({ instancePath, keyword, params, message = '' }: ErrorObject): SaidReply {
  const { missingProperty, additionalProperty } = params as Params
  const named = [missingProperty ?? additionalProperty].flatMap(name =>
    name === undefined ? [] : [String(name)],
  )
  const path = [...instancePath.split('/').slice(1).map(unescaped), ...named]
  const { zh, en } = keywords[keyword]?.(params as Params) ?? { zh: message, en: message }
  return path.length === 0
    ? { zh: `内容${zh}`, en: `the body ${en}` }
    : { zh: `「${path.join(' → ')}」${zh}`, en: `“${path.join(' → ')}” ${en}` }
}

/** A step of a JSON pointer as the name it stands for. */
const unescaped = (step: string) => step.replaceAll('~1', '/').replaceAll('~0', '~')
