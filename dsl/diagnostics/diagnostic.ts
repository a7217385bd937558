import type { Span } from '#dsl/syntax'
import { catalogue, type Code } from './catalogue.ts'

export type Language = 'zh' | 'en'

/** One finding about a text, as data; words are rendered from the catalogue. */
export interface Diagnostic extends Span {
  readonly code: Code
  readonly file: string
  readonly params: Readonly<Record<string, string>>
}

export function severityOf(diagnostic: Diagnostic): 'error' | 'warning' {
  return catalogue[diagnostic.code].severity
}

/** Whether a text with this finding may be tried but not published: it is wrong, or asks for what no engine runs yet. */
export function blocksRelease(diagnostic: Pick<Diagnostic, 'code'>): boolean {
  return catalogue[diagnostic.code].severity === 'error' || diagnostic.code.startsWith('AX9')
}

/** The sentence of a diagnostic, in the language asked for. */
export function messageOf(diagnostic: Diagnostic, language: Language): string {
  return fill(catalogue[diagnostic.code][language], diagnostic.params, language)
}

/** What to do about it. */
export function helpOf(diagnostic: Diagnostic, language: Language): string {
  return fill(catalogue[diagnostic.code].help[language], diagnostic.params, language)
}

function fill(template: string, params: Readonly<Record<string, string>>, language: Language): string {
  return template.replace(/\{(\w+)\}/g, (_, key: string) =>
    key === 'fits' ? fitsTold(params[key] ?? '', language) : (params[key] ?? ''),
  )
}

/** What would have fitted: words as they are written, and kinds of token (`@word`) by their names. */
function fitsTold(fits: string, language: Language): string {
  const told = fits.split(' ').map(word => {
    const kind = word.startsWith('@') ? kinds[word.slice(1)] : undefined
    return kind?.[language] ?? (language === 'zh' ? `「${word}」` : `“${word}”`)
  })
  return told.join(language === 'zh' ? '、' : ', ')
}

const kinds: Readonly<Record<string, Readonly<Record<Language, string>>>> = {
  word: { zh: '名字', en: 'a name' },
  text: { zh: '"文字"', en: 'a "text"' },
  int: { zh: '整数', en: 'a whole number' },
  decimal: { zh: '小数', en: 'a decimal' },
  money: { zh: '金额（¥1）', en: 'an amount (¥1)' },
  date: { zh: '日期（2026-01-31）', en: 'a date (2026-01-31)' },
  time: { zh: '时刻（09:00）', en: 'a time (09:00)' },
  percent: { zh: '百分比', en: 'a percentage' },
  duration: { zh: '时长（2h）', en: 'a duration (2h)' },
  rule: { zh: '表头下的一行横线（|---|）', en: 'the line of dashes below the header (|---|)' },
  value: { zh: '一个值', en: 'a value' },
  end: { zh: '换行', en: 'a new line' },
  other: {
    zh: '别的写法，看看这一行是否缺少逗号、引号、括号或关键字',
    en: 'something else; look on this line for a missing comma, quote, bracket or keyword',
  },
  declaration: { zh: '一个声明（form、ticket、table…）', en: 'a declaration (form, ticket, table …)' },
}

/** A place as people count it: line and column from 1, in UTF-16 units. */
export function positionAt(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: offset - lineStart + 1 }
}
