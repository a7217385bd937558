import type { Language } from '#dsl/diagnostics'
import { lex, type Token, type TypeNode } from '#dsl/syntax'
import { modelOf, type Model } from './model.ts'
import type { Texts } from './texts.ts'
import { wordDocs } from './word-docs.ts'

/** What a call takes, and which argument the caret is in (from 0). */
export interface Signature {
  readonly name: string
  readonly parameters: readonly string[]
  readonly active: number
  readonly doc: string
}

/** The call around an offset: of a table, a price, an action, a template or a function; undefined outside of one. */
export function signatureAt(
  texts: Texts,
  { file, offset, language = 'zh' }: { file: string; offset: number; language?: Language },
): Signature | undefined {
  const tokens = lex(texts[file] ?? '').filter(token => token.endOffset <= offset)
  const call = callAround(tokens)
  if (!call) return undefined
  const found = parametersOf(modelOf(texts), call.name, language)
  if (!found) return undefined
  const named = found.parameters.findIndex(
    each => call.named !== undefined && each.split(':')[0] === call.named,
  )
  const last = Math.max(found.parameters.length - 1, 0)
  return { name: call.name, ...found, active: named >= 0 ? named : Math.min(call.commas, last) }
}

interface Call {
  readonly name: string
  readonly commas: number
  /** The input that the current argument names. */
  readonly named: string | undefined
}

function callAround(tokens: readonly Token[]): Call | undefined {
  let depth = 0
  let commas = 0
  let named: string | undefined
  for (let at = tokens.length - 1; at >= 0; at--) {
    const { image } = tokens[at]!
    if (')]）】}｝'.includes(image)) depth++
    else if (depth > 0 && '([（【{｛'.includes(image)) depth--
    else if ('[【{｛'.includes(image)) return undefined
    else if (image === '(' || image === '（') return { name: nameBefore(tokens, at), commas, named }
    else if (depth === 0 && (image === ':' || image === '：') && commas === 0) named ??= tokens[at - 1]?.image
    else if (depth === 0 && ',，、'.includes(image)) commas++
  }
  return undefined
}

/** `erp.退款` before its parenthesis. */
function nameBefore(tokens: readonly Token[], at: number): string {
  let from = at - 1
  while (from >= 2 && (tokens[from - 1]!.image === '.' || tokens[from - 1]!.image === '．')) from -= 2
  const words = tokens.slice(Math.max(from, 0), at).map(token => token.image)
  return words.join('').replaceAll('．', '.').normalize('NFC')
}

function parametersOf(
  { tables, actions, prices, placed }: Model,
  name: string,
  language: Language,
): Pick<Signature, 'parameters' | 'doc'> | undefined {
  const table = tables.get(name)
  if (table)
    return {
      doc: table.label?.value ?? '',
      parameters: table.grid.inputs.map(({ subject, type }) =>
        typed(subject.kind === 'name' ? subject.name : '…', type),
      ),
    }
  const action = actions.get(name)
  if (action)
    return {
      doc: action.label?.value ?? '',
      parameters: action.inputs.map(input => typed(input.name.text, input.type)),
    }
  const template = placed.find(({ node }) => node.kind === 'template' && node.name.text === name)?.node
  if (template?.kind === 'template')
    return {
      doc: template.label?.value ?? '',
      parameters: template.parameters.map(each => `${each.name.text}: ${each.type.text}`),
    }
  const price = prices.get(name)
  if (price) return { doc: price.label?.value ?? '', parameters: [price.form.text] }
  const doc = wordDocs.get(name)
  return doc?.parameters && { doc: doc[language], parameters: doc.parameters }
}

function typed(name: string, type: TypeNode | undefined): string {
  return type ? `${name}: ${type.name.text}` : name
}
