import { MAX_DEFER_MS } from '#core/limit'
import { MAX_TEXT } from '#core/expression'
import { MAX_DURATION_YEARS } from '#core/values'
import { DEFAULT_TIMEOUT_MS, MAX_RETRIES, MAX_SHEET_ROWS, MAX_TIMEOUT_MS } from '#dsl/check'
import { MAX_DEPTH, MAX_FAULTS, MAX_SOURCE } from '#dsl/syntax'

/** A limit, and what it is of. */
export type LimitRow = readonly [value: string, zh: string, en: string]

/** What a text may not go beyond, read off the constants that hold it; `more` are those of the sandbox. */
export function limitsPage(more: readonly LimitRow[]): string {
  const rows: readonly LimitRow[] = [
    [MAX_SOURCE.toLocaleString('en'), '一个文件的字符数', 'characters of one file'],
    [
      String(MAX_DEPTH),
      '一个表达式的深度（括号算五）',
      'the depth of one expression (a bracket weighs five)',
    ],
    [String(MAX_FAULTS), '一个文件报告的错误数', 'faults reported of one file'],
    [MAX_SHEET_ROWS.toLocaleString('en'), '一个表格文件的行数', 'rows of one sheet'],
    [`${MAX_DURATION_YEARS} y`, '最长的时长', 'the longest duration'],
    [
      MAX_TEXT.toLocaleString('en'),
      '函数得到的文字的长度，更长则没有值',
      'the length of a text a function yields; a longer one is absent',
    ],
    [`${MAX_TIMEOUT_MS / 1000} s`, '一次动作的时限', 'how long an action may take'],
    [
      `${DEFAULT_TIMEOUT_MS / 1000} s`,
      '没有写时限的动作的时限',
      'how long one may take that says nothing of it',
    ],
    ...more,
    [String(MAX_RETRIES), '一个动作最多重试几次', 'how often an action is tried again'],
    [
      `${MAX_DEFER_MS / 86_400_000} d`,
      '消息最多顺延多久，再久就不发',
      'how long a message is deferred before it is dropped',
    ],
  ]
  const lines = rows.map(([value, zh, en]) => `| ${value} | ${zh} | ${en} |`)
  return ['# 上限 · Limits', ['| | 中文 | English |', '|---|---|---|', ...lines].join('\n'), ''].join('\n\n')
}
