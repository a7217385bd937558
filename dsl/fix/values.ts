import { lex, type FieldNode } from '#dsl/syntax'
import {
  changeTo,
  clauseIn,
  declared,
  insert,
  oneOf,
  replace,
  takeOut,
  type Case,
  type Draft,
  type Drafter,
} from './draft.ts'

/** Ways out for values and their types. */
export const valueFixes: Readonly<Record<string, Drafter>> = {
  AX3001: mismatch,
  AX3002: operands,
  AX3003: ({ diagnostic, ...at }) => [
    insert(
      { diagnostic, ...at },
      ['加上 round half_up ¥0.01', 'Add round half_up ¥0.01'],
      diagnostic.end,
      ' round half_up ¥0.01',
    ),
  ],
  AX3004: at => {
    const inputs = at.diagnostic.params['expected']!.split(/[、,，]\s*/).map(text =>
      text.split(':')[0]!.trim(),
    )
    return [changeTo(at, at.diagnostic, `${at.diagnostic.params['name']}(${inputs.join(', ')})`)]
  },
  AX3005: at => [
    changeTo(at, at.diagnostic, `0..${at.written}`),
    changeTo(at, at.diagnostic, `1..${at.written}`),
    changeTo(at, at.diagnostic, '0..100'),
  ],
  AX3006: oneOf('half_up', 'half_down', 'half_even', 'down', 'up'),
  AX3007: swappedEnds,
  AX3008: at => {
    const unit = /[a-z]+$/.exec(at.written)?.[0] ?? ''
    const most = longest[unit]
    return most === undefined ? [] : [changeTo(at, at.diagnostic, `${most}${unit}`)]
  },
  AX3009: nearestPossible,
  AX3010: otherArgument,
  AX3012: swappedEnds,
  AX3013: at => {
    const [from = '', to = ''] = at.diagnostic.params['range']!.split(/\.\.<?/)
    return [from, to].filter(end => end !== '').map(end => changeTo(at, at.diagnostic, end))
  },
  AX3020: at => {
    const asked = at.written.replace(/^null\s*!?=\s*|\s*!?=\s*null$/, '')
    const isThere = at.diagnostic.params['operator'] === '!='
    return [changeTo(at, at.diagnostic, isThere ? `known(${asked})` : `not known(${asked})`)]
  },
  AX3014: at => {
    const amount = at.written.replace(/^[A-Z]{3}\s*/, '')
    const { expected = '' } = at.diagnostic.params
    const signs = expected === 'CNY' ? [`¥${amount}`] : [`${expected} ${amount}`]
    return signs.map(text => changeTo(at, at.diagnostic, text))
  },
  AX3015: at => {
    const { name = '' } = at.diagnostic.params
    const title = [`「${name}」填了才算`, `Only where “${name}” is filled in`] as const
    return [replace(at, title, at.diagnostic, `(known(${name}) and ${at.written})`)]
  },
  AX3016: function* (at) {
    yield takeOut(at, ['删掉它', 'Remove it'], at.diagnostic)
    const field = fieldAt(at)
    if (!field?.value) return
    const rest = at.source.slice(field.type.end, (field.rounding ?? field.value).end)
    const equals = rest.search(/[=＝]/)
    const span = { start: field.type.end + equals, end: field.type.end + rest.length }
    if (equals >= 0) yield replace(at, ['改为由人填写', 'Let people fill it in'], span, '')
  },
  AX3017: at =>
    clauseIn(at, ['写上周一到周五 09:00 到 18:00', 'Put Monday to Friday, 09:00 to 18:00'], {
      ...{ from: at.diagnostic.start, text: 'mon..fri 09:00..18:00', place: 'first' },
    }),
  AX3018: at =>
    ['1', '0.01'].flatMap(least => {
      const text = at.written.replace(/\d[\d.,]*/, least)
      return text === at.written ? [] : [changeTo(at, at.diagnostic, text)]
    }),
  AX3011: at => {
    const field = fieldAt(at)
    if (!field?.value) return []
    const span = { start: field.type.end, end: (field.rounding ?? field.value).end }
    return [replace(at, ['改为由人填写', 'Let people fill it in'], span, '')]
  },
}

/** A hundred years in each unit of the calendar. */
const longest: Readonly<Record<string, number>> = { mo: 1200, w: 5200, d: 36_500, h: 876_000, m: 52_560_000 }

