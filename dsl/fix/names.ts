import { nearNames, nearWords, pathOf } from '#dsl/service'
import { lex, type Span } from '#dsl/syntax'
import {
  changeTo,
  clauseIn,
  declare,
  declared,
  insert,
  namesOf,
  replace,
  takeOut,
  type Case,
  type Draft,
  type Drafter,
  type Title,
} from './draft.ts'

/** Ways out for names: what was meant, what is to be declared, what is to be called otherwise. */
export const nameFixes: Readonly<Record<string, Drafter>> = {
  AX1011: renamedEverywhere,
  AX2001: duplicate,
  AX2002: function* (at) {
    yield* meant(at)
    yield* missing(at)
  },
  AX2003: function* (at) {
    const { written } = at
    if (saidTypes[written]) yield changeTo(at, at.diagnostic, saidTypes[written])
    yield* meant(at)
    if (isName(written))
      yield declare(
        at,
        [`声明枚举「${written}」`, `Declare the enum “${written}”`],
        `enum ${written} { 其他 }`,
      )
  },
  AX2004: at => [
    insert(at, ['在开头写上 pack', 'Begin with a pack'], 0, 'pack shop "我的行业包" version 1\n\n'),
  ],
  AX2005: libraryKey,
  AX2006: usedPack,
  AX2007: at =>
    clauseIn(at, ['先写一个取值「其他」', 'Begin with a value 其他'], {
      ...{ from: at.diagnostic.start, text: '其他', place: 'first' },
    }),
  AX2008: function* (at) {
    const base = /^\s*extends\s+\S+?(?=[\s,，、]|$)/.exec(at.source.slice(at.diagnostic.end))
    const before = /\s*extends\s+$/.exec(at.source.slice(0, at.diagnostic.start))
    const title = ['不再继承', 'Extend no role'] as const
    if (before) yield replace(at, title, { start: before.index, end: at.diagnostic.end }, '')
    if (base)
      yield replace(at, title, { start: at.diagnostic.end, end: at.diagnostic.end + base[0].length }, '')
  },
}

/** How people call types who have not read the reference. */
const saidTypes: Readonly<Record<string, string>> = {
  ...{
    钱: 'money',
    金额: 'money',
    文字: 'text',
    文本: 'text',
    字符串: 'text',
    string: 'text',
    number: 'int',
  },
  ...{
    数: 'int',
    数字: 'int',
    整数: 'int',
    integer: 'int',
    decimal: 'number',
    float: 'number',
    日期: 'date',
  },
  ...{ 时间: 'time', 时刻: 'time', 时长: 'duration', 是否: 'bool', 布尔: 'bool', boolean: 'bool' },
  ...{ 百分比: 'percent', 照片: 'photo', 图片: 'photo', image: 'photo', 地区: 'region', 签名: 'signature' },
}

/** The names that may have been meant. Why the last word of the span first: behind a dot it is what was not found. */
export function* meant(at: Case): Generator<Draft> {
  const { diagnostic, index, written } = at
  for (const token of lex(written).toReversed()) {
    const span = { start: diagnostic.start + token.startOffset, end: diagnostic.start + token.endOffset }
    for (const name of nearNames(index, token.image)) yield changeTo(at, span, name)
  }
}

/** What the name may be wanted as; which of them it is, trying shows. */
function* missing(at: Case): Generator<Draft> {
  const { written } = at
  const path = written.split('.')
  const name = path.at(-1)!.normalize('NFC')
  if (!isName(name)) return
  const title = (zh: string, en: string): Title => [`声明${zh}「${name}」`, `Declare the ${en} “${name}”`]
  if (path.length === 1) {
    for (const [kind, zh] of [
      ['role', '角色'],
      ['team', '服务组'],
      ['skill', '技能'],
      ['party', '分账方'],
    ] as const)
      yield declare(at, title(zh, kind), `${kind} ${name}`)
    yield* nodeMissing(at, { name, title })
    yield* fieldMissing(at, { name, title })
    yield* valueMissing(at, { name, title })
    yield declare(at, title('营业时段', 'working hours'), `hours ${name} { mon..fri 09:00..18:00 }`)
    yield declare(at, title('设置', 'setting'), `setting ${name}: int in 0..10 default 1`)
    yield declare(at, title('词库', 'lexicon'), `lexicon ${name} { "待补充" }`)
    yield declare(at, title('客群', 'segment'), `segment ${name} = not customer.退订`)
    yield declare(at, title('模板', 'template'), `template ${name} { wecom "待补充" }`)
  }
  if (path.length !== 2) return
  for (const ticket of declared(at, 'ticket'))
    for (const end of ticket.ends)
      if (end.name.text === path[0] && end.outcomes.length > 0) {
        const last = end.outcomes.at(-1)!.name.end
        const behind = /^\s*\w*/.exec(at.source.slice(last))![0].length
        yield insert(at, title('结局', 'outcome'), last + behind, `, ${name} ok`)
      }
  for (const entity of declared(at, 'entity'))
    if (entity.name.text === path[0])
      yield* clauseIn(at, title('事件', 'event'), {
        from: entity.name.start,
        text: `event ${name}`,
        place: 'last',
      })
}

