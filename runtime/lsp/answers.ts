import { fixesAt } from '#dsl/fix'
import { format } from '#dsl/format'
import {
  complete,
  definitionAt,
  folds,
  hover,
  hoverText,
  inlayHints,
  outline,
  referencesAt,
  rename,
  renameable,
  semanticTokens,
  signatureAt,
  type CompletionItem,
  type OutlineItem,
  type TextEdit,
  type Texts,
} from '#dsl/service'
import { createPositions, offsetOf, positionOf, rangeOf, type Position, type Range } from './position.ts'
import { tokenTypes, tokenTypeOf } from './token-types.ts'

/** Where a question is asked: a file of a pack, whose paths are URIs. */
export interface Asked {
  readonly texts: Texts
  readonly uri: string
  readonly language: 'zh' | 'en'
}

/** What a request may carry besides its document. */
export interface Params {
  readonly position?: Position
  readonly range?: Range
  readonly newName?: string
}

/** A request that is refused with a sentence for people. */
export class Refusal extends Error {}

type Answer = (asked: Asked, params: Params) => unknown

/** The questions about a document, by the method that asks them. */
export const answers: Readonly<Record<string, Answer>> = {
  'textDocument/completion': ({ texts, uri }, params) => {
    const { items, replace } = complete(texts, uri, offsetIn(texts, uri, params))
    const range = rangeOf(texts[uri]!, replace)
    return { isIncomplete: true, items: items.map((item, index) => completionOf(item, { range, index })) }
  },
  'textDocument/hover': ({ texts, uri, language }, params) => {
    const found = hover(texts, { file: uri, offset: offsetIn(texts, uri, params), language })
    return found
      ? { contents: { kind: 'markdown', value: hoverText(found) }, range: rangeOf(texts[uri]!, found) }
      : null
  },
  'textDocument/definition': ({ texts, uri }, params) =>
    definitionAt(texts, uri, offsetIn(texts, uri, params)).map(place => locationOf(texts, place)),
  'textDocument/references': ({ texts, uri }, params) =>
    referencesAt(texts, uri, offsetIn(texts, uri, params)).map(place => locationOf(texts, place)),
  'textDocument/documentHighlight': ({ texts, uri }, params) =>
    referencesAt(texts, uri, offsetIn(texts, uri, params))
      .filter(({ file }) => file === uri)
      .map(place => ({ range: rangeOf(texts[uri]!, place) })),
  'textDocument/prepareRename': ({ texts, uri }, params) => {
    const found = renameable(texts, uri, offsetIn(texts, uri, params))
    return found ? { range: rangeOf(texts[uri]!, found), placeholder: found.text } : null
  },
  'textDocument/rename': ({ texts, uri, language }, params) => {
    const offset = offsetIn(texts, uri, params)
    const renaming = rename(texts, { file: uri, offset, name: params.newName ?? '', language })
    if (!renaming.isOk) throw new Refusal(renaming.reason)
    return { changes: changesOf(texts, renaming.edits) }
  },
  'textDocument/foldingRange': ({ texts, uri }) =>
    folds(texts[uri]!).map(({ kind, ...span }) => {
      const { start, end } = rangeOf(texts[uri]!, span)
      const isComment = kind === 'comment'
      const endLine = isComment ? end.line : Math.max(end.line - 1, start.line)
      return { startLine: start.line, endLine, ...(isComment && { kind }) }
    }),
  'textDocument/semanticTokens/full': ({ texts, uri }) => ({ data: tokenData(texts, uri) }),
  'textDocument/inlayHint': ({ texts, uri, language }, { range }) => {
    const [from, to] = range
      ? [offsetOf(texts[uri]!, range.start), offsetOf(texts[uri]!, range.end)]
      : [0, Infinity]
    return inlayHints(texts, uri, language)
      .filter(({ offset }) => offset >= from && offset <= to)
      .map(({ offset, text, kind }) => {
        const isRow = kind === 'row'
        return {
          ...{ position: positionOf(texts[uri]!, offset), label: text },
          ...{ paddingLeft: !isRow, paddingRight: isRow },
        }
      })
  },
  'textDocument/codeAction': ({ texts, uri, language }, { range }) => {
    const at = range ?? { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } }
    const span = { start: offsetOf(texts[uri]!, at.start), end: offsetOf(texts[uri]!, at.end) }
    return fixesAt(texts, { file: uri, span, language }).map(({ title, edits }) => ({
      ...{ title, kind: 'quickfix', edit: { changes: changesOf(texts, edits) } },
    }))
  },
  'textDocument/signatureHelp': ({ texts, uri, language }, params) => {
    const found = signatureAt(texts, { file: uri, offset: offsetIn(texts, uri, params), language })
    if (!found) return null
    const { name, parameters, active, doc } = found
    const signature = {
      label: `${name}(${parameters.join(', ')})`,
      documentation: doc,
      parameters: parameters.map(label => ({ label })),
    }
    return { signatures: [signature], activeSignature: 0, activeParameter: active }
  },
  'textDocument/documentSymbol': ({ texts, uri }) =>
    outline({ [uri]: texts[uri]! }).map(row => symbolOf(texts[uri]!, row)),
  'textDocument/formatting': ({ texts, uri }) => {
    const source = texts[uri]!
    const text = format(source)
    return text === source
      ? []
      : [{ range: rangeOf(source, { start: 0, end: source.length }), newText: text }]
  },
}