function* mismatch(at: Case): Generator<Draft> {
  const { diagnostic, written, index } = at
  const { expected = '', actual = '' } = diagnostic.params
  for (const text of rewritten(written)) yield changeTo(at, diagnostic, text)
  for (const value of index.model.enums.get(expected)?.values ?? [])
    yield changeTo(at, diagnostic, value.name.text)
  if (expected === 'bool') yield* oneOf('true', 'false')(at) as Draft[]
  const field = fieldAt(at)
  if (field && isType(actual)) yield typed(at, field, actual)
}

/** A literal as other types are written: without its quotes or sign, or with one. */
function rewritten(written: string): string[] {
  const bare = written.replace(/^["“”]|["“”]$/g, '').replace(/^[¥￥]|[%％]$/g, '')
  if (!/^[\d.,]+$/.test(bare)) return bare === written ? (isWord(written) ? [`"${written}"`] : []) : [bare]
  const plain = bare.replaceAll(',', '')
  return [
    `¥${bare}`,
    `${plain}%`,
    plain,
    String(Math.trunc(Number(plain))),
    `${plain}h`,
    `${plain}d`,
    `"${bare}"`,
  ].filter(text => text !== written)
}

function isWord(text: string): boolean {
  return /^[\p{L}_][\p{L}\d_]*$/u.test(text)
}

function isType(text: string): boolean {
  return /^[\p{L}_][\p{L}\d_()]*$/u.test(text)
}

function typed(at: Case, { name, type }: FieldNode, wanted: string): Draft {
  const title = [`「${name.text}」的类型改为 ${wanted}`, `Make “${name.text}” a ${wanted}`] as const
  return replace(at, title, type, wanted)
}

/** One side as the other's type: a literal rewritten, or the type of the field that it names. */
function* operands(at: Case): Generator<Draft> {
  const { diagnostic, source } = at
  const tokens = lex(source).filter(
    token => token.startOffset >= diagnostic.start && token.endOffset <= diagnostic.end,
  )
  const { left = '', right = '' } = diagnostic.params
  for (const [token, wanted] of [
    [tokens.at(-1), left],
    [tokens[0], right],
  ] as const) {
    if (!token) continue
    const span = { start: token.startOffset, end: token.endOffset }
    for (const text of rewritten(token.image)) yield changeTo(at, span, text)
    const field = fieldsAround(at).find(({ name }) => name.text === token.image)
    if (field && isType(wanted)) yield typed(at, field, wanted)
  }
}

/** `18:00..09:00` the other way round. */
function swappedEnds(at: Case): Draft[] {
  const [from, to] = at.written.split('..')
  return from && to ? [changeTo(at, at.diagnostic, `${to}..${from}`)] : []
}

/** The last day of a month, the last minute of a day. */
function nearestPossible(at: Case): Draft[] {
  const [, year, month] = /^(\d{4})-(\d{2})-\d{2}$/.exec(at.written) ?? []
  if (!year) return /^\d+:\d+$/.test(at.written) ? [changeTo(at, at.diagnostic, '23:59')] : []
  const inYear = Math.min(Math.max(Number(month), 1), 12)
  const isLeap = Number(year) % 4 === 0 && (Number(year) % 100 !== 0 || Number(year) % 400 === 0)
  const days = inYear === 2 ? (isLeap ? 29 : 28) : [4, 6, 9, 11].includes(inYear) ? 30 : 31
  return [changeTo(at, at.diagnostic, `${year}-${String(inYear).padStart(2, '0')}-${days}`)]
}

/** A literal argument of a call is one of the fields in sight. */
function* otherArgument(at: Case): Generator<Draft> {
  const { diagnostic, source } = at
  const literals = lex(source).filter(
    token =>
      token.startOffset > diagnostic.start &&
      token.endOffset < diagnostic.end &&
      /^["“”¥￥\d]/.test(token.image),
  )
  for (const { startOffset: start, endOffset: end } of literals)
    for (const { name } of fieldsAround(at)) yield changeTo(at, { start, end }, name.text)
}

/** The field that the finding lies in. */
function fieldAt(at: Case): FieldNode | undefined {
  const { start } = at.diagnostic
  return fieldsAround(at).find(field => field.start <= start && start < field.end)
}

function fieldsAround(at: Case): readonly FieldNode[] {
  const { around } = at
  if (!around) return []
  if ('fields' in around) return around.fields
  const form = 'form' in around ? around.form.text : ''
  return declared(at, 'form').find(({ name }) => name.text === form)?.fields ?? []
}
