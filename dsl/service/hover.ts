import { checkPack } from '#dsl/check'
import type { Blueprint } from '#core/blueprint'
import { costOf } from '#core/expression'
import { byKind, explainAsked, explainBounds, sendBounds } from '#core/limit'
import { answerType } from '#core/table'
import { printType } from '#core/values'
import type { Language } from '#dsl/diagnostics'
import { readDeclaration, readNode, readParallel } from '#dsl/reading'
import { lex, type Span } from '#dsl/syntax'
import { hoursText } from './hours-text.ts'
import { kindWords } from './kind-words.ts'
import { stationsOf } from './model.ts'
import { kindOf, pathOf, type Occurrence, type SymbolKind } from './symbol.ts'
import { indexSymbols, type SymbolIndex } from './symbol-index.ts'
import type { Texts } from './texts.ts'
import { wordDocs } from './word-docs.ts'

/** What is to be known of the word under the pointer. */
export interface Hover extends Span {
  readonly name: string
  /** In words: 节点, field, … */
  readonly kind: string
  readonly label: string
  readonly type: string
  /** Facts, a sentence each: the default of a setting (what a tenant has set is not in the texts), how a field is worked out, when a clock runs. */
  readonly facts: readonly string[]
  readonly example: string
}

/** Explains the name or the word at an offset; undefined where there is nothing to say. */
export function hover(
  texts: Texts,
  { file, offset, language = 'zh' }: { file: string; offset: number; language?: Language },
): Hover | undefined {
  const index = indexSymbols(texts)
  const found = index.at(file, offset)
  return found ? hoverName({ texts, index, language }, found) : hoverWord(texts[file] ?? '', offset, language)
}

