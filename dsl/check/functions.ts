import { printType, sameType, type Type } from '#core/values'

/** A function of the language: what it takes, what it gives, and what people read about it. */
export interface FunctionDoc {
  readonly parameters: readonly string[]
  /** The type it gives for arguments of these types; undefined when it takes no such ones. */
  readonly result: (types: readonly Type[]) => Type | undefined
  /** The engine’s name for it when that differs from its own. */
  readonly fn?: string
  /** Amounts keep fractions of a cent and must be rounded. */
  readonly inexact?: boolean
  readonly zh: string
  readonly en: string
  readonly example: string
}

const kind = (name: 'int' | 'decimal' | 'text' | 'bool' | 'date' | 'time'): Type => ({ kind: name })
const number = (type: Type | undefined) =>
  type?.kind === 'int' || type?.kind === 'decimal' || type?.kind === 'percent'
const amount = (type: Type | undefined) => number(type) || type?.kind === 'money'
const items = (type: Type | undefined) =>
  type?.kind === 'list' || type?.kind === 'set' ? type.of : undefined
const list = (of: Type): Type => ({ kind: 'list', of })

/** Takes exactly these kinds and gives that one. */
function takes(kinds: readonly Type['kind'][], gives: Type): FunctionDoc['result'] {
  return types =>
    types.length === kinds.length && types.every((type, at) => type.kind === kinds[at]) ? gives : undefined
}

const same: FunctionDoc['result'] = ([type, ...rest]) =>
  rest.length === 0 && amount(type) ? type : undefined
const toInt: FunctionDoc['result'] = ([type, ...rest]) =>
  rest.length === 0 && number(type) ? kind('int') : undefined
const ofList =
  (gives: (of: Type) => Type | undefined): FunctionDoc['result'] =>
  ([type, ...rest]) => {
    const of = items(type)
    return of && rest.length === 0 ? gives(of) : undefined
  }
const twoLists: FunctionDoc['result'] = ([a, b, ...rest]) => {
  const [of, other] = [items(a), items(b)]
  return of && other && rest.length === 0 && sameType(of, other) ? list(of) : undefined
}
const sorted = new Set(['int', 'decimal', 'percent', 'money', 'date', 'time', 'text'])

