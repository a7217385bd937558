import { either, isAmount, isNumber, kind, takes, type FunctionRow, type Result } from './function-doc.ts'

const same: Result = ([type, ...rest]) => (rest.length === 0 && isAmount(type) ? type : undefined)
const toInt: Result = ([type, ...rest]) => (rest.length === 0 && isNumber(type) ? kind('int') : undefined)
const toDecimal: Result = ([type, ...rest]) =>
  rest.length === 0 && isNumber(type) ? kind('decimal') : undefined
/** To a multiple of a step of its own kind. */
const stepped: Result = ([a, step, ...rest]) =>
  rest.length === 0 && isAmount(a) && isAmount(step) && (a!.kind === 'money') === (step!.kind === 'money')
    ? a!.kind === 'int'
      ? kind('decimal')
      : a
    : undefined

/** Functions of numbers and amounts. */
export const numberFunctions: readonly FunctionRow[] = [
  [
    'abs',
    { parameters: ['数'], result: same, zh: '去掉负号。', en: 'Without its sign.', example: 'abs(-3)' },
  ],
  [
    'mod',
    {
      parameters: ['数', '除数'],
      result: ([a, b, ...rest]) =>
        rest.length === 0 && isNumber(a) && isNumber(b)
          ? a!.kind === 'int' && b!.kind === 'int'
            ? a
            : kind('decimal')
          : undefined,
      ...{ zh: '余数，符号随除数。', en: 'The remainder, with the divisor’s sign.', example: 'mod(-7, 3)' },
    },
  ],
  ...(['half_up', 'half_down', 'half_even', 'down', 'up'] as const).map((mode): FunctionRow => [
    `round_${mode}`,
    {
      parameters: ['数', '单位'],
      result: stepped,
      fn: 'round',
      ...{
        zh: `按 ${mode} 舍入到单位的倍数。`,
        en: `Rounded ${mode.replace('_', ' ')} to a multiple of the step.`,
        example: `round_${mode}(2.5, 1)`,
      },
    },
  ]),
  [
    'floor',
    {
      parameters: ['数', '单位'],
      result: either(toInt, stepped),
      fn: types => (types.length === 1 ? 'floor' : 'floor-to'),
      zh: '不大于它的最大整数，或单位的倍数。',
      en: 'The largest whole number not above it, or multiple of a step.',
      example: 'floor(-1.5)',
    },
  ],
  [
    'ceil',
    {
      parameters: ['数', '单位'],
      result: either(toInt, stepped),
      fn: types => (types.length === 1 ? 'ceil' : 'ceil-to'),
      zh: '不小于它的最小整数，或单位的倍数。',
      en: 'The smallest whole number not below it, or multiple of a step.',
      example: 'ceil(1.2)',
    },
  ],
  [
    'power',
    {
      parameters: ['数', '次'],
      result: ([a, b, ...rest]) =>
        rest.length === 0 && isNumber(a) && b?.kind === 'int' ? kind('decimal') : undefined,
      zh: '乘方；保留 34 位有效数字。',
      en: 'A whole power, to 34 significant digits.',
      example: 'power(1.05, 12)',
    },
  ],
  [
    'sqrt',
    {
      parameters: ['数'],
      result: toDecimal,
      zh: '平方根；负数没有。',
      en: 'The square root; negative numbers have none.',
      example: 'sqrt(2)',
    },
  ],
  [
    'exp',
    {
      parameters: ['数'],
      result: toDecimal,
      zh: 'e 的多少次方。',
      en: 'e to the power of it.',
      example: 'exp(1)',
    },
  ],
  [
    'log',
    {
      parameters: ['数'],
      result: toDecimal,
      zh: '自然对数；只有正数才有。',
      en: 'The natural logarithm of a positive number.',
      example: 'log(10)',
    },
  ],
  [
    'odd',
    {
      parameters: ['整数'],
      result: takes(['int'], kind('bool')),
      zh: '是不是奇数。',
      en: 'Whether it is odd.',
      example: 'odd(3)',
    },
  ],
  [
    'even',
    {
      parameters: ['整数'],
      result: takes(['int'], kind('bool')),
      zh: '是不是偶数。',
      en: 'Whether it is even.',
      example: 'even(2)',
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
]
