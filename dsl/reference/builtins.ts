import { functions } from '#dsl/check'

type Row = readonly [call: string, zh: string, en: string, example: string]

/** What an expression’s place brings besides the functions: folds of lists, and what is known of customers. */
const others: readonly Row[] = [
  ['sum(列表)', '合计，没有则为零。', 'The sum; zero of none.', 'sum([1, 2])'],
  ['count(列表)', '有值的个数。', 'How many values there are.', 'count([1, 2])'],
  ['min(值, …)、min(列表)', '最小的。', 'The smallest.', 'min(3, 1)'],
  ['max(值, …)、max(列表)', '最大的。', 'The largest.', 'max([3, 1])'],
  [
    'median(列表)',
    '中位数；偶数个时取中间两个的正中。',
    'The median; half way between the middle two of an even number.',
    'median([1, 2])',
  ],
  ['known(值)', '填了没有。', 'Whether it is there.', 'known(1)'],
]

/** The functions of expressions in both languages, each with an example that a test works out. */
export function builtinsPage(): string {
  const declared = [...functions].map(([name, { parameters, zh, en, example }]): Row => [
    `${name}(${parameters.join(', ')})`,
    ...([zh, en, example] as const),
  ])
  const lines = [...others, ...declared].map(
    ([call, zh, en, example]) => `| \`${call}\` | ${zh} | ${en} | \`${example}\` |`,
  )
  return [
    '# 内置函数 · Builtins',
    '没有值的参数使结果也没有值，比较与判断则为假。',
    'An absent argument makes the result absent; comparisons and tests are false.',
    ['| | 中文 | English | 例 |', '|---|---|---|---|', ...lines].join('\n'),
    '',
  ].join('\n\n')
}

/** Every example of the page. */
export function builtinExamples(): string[] {
  return [...others.map(row => row[3]), ...[...functions.values()].map(({ example }) => example)]
}