/** The same as Markdown, for editors that show it so. */
export function hoverText({ name, kind, label, type, facts, example }: Hover): string {
  const title = `**${name}** ${label && label !== name ? `“${label}” ` : ''}· ${kind}${type ? ` · \`${type}\`` : ''}`
  return [title, ...facts, ...(example ? ['```axle\n' + example + '\n```'] : [])].join('\n\n')
}

function hoverWord(source: string, offset: number, language: Language): Hover | undefined {
  const token = lex(source).find(each => each.startOffset <= offset && offset < each.endOffset)
  const doc = token && wordDocs.get(token.image)
  if (!token || !doc) return undefined
  return {
    ...{ start: token.startOffset, end: token.endOffset, name: token.image },
    ...{
      kind: kindWords[language][doc.kind],
      label: '',
      type: '',
      facts: [doc[language]],
      example: doc.example,
    },
  }
}

interface Asked {
  readonly texts: Texts
  readonly index: SymbolIndex
  readonly language: Language
}

function hoverName(asked: Asked, { symbol, start, end }: Occurrence): Hover {
  const { texts, index, language } = asked
  const [definition] = index.definitionsOf(symbol)
  const kind = kindOf(symbol)
  const name = pathOf(symbol)
  const about: About = {
    ...{ kind, name, language, blueprint: checkPack(texts).blueprint },
    source: definition ? texts[definition.file]! : '',
    definition,
    index,
  }
  return {
    ...{ start, end, name, kind: kindWords[language][kind], example: '' },
    label: definition ? labelBehind(about.source, definition.end) : '',
    type: typeOf(about),
    facts: [...factsOf(about), ...readingOf(about)],
  }
}

/** So many sentences of a declaration are told. */
const MAX_SENTENCES = 4

/** What a declaration or a node says, as a Chinese sentence; nothing in English. */
function readingOf({ kind, name, language, blueprint, index, definition }: About): string[] {
  if (language !== 'zh' || !definition) return []
  const [owner = '', part = ''] = name.split('.')
  const ticket = blueprint.tickets[owner]
  if (kind === 'node') return ticket?.nodes[part] ? [readNode(blueprint, ticket, part)] : []
  if (kind === 'parallel') return ticket?.parallels[part] ? [readParallel(blueprint, ticket, part)] : []
  const node = index.model.placed.find(
    each => each.file === definition.file && each.node.name.start === definition.start,
  )?.node
  if (!node || node.kind === 'enum' || node.kind === 'setting' || node.kind === 'hours') return []
  const said = readDeclaration(blueprint, node)
  return said.length > MAX_SENTENCES ? [...said.slice(0, MAX_SENTENCES), '……'] : said
}

interface About {
  readonly kind: SymbolKind
  readonly name: string
  readonly language: Language
  readonly blueprint: Blueprint
  readonly source: string
  readonly definition: Occurrence | undefined
  readonly index: SymbolIndex
}

function labelBehind(source: string, end: number): string {
  return /^[ \t\u3000]*["“”＂]([^"“”＂\n]*)["“”＂]/.exec(source.slice(end))?.[1] ?? ''
}

function fieldOf({ kind, name, blueprint }: About) {
  const [owner = '', field = ''] = name.split('.')
  return (kind === 'field' ? blueprint.entities : blueprint.forms)[owner]?.fields[field]
}

function typeOf(about: About): string {
  const { kind, name, blueprint } = about
  const [owner, member] = name.split('.')
  const type =
    kind === 'field' || kind === 'form-field'
      ? fieldOf(about)?.type
      : kind === 'setting'
        ? blueprint.settings[name]?.type
        : kind === 'column'
          ? columnsOf(blueprint, owner).find(column => column.name === member)?.type
          : undefined
  return type ? printType(type) : ''
}

function columnsOf({ tables }: Blueprint, name = '') {
  const table = tables[name]
  if (!table) return []
  const outputs = table.outputs.map(({ name, type }) => ({ name, type: answerType(table.policy, type) }))
  return [...table.inputs, ...outputs, ...table.computed]
}

function factsOf(about: About): string[] {
  const { kind, name, blueprint, language } = about
  const zh = language === 'zh'
  if (kind === 'setting') return clauseFacts(about, ['default'], zh ? '默认' : 'Default')
  if (kind === 'field' || kind === 'form-field' || kind === 'column') {
    const isComputed =
      kind === 'column'
        ? columnsOf(blueprint, name.split('.')[0]).some(c => c.name === name.split('.')[1] && 'value' in c)
        : fieldOf(about)?.computed
    const worked = isComputed ? clauseFacts(about, ['='], zh ? '算出' : 'Worked out as') : []
    return [...worked, ...costFacts(about)]
  }
  if (kind === 'hours') return blueprint.hours[name] ? [hoursText(blueprint.hours[name], language)] : []
  if (kind === 'clock') return clockFacts(about)
  if (kind === 'sop')
    return byKind(sendBounds(blueprint)).flatMap(bounds => explainAsked(bounds, name)?.[language] ?? [])
  if (kind === 'limit') return byKind(sendBounds(blueprint)).map(bounds => explainBounds(bounds)[language])
  if (kind === 'node') {
    const [ticket = '', node = ''] = name.split('.')
    const by = blueprint.tickets[ticket]?.nodes[node]?.by
    return by ? [`${zh ? '由' : 'By'} ${by}`] : []
  }
  return []
}

/** The bound on what working a computed field out may take. */
function costFacts(about: About): string[] {
  const { kind, name, blueprint, language } = about
  const computed = kind === 'column' ? undefined : fieldOf(about)?.computed
  if (!computed) return []
  const [owner = ''] = name.split('.')
  const fields = (kind === 'field' ? blueprint.entities : blueprint.forms)[owner]?.fields ?? {}
  const most = costOf(blueprint, computed, field => fields[field]?.computed).toLocaleString('en')
  return [language === 'zh' ? `最多 ${most} 步算完` : `At most ${most} steps`]
}

/** What stands behind a mark on the definition's line, up to the next clause or the comment. */
function clauseFacts({ source, definition }: About, marks: readonly string[], title: string): string[] {
  const rest = definition ? source.slice(definition.end).split(/\n|\/\//)[0]! : ''
  return marks.flatMap(mark => {
    const at = mark === '=' ? rest.search(/[=＝]/) : rest.indexOf(` ${mark} `)
    const text = at < 0 ? '' : rest.slice(at + (mark === '=' ? 1 : mark.length + 2))
    const clause = text.split(mark === '=' ? / (?:required|visible|help)\b/ : / (?:help|in)\b/)[0]!.trim()
    return clause ? [`${title}: \`${clause}\``] : []
  })
}

/** The clock's time and, where it counts working time, when that is. */
function clockFacts({ name, index, source, definition, blueprint, language }: About): string[] {
  const [ticketName = '', clockName = ''] = name.split('.')
  const ticket = index.model.tickets.get(ticketName)
  const clocks = ticket ? [...ticket.clocks, ...stationsOf(ticket).flatMap(node => node.clocks)] : []
  const times = clocks
    .filter(clock => clock.name.text === clockName)
    .map(({ duration }) => source.slice(duration.start, duration.end))
  const hours = definition && [...new Set(times.flatMap(time => / of (\S+)$/.exec(time)?.[1] ?? []))]
  const working = (hours ?? []).flatMap(each =>
    blueprint.hours[each] ? [`${each}: ${hoursText(blueprint.hours[each], language)}`] : [],
  )
  return [[...new Set(times)].map(time => `\`${time}\``).join(', '), ...working].filter(fact => fact !== '')
}