function offsetIn(texts: Texts, uri: string, { position }: Params): number {
  return offsetOf(texts[uri]!, position ?? { line: 0, character: 0 })
}

function locationOf(texts: Texts, { file, start, end }: { file: string; start: number; end: number }) {
  return { uri: file, range: rangeOf(texts[file]!, { start, end }) }
}

function changesOf(texts: Texts, edits: readonly TextEdit[]) {
  const byFile = Map.groupBy(edits, edit => edit.file)
  return Object.fromEntries(
    [...byFile].map(([file, all]) => [
      file,
      all.map(edit => ({ range: rangeOf(texts[file]!, edit), newText: edit.text })),
    ]),
  )
}

/** The protocol's numbers for what is offered. */
const completionKinds: Record<CompletionItem['kind'], number> = {
  ...{ keyword: 14, node: 23, field: 5, type: 7, value: 20, role: 18, function: 3, name: 6 },
}

function completionOf(item: CompletionItem, { range, index }: { range: Range; index: number }) {
  const { name, kind, detail } = item
  return {
    ...{ label: name, kind: completionKinds[kind], textEdit: { range, newText: name } },
    ...{ sortText: String(index).padStart(4, '0'), ...(detail && { detail }) },
  }
}

const CLASS_SYMBOL = 5
const EVENT_SYMBOL = 24

function symbolOf(source: string, { name, label, kind, items, at, ...span }: OutlineItem): object {
  return {
    ...{ name, detail: label === name ? kind : `${kind} ${label}` },
    kind: kind === 'node' || kind === 'end' ? EVENT_SYMBOL : CLASS_SYMBOL,
    range: rangeOf(source, span),
    selectionRange: rangeOf(source, at),
    children: items.map(item => symbolOf(source, item)),
  }
}

/** Five numbers a token: lines and units since the last one, its length, its type, whether it defines. */
function tokenData(texts: Texts, uri: string): number[] {
  const positionAt = createPositions(texts[uri]!)
  let last: Position = { line: 0, character: 0 }
  return semanticTokens(texts, uri).flatMap(({ start, end, kind, isDefinition }) => {
    const at = positionAt(start)
    const line = at.line - last.line
    const character = line === 0 ? at.character - last.character : at.character
    last = at
    return [line, character, end - start, tokenTypes.indexOf(tokenTypeOf(kind)), isDefinition ? 1 : 0]
  })
}