const rows: readonly (readonly [name: string, doc: FunctionDoc])[] = [
  [
    'abs',
    { parameters: ['数'], result: same, zh: '去掉负号。', en: 'Without its sign.', example: 'abs(-3)' },
  ],
  [
    'floor',
    {
      parameters: ['数'],
      result: toInt,
      zh: '不大于它的最大整数。',
      en: 'The largest whole number not above it.',
      example: 'floor(-1.5)',
    },
  ],
  [
    'ceil',
    {
      parameters: ['数'],
      result: toInt,
      zh: '不小于它的最小整数。',
      en: 'The smallest whole number not below it.',
      example: 'ceil(1.2)',
    },
  ],
  [
    'mod',
    {
      parameters: ['数', '除数'],
      result: ([a, b, ...rest]) =>
        rest.length === 0 && number(a) && number(b)
          ? a!.kind === 'int' && b!.kind === 'int'
            ? a
            : kind('decimal')
          : undefined,
      ...{ zh: '余数，符号随除数。', en: 'The remainder, with the divisor’s sign.', example: 'mod(-7, 3)' },
    },
  ],
  ...(['half_up', 'half_even', 'down', 'up'] as const).map((mode): [string, FunctionDoc] => [
    `round_${mode}`,
    {
      parameters: ['数', '单位'],
      result: ([a, step, ...rest]) =>
        rest.length === 0 && amount(a) && amount(step) && (a!.kind === 'money') === (step!.kind === 'money')
          ? a!.kind === 'int'
            ? kind('decimal')
            : a
          : undefined,
      fn: 'round',
      ...{
        zh: `按 ${mode} 舍入到单位的倍数。`,
        en: `Rounded ${mode.replace('_', ' ')} to a multiple of the step.`,
        example: `round_${mode}(2.5, 1)`,
      },
    },
  ]),
  [
    'mean',
    {
      parameters: ['列表'],
      result: ofList(of => (of.kind === 'money' ? of : number(of) ? kind('decimal') : undefined)),
      inexact: true,
      zh: '平均值。',
      en: 'The arithmetic mean.',
      example: 'mean([1, 2, 4])',
    },
  ],
  [
    'number',
    {
      parameters: ['文字'],
      result: takes(['text'], kind('decimal')),
      zh: '文字里的数；不是数就没有。',
      en: 'The number a text holds, or none.',
      example: 'number("12.5")',
    },
  ],
  [
    'text',
    {
      parameters: ['值'],
      result: ([type, ...rest]) =>
        rest.length === 0 &&
        type &&
        ['int', 'decimal', 'text', 'date', 'time', 'enum', 'bool'].includes(type.kind)
          ? kind('text')
          : undefined,
      ...{ zh: '写成文字。', en: 'As a text.', example: 'text(2026-03-01)' },
    },
  ],
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
        rest.length === 0 && items(a)?.kind === 'text' && b?.kind === 'text' ? kind('text') : undefined,
      ...{ zh: '用标记连起来。', en: 'Put together with a mark.', example: 'join(["a", "b"], "、")' },
    },
  ],
  [
    'first',
    {
      parameters: ['列表'],
      result: ofList(of => of),
      zh: '第一个。',
      en: 'The first of a list.',
      example: 'first([3, 1])',
    },
  ],
  [
    'last',
    {
      parameters: ['列表'],
      result: ofList(of => of),
      zh: '列表的最后一个；对事件是最近一次的日期。',
      en: 'The last of a list; of an event, the date of the last one.',
      example: 'last([3, 1])',
    },
  ],
  [
    'at',
    {
      parameters: ['列表', '位置'],
      result: ([a, b, ...rest]) => (rest.length === 0 && b?.kind === 'int' ? items(a) : undefined),
      ...{
        zh: '第几个；负数从末尾数。',
        en: 'The one at a place, from the end when negative.',
        example: 'at([3, 1, 2], -1)',
      },
    },
  ],
  [
    'reverse',
    {
      parameters: ['列表'],
      result: ofList(list),
      zh: '倒过来。',
      en: 'The other way round.',
      example: 'reverse([1, 2])',
    },
  ],
  [
    'sort',
    {
      parameters: ['列表'],
      result: ofList(of => (sorted.has(of.kind) ? list(of) : undefined)),
      zh: '从小到大。',
      en: 'From the smallest to the largest.',
      example: 'sort([3, 1, 2])',
    },
  ],
  [
    'distinct',
    {
      parameters: ['列表'],
      result: ofList(list),
      zh: '去掉重复。',
      en: 'Each value once.',
      example: 'distinct([1, 1, 2])',
    },
  ],
  [
    'concat',
    {
      parameters: ['列表', '列表'],
      result: twoLists,
      zh: '接起来。',
      en: 'One behind the other.',
      example: 'concat([1], [2])',
    },
  ],
  [
    'union',
    {
      parameters: ['列表', '列表'],
      result: twoLists,
      zh: '并集。',
      en: 'What is in either.',
      example: 'union([1, 2], [2, 3])',
    },
  ],
  [
    'intersect',
    {
      parameters: ['列表', '列表'],
      result: twoLists,
      zh: '交集。',
      en: 'What is in both.',
      example: 'intersect([1, 2], [2, 3])',
    },
  ],
  [
    'except',
    {
      parameters: ['列表', '列表'],
      result: twoLists,
      zh: '差集。',
      en: 'What is in the first alone.',
      example: 'except([1, 2], [2])',
    },
  ],
  [
    'any',
    {
      parameters: ['列表'],
      result: ofList(of => (of.kind === 'bool' ? of : undefined)),
      zh: '至少一个为真。',
      en: 'Whether one at least is true.',
      example: 'any([false, true])',
    },
  ],
  [
    'all',
    {
      parameters: ['列表'],
      result: ofList(of => (of.kind === 'bool' ? of : undefined)),
      zh: '全部为真。',
      en: 'Whether all are true.',
      example: 'all([true, true])',
    },
  ],
  [
    'year',
    {
      parameters: ['日期'],
      result: takes(['date'], kind('int')),
      zh: '年。',
      en: 'The year.',
      example: 'year(2026-03-01)',
    },
  ],
  [
    'month',
    {
      parameters: ['日期'],
      result: takes(['date'], kind('int')),
      zh: '月。',
      en: 'The month.',
      example: 'month(2026-03-01)',
    },
  ],
  [
    'day',
    {
      parameters: ['日期'],
      result: takes(['date'], kind('int')),
      zh: '日。',
      en: 'The day of the month.',
      example: 'day(2026-03-01)',
    },
  ],
  [
    'weekday',
    {
      parameters: ['日期'],
      result: takes(['date'], kind('int')),
      zh: '星期几，周一是 1。',
      en: 'The day of the week, Monday 1.',
      example: 'weekday(2026-03-01)',
    },
  ],
  [
    'day_of_year',
    {
      parameters: ['日期'],
      result: takes(['date'], kind('int')),
      zh: '一年的第几天。',
      en: 'The day of the year.',
      example: 'day_of_year(2026-03-01)',
    },
  ],
  [
    'date',
    {
      parameters: ['年', '月', '日'],
      result: takes(['int', 'int', 'int'], kind('date')),
      fn: 'date_of',
      zh: '由年月日组成的日期；没有这一天就没有。',
      en: 'A date of its parts, or none.',
      example: 'date(2026, 3, 1)',
    },
  ],
  [
    'start_of_month',
    {
      parameters: ['日期'],
      result: takes(['date'], kind('date')),
      zh: '当月第一天。',
      en: 'The first day of its month.',
      example: 'start_of_month(2026-03-15)',
    },
  ],
  [
    'end_of_month',
    {
      parameters: ['日期'],
      result: takes(['date'], kind('date')),
      zh: '当月最后一天。',
      en: 'The last day of its month.',
      example: 'end_of_month(2028-02-01)',
    },
  ],
  [
    'days_between',
    {
      parameters: ['从', '到'],
      result: takes(['date', 'date'], kind('int')),
      zh: '相差几天。',
      en: 'How many days from one to the other.',
      example: 'days_between(2026-02-27, 2026-03-01)',
    },
  ],
  [
    'months_between',
    {
      parameters: ['从', '到'],
      result: takes(['date', 'date'], kind('int')),
      zh: '相差几个整月。',
      en: 'How many whole months from one to the other.',
      example: 'months_between(2026-01-31, 2026-03-01)',
    },
  ],
  [
    'hour',
    {
      parameters: ['时刻'],
      result: takes(['time'], kind('int')),
      zh: '时。',
      en: 'The hour.',
      example: 'hour(09:30)',
    },
  ],
  [
    'minute',
    {
      parameters: ['时刻'],
      result: takes(['time'], kind('int')),
      zh: '分。',
      en: 'The minute.',
      example: 'minute(09:30)',
    },
  ],
  [
    'time',
    {
      parameters: ['时', '分'],
      result: takes(['int', 'int'], kind('time')),
      fn: 'time_of',
      zh: '由时分组成的时刻；没有这一刻就没有。',
      en: 'A time of its parts, or none.',
      example: 'time(9, 30)',
    },
  ],
]

/** The functions that expressions may call, besides tables, folds and what an expression’s place brings. */
export const functions: ReadonlyMap<string, FunctionDoc> = new Map(rows)

/** The type of a call, or what the function takes, for the finding. */
export function printTypes(types: readonly Type[]): string {
  return types.map(printType).join(', ')
}
