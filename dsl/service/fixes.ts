import { checkPack } from '#dsl/check'
import type { Diagnostic, DiagnosticCode, Language } from '#dsl/diagnostics'
import { lex, type Span } from '#dsl/syntax'
import { nearNames } from './near-names.ts'
import { indexSymbols, type SymbolIndex } from './symbol-index.ts'
import { applyEdits, type TextEdit } from './text-edit.ts'
import type { Texts } from './texts.ts'

/** A change that mends a finding: after its edits the finding is gone and no other has come. */
export interface Fix extends Span {
  readonly title: string
  readonly code: DiagnosticCode
  readonly file: string
  readonly edits: readonly TextEdit[]
}

/** The fixes of the findings that touch a span of a file; only what was tried and works is offered. */
export function fixesAt(
  texts: Texts,
  { file, span, language = 'zh' }: { file: string; span: Span; language?: Language },
): Fix[] {
  const { diagnostics } = checkPack(texts)
  const touched = diagnostics.filter(
    each => each.file === file && each.start <= span.end && span.start <= each.end,
  )
  if (touched.length === 0) return []
  const index = indexSymbols(texts)
  return touched.flatMap(diagnostic =>
    draftsOf({ diagnostic, index, source: texts[file] ?? '' })
      .filter(({ edits }) => mends(texts, { diagnostics, diagnostic, edits: placed(file, edits) }))
      .map(({ title, edits }) => ({
        ...{ code: diagnostic.code, file, start: diagnostic.start, end: diagnostic.end },
        ...{ title: title[language === 'zh' ? 0 : 1], edits: placed(file, edits) },
      })),
  )
}

interface Case {
  readonly diagnostic: Diagnostic
  readonly index: SymbolIndex
  readonly source: string
}

type Draft = {
  readonly title: readonly [zh: string, en: string]
  readonly edits: readonly (Span & { readonly text: string })[]
}

function draftsOf(at: Case): Draft[] {
  const draft = drafts[at.diagnostic.code]
  return draft ? draft(at) : []
}

