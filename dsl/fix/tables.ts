import { nearWords } from '#dsl/service'
import { meant } from './names.ts'
import { isSheet, type Cell, type Column, type GridNode, type Row } from '#dsl/syntax'
import {
  changeTo,
  declared,
  insert,
  oneOf,
  replace,
  takeOut,
  type Case,
  type Draft,
  type Drafter,
} from './draft.ts'

/** Ways out for tables: their cells, columns, policies, gaps, overlaps and dead rows. */
export const tableFixes: Readonly<Record<string, Drafter>> = {
  AX4001: cells,
  AX4002: function* (at) {
    yield* meant(at)
    for (const type of ['money', 'text', 'percent', 'int', 'bool', 'duration', 'date'])
      yield insert(at, [`类型写 ${type}`, `Give it the type ${type}`], at.diagnostic.end, `: ${type}`)
  },
  AX4003: orderedEnums,
  AX4004: at => [
    ...nearWords(at.written, policies).map(word => changeTo(at, at.diagnostic, word)),
    ...(oneOf('unique', 'first', 'any')(at) as Draft[]),
  ],
  AX4005: at => [replace(at, ['先空着，写「-」', 'Leave it empty: “-”'], at.diagnostic, '-')],
  AX4006: function* (at) {
    yield* meant(at)
    const near = (name: string) => commonLetters(name, at.written)
    for (const name of columnNames(at).sort((a, b) => near(b) - near(a)))
      yield changeTo(at, at.diagnostic, name)
  },
  AX4007: function* (at) {
    yield* orderedEnums(at)
    yield* oneOf('first', 'rule order')(at)
  },
  AX4008: function* (at) {
    const start = at.source.lastIndexOf(at.diagnostic.params['policy']!, at.diagnostic.start)
    const span = { start, end: start + at.diagnostic.params['policy']!.length }
    if (start >= 0) for (const word of ['collect', 'collect count']) yield changeTo(at, span, word)
  },
  AX4020: at => [
    changeTo(at, at.diagnostic, at.written.replace(/^\S+?\s+/, '> ')),
    changeTo(at, at.diagnostic, at.written.replace(/^\S+?\s+/, '')),
  ],
  AX4021: at => [
    replace(
      at,
      ['都不是：改为 not', 'None of them: write not'],
      { ...at.diagnostic, end: at.diagnostic.start + '!='.length },
      'not',
    ),
  ],
  AX4031: sheets,
  AX4032: at => [
    changeTo(at, at.diagnostic, at.written.replace(/\s*[|~～—-]+\s*/, '..')),
    replace(at, ['先空着，写「-」', 'Leave it empty: “-”'], at.diagnostic, '-'),
  ],
  AX4034: at => {
    const columns = at.diagnostic.params['columns']!.split('、')
    const near = nearWords(at.written, columns)
    return [...near, ...columns.filter(name => !near.includes(name))].map(name =>
      changeTo(at, at.diagnostic, name),
    )
  },
  AX4104: function* (at) {
    yield* widened(at)
    yield* elseRow(at)
    yield* policyWord(at, 'partial')
  },
  AX4105: function* (at) {
    yield* narrowed(at)
    yield* policyWord(at, 'first')
    yield takeOut(at, ['删掉这一行', 'Remove this row'], at.diagnostic)
  },
  AX4106: function* (at) {
    yield* movedUp(at)
    yield takeOut(at, ['删掉这一行', 'Remove this row'], at.diagnostic)
  },
  AX4107: swapped,
  AX4108: at => policyWord(at, 'partial'),
}

const policies = ['unique', 'first', 'any', 'priority', 'collect']

/** A row with too few or too many cells. */
function cells(at: Case): Draft[] {
  const { params, start } = at.diagnostic
  const missing = Number(params['expected']) - Number(params['actual'])
  const row = at.written.trimEnd()
  if (missing > 0) {
    const middle = row.indexOf('||')
    const title = ['补上缺少的格', 'Add the missing cells'] as const
    return [
      insert(at, title, start + row.length, ' - |'.repeat(missing)),
      ...(middle < 0 ? [] : [insert(at, title, start + middle, `| -`.repeat(missing) + ' ')]),
    ]
  }
  const kept = row.split('|').slice(0, missing - 1)
  const title = ['删去多余的格', 'Remove the cells too many'] as const
  return [replace(at, title, { start, end: start + row.length }, `${kept.join('|')}|`)]
}

function gridOf({ around }: Case): GridNode | undefined {
  return around && 'grid' in around ? around.grid : undefined
}

function columnTypeName({ subject, type }: Column): string {
  return type?.name.text ?? (subject.kind === 'name' ? subject.name : '')
}

/** Marks the enums of the table's columns as ordered. */
function* orderedEnums(at: Case): Generator<Draft> {
  const grid = gridOf(at)
  const named = new Set([...(grid?.inputs ?? []), ...(grid?.outputs ?? [])].map(columnTypeName))
  for (const { name, ordered, label } of declared(at, 'enum'))
    if (!ordered && named.has(name.text))
      yield insert(
        at,
        [`让「${name.text}」有次序`, `Make “${name.text}” ordered`],
        (label ?? name).end,
        ' ordered',
      )
}

/** The columns of the table that a test is about. */
function columnNames(at: Case): string[] {
  const name = at.diagnostic.params['name']
  const table = declared(at, 'table').find(each => each.name.text === name)
  const columns = [...(table?.grid.inputs ?? []), ...(table?.grid.outputs ?? [])]
  return [
    ...columns.map(({ subject, start }) =>
      subject.kind === 'name' ? subject.name : at.source.slice(start, subject.end),
    ),
    ...(table?.computed ?? []).map(each => each.name.text),
  ]
}

