import type { Type } from '#core/values'
import {
  either,
  isNumber,
  itemsOf,
  kind,
  list,
  ofList,
  placed,
  twoLists,
  withItem,
  type FunctionRow,
} from './function-doc.ts'

const sorted = new Set(['int', 'decimal', 'percent', 'money', 'date', 'time', 'datetime', 'text'])

function innermost(of: Type): Type {
  const inner = itemsOf(of)
  return inner ? innermost(inner) : of
}

/** Functions of lists. */
export const listFunctions: readonly FunctionRow[] = [
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
      result: ([a, b, ...rest]) => (rest.length === 0 && b?.kind === 'int' ? itemsOf(a) : undefined),
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
    'concat',
    {
      parameters: ['列表', '列表'],
      result: twoLists,
      together: ['list', 'list'],
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
      together: ['list', 'list'],
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
      together: ['list', 'list'],
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
      together: ['list', 'list'],
      zh: '差集。',
      en: 'What is in the first alone.',
      example: 'except([1, 2], [2])',
    },
  ],
  [
    'append',
    {
      parameters: ['列表', '值'],
      result: ([a, b, ...rest]) => {
        const of = rest.length === 0 ? withItem(a, b) : undefined
        return of && list(of)
      },
      together: ['list', 'item'],
      zh: '加在末尾。',
      en: 'With one more at its end.',
      example: 'append([1, 2], 3)',
    },
  ],
  [
    'insert',
    {
      parameters: ['列表', '位置', '值'],
      result: ([a, place, b, ...rest]) => {
        const of = rest.length === 0 && place?.kind === 'int' ? withItem(a, b) : undefined
        return of && list(of)
      },
      together: ['list', undefined, 'item'],
      zh: '插在某个位置之前。',
      en: 'With one more in front of a place.',
      example: 'insert([1, 3], 2, 2)',
    },
  ],
  [
    'remove',
    {
      parameters: ['列表', '位置'],
      result: placed(1),
      zh: '去掉某个位置的一个。',
      en: 'Without the one at a place.',
      example: 'remove([1, 2, 3], 2)',
    },
  ],
  [
    'sublist',
    {
      parameters: ['列表', '起', '长'],
      result: either(placed(1), placed(2)),
      zh: '从第几个起的一段。',
      en: 'A part from a place.',
      example: 'sublist([4, 5, 6], 2, 1)',
    },
  ],
  [
    'places',
    {
      parameters: ['列表', '值'],
      result: ([a, b, ...rest]) => (rest.length === 0 && withItem(a, b) ? list(kind('int')) : undefined),
      zh: '这个值在第几个，可以有几处。',
      en: 'All places at which a value stands.',
      example: 'places([1, 2, 1], 1)',
    },
  ],
  [
    'flatten',
    {
      parameters: ['列表'],
      result: ofList(of => list(innermost(of))),
      zh: '把列表里的列表摊平。',
      en: 'Without lists inside of the list.',
      example: 'flatten([[1, 2], [3]])',
    },
  ],
  [
    'mean',
    {
      parameters: ['列表'],
      result: ofList(of => (of.kind === 'money' ? of : isNumber(of) ? kind('decimal') : undefined)),
      inexact: true,
      zh: '平均值。',
      en: 'The arithmetic mean.',
      example: 'mean([1, 2, 4])',
    },
  ],
  [
    'product',
    {
      parameters: ['列表'],
      result: ofList(of => (isNumber(of) ? kind('decimal') : undefined)),
      zh: '连乘。',
      en: 'All multiplied.',
      example: 'product([2, 3, 4])',
    },
  ],
  [
    'stddev',
    {
      parameters: ['列表'],
      result: ofList(of => (isNumber(of) ? kind('decimal') : undefined)),
      zh: '样本标准差。',
      en: 'The standard deviation of a sample.',
      example: 'stddev([2, 4, 7, 5])',
    },
  ],
  [
    'mode',
    {
      parameters: ['列表'],
      result: ofList(of => (sorted.has(of.kind) ? list(of) : undefined)),
      zh: '出现最多的值。',
      en: 'The values that come most often.',
      example: 'mode([6, 3, 6])',
    },
  ],
]
