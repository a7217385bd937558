import type { Language } from '#dsl/diagnostics'
import { rename as renameAt, type TextEdit, type Texts } from '#dsl/service'
import type { Span } from '#dsl/syntax'
import { findSymbol, type Found } from './find.ts'
import { lineStart, ownLines } from './lines.ts'
import { outcomeOf, refused, type Outcome } from './outcome.ts'

/** Adds a declaration at the end of a file, a blank line behind what is there. */
export function addDeclaration(
  texts: Texts,
  { file, text }: { file: string; text: string },
  language: Language = 'zh',
): Outcome {
  const source = texts[file] ?? ''
  const gap = source === '' ? '' : source.endsWith('\n') ? '\n' : '\n\n'
  const at = source.length
  return outcomeOf(texts, [{ file, start: at, end: at, text: `${gap}${text.trim()}\n` }], language)
}

/** Takes a thing out with the comment right above it; `breaks` says what would be missing it. */
export function remove(texts: Texts, { symbol }: { symbol: string }, language: Language = 'zh'): Outcome {
  const found = findSymbol(texts, symbol)
  return found ? outcomeOf(texts, [removal(found)], language) : refused('missing', language)
}

function removal({ file, source, node }: Found): TextEdit {
  const own = ownLines(source, node)
  if (own) return { file, ...own, text: '' }
  const behind = /^[ \t]*[;；,，、]?[ \t]*/.exec(source.slice(node.end))![0].length
  return { file, start: node.start, end: node.end + behind, text: '' }
}

/** Gives a thing another name at every use. */
export function renameEverywhere(
  texts: Texts,
  { symbol, name }: { symbol: string; name: string },
  language: Language = 'zh',
): Outcome {
  const found = findSymbol(texts, symbol)
  if (!found) return refused('missing', language)
  const renaming = renameAt(texts, { file: found.file, offset: found.node.name.start, name, language })
  return renaming.isOk ? outcomeOf(texts, renaming.edits, language) : renaming
}

/** Moves a thing with its comments before another of the same file. */
export function reorder(
  texts: Texts,
  { symbol, before }: { symbol: string; before: string },
  language: Language = 'zh',
): Outcome {
  const [found, target] = [findSymbol(texts, symbol), findSymbol(texts, before)]
  if (!found || !target || found.file !== target.file) return refused('missing', language)
  const { file, source } = found
  const [own, there] = [linesWithEnd(source, found.node), linesWithEnd(source, target.node)]
  const isInside = own && there && there.start >= own.start && there.end <= own.end
  if (!own || !there || isInside) return refused('shared', language)
  const at = lineStart(source, there.start)
  const edits = [
    { file, start: at, end: at, text: source.slice(own.start, own.end) },
    { file, ...own, text: '' },
  ]
  return outcomeOf(texts, edits, language)
}

function linesWithEnd(source: string, span: Span): Span | undefined {
  const own = ownLines(source, span)
  return own && source[own.end - 1] === '\n' ? own : undefined
}
