import type { Language } from '#dsl/diagnostics'
import { rename as renameAt, type TextEdit, type Texts } from '#dsl/service'
import { parse, type Span } from '#dsl/syntax'
import { findSymbol, type Found } from './find.ts'
import { appendClause } from './flow.ts'
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

/** With its lines where it has them to itself; else with the sign that parts it from its neighbour. */
function removal({ file, source, node }: Found): TextEdit {
  const list = soleOf(source, node)
  const own = ownLines(source, list ?? node)
  if (own) return { file, ...own, text: '' }
  if (list) return { file, ...list, text: '' }
  const behind = /^[ \t]*[;；,，、]?[ \t]*/.exec(source.slice(node.end))![0]
  const before = /[,，、][ \t]*$/.exec(source.slice(0, node.start))
  if (before && !/[;；,，、]/.test(behind)) return { file, start: before.index, end: node.end, text: '' }
  return { file, start: node.start, end: node.end + behind.length, text: '' }
}

/** The list that would be empty without its only name: `role 客服`. */
function soleOf(source: string, { start, end }: Span): Span | undefined {
  const list = parse(source).declarations.find(
    node => 'names' in node && node.kind !== 'use' && node.start <= start && end <= node.end,
  )
  return list && 'names' in list && list.names.length === 1 ? list : undefined
}

/** Adds a part to a declaration: a value to an enum, a name to a list, a clause to whatever has a block. */
export function add(
  texts: Texts,
  { symbol, text }: { symbol: string; text: string },
  language: Language = 'zh',
): Outcome {
  const found = findSymbol(texts, symbol)
  if (!found) return refused('missing', language)
  const { file, source, node } = found
  const last = listEnd(source, node)
  if (last === undefined) return appendClause(texts, { ...found, text }, language)
  return outcomeOf(texts, [{ file, start: last, end: last, text: `, ${text.trim()}` }], language)
}

/** Behind the last of the names between commas that an enum or a list ends with. */
function listEnd(source: string, { start, end }: Span): number | undefined {
  for (const node of parse(source).declarations) {
    if (node.start > start || end > node.end) continue
    if (node.kind === 'enum') return node.values.at(-1)?.end
    if ('names' in node && node.kind !== 'use') return node.names.at(-1)?.end
  }
  return undefined
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
