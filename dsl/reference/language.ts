import { wordDocs } from '#dsl/service'
import { declarationWords, keywords, nextWords } from '#dsl/syntax'
import { languageExample, languageExamples, languagePrelude } from './language-examples.ts'

/** The language by its words: what each declaration is for, the clauses of its block, an example; then every other word. */
export function languagePage(): string {
  const declarations = Object.keys(languageExamples)
  const others = keywords.filter(word => !declarationWords.has(word))
  return [
    '# 语言 · Language',
    '例子里没有声明的名字，来自这一段：',
    'Names that an example does not declare come from this text:',
    fence(languagePrelude.trimEnd()),
    '## 声明 · Declarations',
    ...declarations.map(declarationEntry),
    '## 词 · Words',
    table(['', '中文', 'English', '例'], others.map(wordRow)),
    '## 类型 · Types',
    table(['', '中文', 'English', '例'], wordsOfKind('type').map(wordRow)),
    '',
  ].join('\n\n')
}

function declarationEntry(word: string): string {
  const { zh = '', en = '' } = wordDocs.get(word) ?? {}
  const clauses = clausesOf(word)
  return [
    `### \`${word}\``,
    `${zh} ${en}`,
    ...(clauses.length === 0 ? [] : [`子句 · Clauses: ${clauses.map(each => `\`${each}\``).join(' ')}`]),
    fence(languageExamples[word]!),
  ].join('\n\n')
}

/** The words that the grammar lets a clause of the example's block begin with. */
function clausesOf(word: string): string[] {
  const text = languageExample(word)
  const brace = text.indexOf('{', text.length - languageExamples[word]!.length - 1)
  return brace < 0 ? [] : [...nextWords(`${text.slice(0, brace + 1)}\n`, brace + 2).keywords]
}

function wordsOfKind(kind: 'type'): string[] {
  return [...wordDocs].flatMap(([word, doc]) => (doc.kind === kind ? [word] : []))
}

function wordRow(word: string): readonly string[] {
  const { zh = '', en = '', example = '' } = wordDocs.get(word) ?? {}
  return [`\`${word}\``, zh, en, `\`${example}\``]
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map(cell => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), `|${head.map(() => '---').join('|')}|`, ...rows.map(line)].join('\n')
}

const fence = (text: string) => `\`\`\`axle-part\n${text}\n\`\`\``