interface Wanted {
  readonly name: string
  readonly title: (zh: string, en: string) => Title
}

/** A station of the ticket around, with the first role and on to the first end. */
function* nodeMissing(at: Case, { name, title }: Wanted): Generator<Draft> {
  const { around } = at
  if (around?.kind !== 'ticket') return
  const [role] = namesOf(at, 'role')
  const [end] = around.ends
  const [outcome] = end?.outcomes ?? []
  if (!role || !end || !outcome) return
  const way = `node ${name} by ${role} { clock 时限 24h { at 100% notify upstream, downstream }; on 完成 -> ${end.name.text}.${outcome.name.text} }`
  yield insert(at, title('节点', 'node'), at.source.lastIndexOf('\n', end.start) + 1, `  ${way}\n`)
}

/** A field of the form or record that the finding is about. */
function* fieldMissing(at: Case, { name, title }: Wanted): Generator<Draft> {
  const { around } = at
  const form =
    around?.kind === 'ticket' || around?.kind === 'price'
      ? around.form.text
      : around?.kind === 'route'
        ? declared(at, 'ticket').find(node => around.name.text.startsWith(`${node.name.text}.`))?.form.text
        : around?.name.text
  for (const node of [...declared(at, 'form'), ...declared(at, 'entity')])
    if (node.name.text === form)
      for (const type of ['text', 'money', 'int', 'bool'])
        yield* clauseIn(at, title(`字段（${type}）`, `${type} field`), {
          ...{ from: node.name.start, text: `${name}: ${type}`, place: 'last' },
        })
}

function* valueMissing(at: Case, { name, title }: Wanted): Generator<Draft> {
  for (const node of declared(at, 'enum')) {
    const last = node.values.at(-1)
    if (last)
      yield insert(
        at,
        title(`「${node.name.text}」的取值`, `value of ${node.name.text}`),
        last.end,
        `, ${name}`,
      )
  }
}

function isName(text: string): boolean {
  const [token, ...rest] = lex(text)
  return token !== undefined && rest.length === 0 && /^[\p{L}_]/u.test(text)
}

function* duplicate(at: Case): Generator<Draft> {
  const { diagnostic, written } = at
  if (written !== diagnostic.params['name'])
    return yield takeOut(at, ['删掉这一行', 'Remove this row'], diagnostic)
  yield takeOut(at, ['删掉重复的', 'Remove the second one'], diagnostic)
  const free = freeName(at, written)
  yield replace(at, [`改名为「${free}」`, `Rename to “${free}”`], diagnostic, free)
}

function renamedEverywhere(at: Case): Draft[] {
  const { index, diagnostic, written } = at
  const found = index.at(diagnostic.file, diagnostic.start)
  const free = freeName(at, written)
  const places: readonly (Span & { file: string })[] = found
    ? index.of(found.symbol)
    : [{ ...diagnostic, file: diagnostic.file }]
  const edits = places.map(({ file, start, end }) => ({ file, start, end, text: free }))
  return [{ title: [`改名为「${free}」`, `Rename to “${free}”`], edits }]
}

/** The name with the first number that nobody bears. */
function freeName({ index }: Case, name: string): string {
  const taken = new Set(index.occurrences.map(({ symbol }) => pathOf(symbol).split('.').at(-1)))
  let number = 2
  while (taken.has(`${name}${number}`)) number++
  return `${name}${number}`
}

function* libraryKey(at: Case): Generator<Draft> {
  const { around } = at
  if (around?.kind !== 'library' && around?.kind !== 'entity') return
  for (const { name, type } of around.fields)
    if (type.name.text === 'text')
      yield insert(at, [`用「${name.text}」作主键`, `Make “${name.text}” its key`], type.end, ' key')
}

function* usedPack(at: Case): Generator<Draft> {
  const { around, texts, diagnostic } = at
  if (around?.kind !== 'use') return
  const { name, version } = diagnostic.params
  for (const [path, text] of Object.entries(texts)) {
    const [, there] = path.startsWith(`@${name}/`) ? (/\bpack\b.*?version\s+(\d+)/.exec(text) ?? []) : []
    const offset = /version\s+/.exec(at.source.slice(around.start, around.end))
    if (!there || !offset) continue
    const start = around.start + offset.index + offset[0].length
    yield changeTo(at, { start, end: start + version!.length }, there)
  }
  for (const known of nearWords(
    name!,
    Object.keys(texts).flatMap(path => /^@([^/]+)\//.exec(path)?.[1] ?? []),
  ))
    yield changeTo(at, diagnostic, known)
  yield takeOut(at, ['去掉这个 use', 'Remove this use'], around)
}