function commonLetters(a: string, b: string): number {
  return [...a].filter(char => b.includes(char)).length
}

/** A word in front of the table's brace. */
function* policyWord(at: Case, word: 'partial' | 'first'): Generator<Draft> {
  const { around } = at
  if (around?.kind !== 'table' && around?.kind !== 'route') return
  const title =
    word === 'partial'
      ? (['标记为 partial', 'Mark it as partial'] as const)
      : (['命中方式改为 first', 'Let the first row win'] as const)
  const { policy, label, name } = around
  if (policy && word === 'first') yield replace(at, title, policy, 'first')
  else if (policy) yield insert(at, title, policy.start, `${word} `)
  else yield insert(at, title, (label ?? name).end, ` ${word}`)
}

/** Bounds that leave out their end take it in, a row at a time. */
function* widened(at: Case): Generator<Draft> {
  for (const { cell, item } of boundsOf(gridOf(at)?.rows ?? [])) {
    const text = at.source.slice(cell.start, cell.end)
    const wider = item.operator === '<' || item.operator === '>' ? `${item.operator}=` : undefined
    if (wider) yield changeTo(at, cell, text.replace(/^[<>＜＞]/, wider))
    else if (text.includes('..<')) yield changeTo(at, cell, text.replace('..<', '..'))
  }
}

function* elseRow(at: Case): Generator<Draft> {
  const grid = gridOf(at)
  const last = grid?.rows.at(-1)
  if (!grid || !last || last.isElse) return
  const outputs = grid.outputs.map(() => ' - |').join('')
  const end = last.start + at.source.slice(last.start, last.end).trimEnd().length
  const indent = /[ \t\u3000]*$/.exec(at.source.slice(0, last.start))![0]
  yield insert(at, ['补一行 else', 'Add an else row'], end, `\n${indent}| else ||${outputs}`)
}

/** In the row that overlaps: a bound leaves its end out, a cell that says nothing says what the other row does not. */
function* narrowed(at: Case): Generator<Draft> {
  const rows = gridOf(at)?.rows ?? []
  const [first, second] = ['first', 'second'].map(key => rows[Number(at.diagnostic.params[key]) - 1])
  if (!first || !second) return
  for (const { cell, item } of boundsOf([second, first])) {
    const text = at.source.slice(cell.start, cell.end)
    if (item.operator === '<=' || item.operator === '>=')
      yield changeTo(at, cell, text.replace(/^([<>])=/, '$1'))
    else if (/\.\.(?!<)/.test(text)) yield changeTo(at, cell, text.replace('..', '..<'))
  }
  for (const [index, cell] of second.inputs.entries()) {
    const other = first.inputs[index]
    if (!other || cell.items.length > 0 || other.items.length === 0) continue
    const text = at.source.slice(other.start, other.end).trim()
    yield changeTo(at, cell, other.negated ? text.replace(/^not\s*/, '') : `not ${text}`)
  }
}

function boundsOf(rows: readonly Row[]): { cell: Cell; item: Cell['items'][number] }[] {
  return rows.flatMap(row =>
    row.inputs.flatMap(cell => (cell.items.length === 1 ? [{ cell, item: cell.items[0]! }] : [])),
  )
}

/** The row before the first of those that answer for it. */
function* movedUp(at: Case): Generator<Draft> {
  const rows = gridOf(at)?.rows ?? []
  const row = rows[Number(at.diagnostic.params['row']) - 1]
  const target = rows[Number(/\d+/.exec(at.diagnostic.params['rows'] ?? '')?.[0]) - 1]
  if (!row || !target) return
  const lineStart = (offset: number) => at.source.lastIndexOf('\n', offset - 1) + 1
  const end = at.source.indexOf('\n', row.end - 1)
  const own = { start: lineStart(row.start), end: end < 0 ? at.source.length : end + 1 }
  const text = at.source.slice(own.start, own.end)
  const to = lineStart(target.start)
  const { file } = at.diagnostic
  yield {
    title: [
      `移到第 ${at.diagnostic.params['rows']} 行之前`,
      `Move it before row ${at.diagnostic.params['rows']}`,
    ],
    edits: [
      { file, start: to, end: to, text: text.endsWith('\n') ? text : `${text}\n` },
      { file, ...own, text: '' },
    ],
  }
}

/** Ranges written from high to low. */
function* swapped(at: Case): Generator<Draft> {
  const row = gridOf(at)?.rows.find(({ start }) => start === at.diagnostic.start)
  for (const cell of row?.inputs ?? []) {
    const text = at.source.slice(cell.start, cell.end)
    const [, from, dots, to] = /^(.+?)(\.\.<?)(.+)$/.exec(text.trim()) ?? []
    if (from && to) yield changeTo(at, cell, `${to}${dots}${from}`)
  }
}

/** A sheet that the pack does have, the likeliest first, or no sheet at all. */
function* sheets(at: Case): Iterable<Draft> {
  const folder = at.diagnostic.file.slice(0, at.diagnostic.file.lastIndexOf('/') + 1)
  const names = Object.keys(at.texts)
    .filter(path => isSheet(path) && path.startsWith(folder))
    .map(path => path.slice(folder.length))
  const near = nearWords(at.diagnostic.params['name']!, names)
  for (const name of [...near, ...names.filter(each => !near.includes(each))])
    yield changeTo(at, at.diagnostic, `"${name}"`)
  const start = at.source.lastIndexOf('rows', at.diagnostic.start)
  if (start >= 0) yield takeOut(at, ['不用表格', 'Without a sheet'], { start, end: at.diagnostic.end })
}