const drafts: Partial<Record<DiagnosticCode, (at: Case) => Draft[]>> = {
  AX1002: ({ source }) => [insert(['补上「}」', 'Add “}”'], source.trimEnd().length, '\n}')],
  AX1003: ({ diagnostic, source }) => {
    const text = source.slice(diagnostic.start, diagnostic.end)
    const quote = text.startsWith('“') || text.startsWith('”') ? '”' : text[0]!
    const ends = [...new Set([text.trimEnd().length, text.replace(/[\s{,，]*$/, '').length])]
    return ends.map(end => insert(['补上引号', 'Add the quote'], diagnostic.start + end, quote))
  },
  AX1004: ({ diagnostic }) => [replace(['删掉它', 'Remove it'], diagnostic, '')],
  AX2002: meant,
  AX2003: meant,
  AX4004: oneOf('unique', 'first', 'any'),
  AX3006: oneOf('half_up', 'half_down', 'half_even', 'down', 'up'),
  AX2005: ({ diagnostic, source }) =>
    insideBlock(source, diagnostic).flatMap(open => {
      const field = /:\s*text\b/.exec(source.slice(open))
      return field
        ? [
            insert(
              ['把第一个文字字段作主键', 'Make the first text its key'],
              open + field.index + field[0].length,
              ' key',
            ),
          ]
        : []
    }),
  AX3003: ({ diagnostic }) => [
    insert(['加上 round half_up ¥0.01', 'Add round half_up ¥0.01'], diagnostic.end, ' round half_up ¥0.01'),
  ],
  AX4001: cells,
  AX4002: ({ diagnostic }) =>
    ['text', 'int', 'money'].map(type =>
      insert([`类型写 ${type}`, `Give it the type ${type}`], diagnostic.end, `: ${type}`),
    ),
  AX4104: tableMoves,
  AX4105: tableMoves,
  AX7004: oneOf('30s'),
  AX5003: ({ diagnostic, source }) =>
    insideBlock(source, diagnostic).map(open =>
      insert(
        ['加一个 24h 的时限，到时通知上下环节', 'Add a clock of 24h that tells both sides'],
        open,
        ' clock 时限 24h { at 100% notify upstream, downstream };',
      ),
    ),
  AX5005: ({ diagnostic }) => [replace(['删掉这条流转', 'Remove this transition'], diagnostic, '')],
  AX7001: ({ diagnostic, source }) =>
    insideBlock(source, diagnostic).map(open =>
      insert(['加上 key ticket.id', 'Add key ticket.id'], open, ' key ticket.id;'),
    ),
}

/** Why the last word of the span: behind a dot it is what was not found. */
function meant({ diagnostic, index, source }: Case): Draft[] {
  const written = source.slice(diagnostic.start, diagnostic.end)
  return lex(written).flatMap(token => {
    const span = { start: diagnostic.start + token.startOffset, end: diagnostic.start + token.endOffset }
    return nearNames(index, token.image).map(name =>
      replace([`改为「${name}」`, `Change to “${name}”`], span, name),
    )
  })
}

/** One of the few words that fit. */
function oneOf(...words: readonly string[]): (at: Case) => Draft[] {
  return ({ diagnostic }) =>
    words.map(word => replace([`改为「${word}」`, `Change to “${word}”`], diagnostic, word))
}

/** A row with too few or too many cells. */
function cells({ diagnostic, source }: Case): Draft[] {
  const { params, start, end } = diagnostic
  const missing = Number(params['expected']) - Number(params['actual'])
  const row = source.slice(start, end).trimEnd()
  if (missing > 0) {
    const pad = ' - |'.repeat(missing)
    const middle = row.indexOf('||')
    const title = ['补上缺少的格', 'Add the missing cells'] as const
    return [
      insert(title, start + row.length, pad),
      ...(middle < 0 ? [] : [insert(title, start + middle, `| -`.repeat(missing) + ' ')]),
    ]
  }
  const kept = row.split('|').slice(0, missing - 1)
  return [
    replace(
      ['删去多余的格', 'Remove the cells too many'],
      { start, end: start + row.length },
      `${kept.join('|')}|`,
    ),
  ]
}

/** Ways out for a table with gaps or overlaps. */
function tableMoves({ diagnostic, source }: Case): Draft[] {
  return blockAround(source, diagnostic).flatMap(open => {
    const brace = open - 1
    const header = source
      .slice(open)
      .split('\n')
      .find(line => line.includes('||'))
    const outputs = header?.split('||')[1]?.split('|').length ?? 1
    const close = rowsEnd(source, open)
    return [
      insert(['标记为 partial', 'Mark it as partial'], brace, 'partial '),
      insert(['命中方式改为 first', 'Let the first row win'], brace, 'first '),
      insert(['补一行 else', 'Add an else row'], close, `\n  | else ||${' - |'.repeat(outputs - 1)}`),
    ]
  })
}

/** The end of the last table line of the block that opens before `from`. */
function rowsEnd(source: string, from: number): number {
  const close = source.indexOf('}', from)
  const inside = source.slice(from, close < 0 ? source.length : close)
  const last = inside.lastIndexOf('|')
  return last < 0 ? from : from + last + 1
}

/** Behind the brace that opens the block of the declaration that a finding is about. */
function insideBlock(source: string, { start }: Span): number[] {
  const open = lex(source).find(token => token.startOffset >= start && '{｛'.includes(token.image))
  return open ? [open.endOffset] : []
}

/** The same for a finding about the declaration's name or about a row inside it. */
function blockAround(source: string, { start }: Span): number[] {
  const isRow = source[start] === '|' || source[start] === '｜'
  if (!isRow) return insideBlock(source, { start, end: start })
  const open = lex(source).findLast(token => token.startOffset < start && '{｛'.includes(token.image))
  return open ? [open.endOffset] : []
}

function insert(title: Draft['title'], at: number, text: string): Draft {
  return { title, edits: [{ start: at, end: at, text }] }
}

function replace(title: Draft['title'], { start, end }: Span, text: string): Draft {
  return { title, edits: [{ start, end, text }] }
}

function placed(file: string, edits: Draft['edits']): TextEdit[] {
  return edits.map(edit => ({ ...edit, file }))
}

/** INVARIANT: what is offered removes its finding and brings no other code or more of one. */
function mends(
  texts: Texts,
  {
    diagnostics,
    diagnostic,
    edits,
  }: { diagnostics: readonly Diagnostic[]; diagnostic: Diagnostic; edits: readonly TextEdit[] },
): boolean {
  const before = countByCode(diagnostics)
  const after = countByCode(checkPack(applyEdits(texts, edits)).diagnostics)
  const noneMore = [...after].every(([code, count]) => count <= (before.get(code) ?? 0))
  return noneMore && (after.get(diagnostic.code) ?? 0) < before.get(diagnostic.code)!
}

function countByCode(diagnostics: readonly Diagnostic[]): Map<string, number> {
  return new Map(
    [...Map.groupBy(diagnostics, each => each.code)].map(([code, found]) => [code, found.length]),
  )
}
