import { builtins } from '#core/expression'
import { scalarKinds } from '#core/values'
import { checkPack } from '#dsl/check'
import type { Language } from '#dsl/diagnostics'
import { keywords, lex, type Span } from '#dsl/syntax'
import { migrateLine } from './migrate-line.ts'
import { kindOf, type Occurrence } from './symbol.ts'
import { indexSymbols, type SymbolIndex } from './symbol-index.ts'
import { applyEdits, type TextEdit } from './text-edit.ts'
import type { Texts } from './texts.ts'

export type Renaming =
  | { readonly isOk: true; readonly edits: readonly TextEdit[] }
  /** Why not, as a sentence for people. */
  | { readonly isOk: false; readonly reason: string }

export interface RenameRequest {
  readonly file: string
  readonly offset: number
  readonly name: string
  readonly language?: Language
}

/** The name at an offset when it may be renamed: its place and what it reads now. */
export function renameable(
  texts: Texts,
  file: string,
  offset: number,
): (Span & { text: string }) | undefined {
  const index = indexSymbols(texts)
  const found = index.at(file, offset)
  if (!found || refusalOf(index, found)) return undefined
  const { start, end } = found
  return { start, end, text: texts[file]!.slice(start, end) }
}

/**
 * Renames what stands at an offset at every use, and says where tickets in flight find what they hold of it. Refused when the new name is no free name: afterwards the pack must
 * check the same, and every name must still mean what it meant.
 */
export function rename(texts: Texts, { file, offset, name, language = 'zh' }: RenameRequest): Renaming {
  const index = indexSymbols(texts)
  const found = index.at(file, offset)
  const wanted = name.normalize('NFC')
  const refusal = found ? (refusalOf(index, found) ?? nameRefusal(wanted)) : reasons.nothing
  if (refusal) return { isOk: false, reason: refusal[language] }
  const edits = index
    .of(found!.symbol)
    .map(({ file, start, end }) => ({ file, start, end, text: wanted }))
    .filter(({ file, start, end }) => texts[file]!.slice(start, end) !== wanted)
  const after = applyEdits(texts, edits)
  const isSame = meansTheSame(index, indexSymbols(after)) && checksTheSame(texts, after)
  if (!isSame) return { isOk: false, reason: reasons.clash[language] }
  const isOther = texts[file]!.slice(found!.start, found!.end) !== wanted
  const line = isOther ? migrateLine(texts, { symbol: found!.symbol, name: wanted }) : []
  const told = withLine(edits, line)
  // Why tried: a block may say already where things go.
  return { isOk: true, edits: checksTheSame(texts, applyEdits(texts, told)) ? told : edits }
}

/** Why: what the line takes out may hold a place that would be renamed. */
function withLine(edits: readonly TextEdit[], line: readonly TextEdit[]): TextEdit[] {
  const isInside = (edit: TextEdit) =>
    line.some(
      each =>
        each.file === edit.file && each.start <= edit.start && edit.end <= each.end && each.start < each.end,
    )
  return [...edits.filter(edit => !isInside(edit)), ...line]
}

const reasons = {
  nothing: { zh: '这里没有可以改名的名字。', en: 'There is no name to change here.' },
  outside: { zh: '它不是在这些文件里声明的，不能改名。', en: 'It is not declared in these files.' },
  code: {
    zh: '动作的代码用着这个名字；改名要和代码一起做。',
    en: 'The action’s code uses this name; change it together with the code.',
  },
  release: { zh: '包名是发布的身份，不能改。', en: 'A pack’s name is what its releases are known by.' },
  shape: {
    zh: '名字由字母、数字、下划线或汉字组成，不以数字开头，不含空格和标点。',
    en: 'A name is letters, digits, underscores or Chinese characters, and does not begin with a digit.',
  },
  keyword: { zh: '这是语言的关键字。', en: 'That is a keyword of the language.' },
  builtin: { zh: '这个名字是内置的。', en: 'That name is built in.' },
  clash: {
    zh: '这个名字已经有别的含义，改名后会有用处指向别处或检查不通过。',
    en: 'The name is taken: some use would mean something else, or the pack would not check the same.',
  },
} as const

type Reason = { readonly zh: string; readonly en: string }

function refusalOf(index: SymbolIndex, { symbol }: Occurrence): Reason | undefined {
  const kind = kindOf(symbol)
  if (kind === 'pack') return reasons.release
  if (kind === 'action' || kind === 'parameter' || kind === 'outcome') return reasons.code
  return index.definitionsOf(symbol).length === 0 ? reasons.outside : undefined
}

const known: ReadonlySet<string> = new Set([
  ...Object.keys(builtins),
  ...scalarKinds,
  ...['set', 'list', 'map', 'known', 'last', 'customer', 'staff', 'store', 'assignee', 'admin', 'today'],
  ...[
    'upstream',
    'downstream',
    'notified',
    'sent',
    'assigned',
    'deferred',
    'dropped',
    'held',
    'complaints',
    'purpose',
    'fault',
    'run',
  ],
])

function nameRefusal(name: string): Reason | undefined {
  const [token, ...rest] = lex(name)
  if (
    !token ||
    rest.length > 0 ||
    token.image !== name ||
    !/^[A-Za-z_\u00c0-\u024f\u3400-\u9fff\uf900-\ufaff]/.test(name)
  )
    return reasons.shape
  if (keywords.includes(name)) return reasons.keyword
  return known.has(name) ? reasons.builtin : undefined
}

/** The same places belong together before and after. */
function meansTheSame(before: SymbolIndex, after: SymbolIndex): boolean {
  const forth = new Map<string, string>()
  const back = new Map<string, string>()
  return (
    before.occurrences.length === after.occurrences.length &&
    before.occurrences.every((each, at) => {
      const now = after.occurrences[at]!
      if (!forth.has(each.symbol)) forth.set(each.symbol, now.symbol)
      if (!back.has(now.symbol)) back.set(now.symbol, each.symbol)
      const isSame = forth.get(each.symbol) === now.symbol && back.get(now.symbol) === each.symbol
      return isSame && each.isDefinition === now.isDefinition && each.file === now.file
    })
  )
}

function checksTheSame(before: Texts, after: Texts): boolean {
  const codes = (texts: Texts) => checkPack(texts).diagnostics.map(({ file, code }) => `${file} ${code}`)
  return codes(before).join() === codes(after).join()
}
