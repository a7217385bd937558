import { itemsOf, kind, list, takes, type FunctionRow } from './function-doc.ts'

const written: ReadonlySet<string> = new Set([
  'int',
  'decimal',
  'text',
  'date',
  'time',
  'duration',
  'enum',
  'bool',
])

/** Functions of texts. */
export const textFunctions: readonly FunctionRow[] = [
  [
    'length',
    {
      parameters: ['文字'],
      result: takes(['text'], kind('int')),
      zh: '多少个字。',
      en: 'How many characters.',
      example: 'length("退款单")',
    },
  ],
  [
    'upper',
    {
      parameters: ['文字'],
      result: takes(['text'], kind('text')),
      zh: '大写。',
      en: 'In capitals.',
      example: 'upper("ac-i")',
    },
  ],
  [
    'lower',
    {
      parameters: ['文字'],
      result: takes(['text'], kind('text')),
      zh: '小写。',
      en: 'In small letters.',
      example: 'lower("AC")',
    },
  ],
  [
    'trim',
    {
      parameters: ['文字'],
      result: takes(['text'], kind('text')),
      zh: '去掉两头的空白。',
      en: 'Without the blanks around it.',
      example: 'trim(" a ")',
    },
  ],
  [
    'contains',
    {
      parameters: ['文字', '部分'],
      result: takes(['text', 'text'], kind('bool')),
      zh: '包含。',
      en: 'Whether it holds the part.',
      example: 'contains("退款申请", "退款")',
    },
  ],
  [
    'starts_with',
    {
      parameters: ['文字', '部分'],
      result: takes(['text', 'text'], kind('bool')),
      zh: '以此开头。',
      en: 'Whether it begins so.',
      example: 'starts_with("AC-I", "AC")',
    },
  ],
  [
    'ends_with',
    {
      parameters: ['文字', '部分'],
      result: takes(['text', 'text'], kind('bool')),
      zh: '以此结尾。',
      en: 'Whether it ends so.',
      example: 'ends_with("a.jpg", ".jpg")',
    },
  ],
  [
    'substring',
    {
      parameters: ['文字', '起', '长'],
      result: types =>
        takes(['text', 'int'], kind('text'))(types) ?? takes(['text', 'int', 'int'], kind('text'))(types),
      ...{
        zh: '从第几个字起的一段；负数从末尾数。',
        en: 'A part from a place, counted from the end when negative.',
        example: 'substring("foobar", 3, 2)',
      },
    },
  ],
  [
    'before',
    {
      parameters: ['文字', '标记'],
      result: takes(['text', 'text'], kind('text')),
      zh: '标记之前的部分。',
      en: 'What stands before a mark.',
      example: 'before("a-b", "-")',
    },
  ],
  [
    'after',
    {
      parameters: ['文字', '标记'],
      result: takes(['text', 'text'], kind('text')),
      zh: '标记之后的部分。',
      en: 'What stands behind a mark.',
      example: 'after("a-b", "-")',
    },
  ],
  [
    'replace',
    {
      parameters: ['文字', '旧', '新'],
      result: takes(['text', 'text', 'text'], kind('text')),
      zh: '全部替换。',
      en: 'With every part put otherwise.',
      example: 'replace("a-b-c", "-", "/")',
    },
  ],
  [
    'split',
    {
      parameters: ['文字', '标记'],
      result: takes(['text', 'text'], list(kind('text'))),
      zh: '按标记切开。',
      en: 'Cut at a mark.',
      example: 'split("a,b", ",")',
    },
  ],
  [
    'join',
    {
      parameters: ['列表', '标记'],
      result: ([a, b, ...rest]) =>
        rest.length === 0 && itemsOf(a)?.kind === 'text' && b?.kind === 'text' ? kind('text') : undefined,
      ...{ zh: '用标记连起来。', en: 'Put together with a mark.', example: 'join(["a", "b"], "、")' },
    },
  ],
  [
    'text',
    {
      parameters: ['值'],
      result: ([type, ...rest]) =>
        rest.length === 0 && type && written.has(type.kind) ? kind('text') : undefined,
      zh: '写成文字。',
      en: 'As a text.',
      example: 'text(2026-03-01)',
    },
  ],
  [
    'position',
    {
      parameters: ['文字', '部分'],
      result: takes(['text', 'text'], kind('int')),
      zh: '部分第一次出现在第几个字；没有就没有。',
      en: 'The place of the first such part, or none.',
      example: 'position("退款单", "款")',
    },
  ],
  [
    'repeat',
    {
      parameters: ['文字', '次'],
      result: takes(['text', 'int'], kind('text')),
      zh: '重复几次。',
      en: 'So many times over.',
      example: 'repeat("-", 3)',
    },
  ],
]
