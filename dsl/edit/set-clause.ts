import type { Language } from '#dsl/diagnostics'
import type { TextEdit, Texts } from '#dsl/service'
import type { FieldNode, StationNode } from '#dsl/syntax'
import { blockOf } from './clauses.ts'
import { findSymbol, type Found } from './find.ts'
import { appendClause } from './flow.ts'
import { ownLines } from './lines.ts'
import { outcomeOf, refused, type Outcome } from './outcome.ts'

/**
 * Sets the clause of a thing that begins with a word (`public`, `ask`, `clock`; `default`, `required` of a field; `by`
 * of a node) to a text that includes the word; null takes it away. Of several the first.
 */
export function setClause(
  texts: Texts,
  { symbol, word, text }: { symbol: string; word: string; text: string | null },
  language: Language = 'zh',
): Outcome {
  const found = findSymbol(texts, symbol)
  if (!found) return refused('missing', language)
  if ('clauses' in found.node) return setFieldClause(texts, { found, word, text }, language)
  const { by } = found.node as Partial<StationNode>
  if (word === 'by' && by && text !== null) {
    const name = text.replace(/^by\s+/, '')
    return outcomeOf(texts, [{ file: found.file, start: by.start, end: by.end, text: name }], language)
  }
  const clause = blockOf(found.source, found.node)?.clauses.find(each => each.word === word)
  if (clause) return outcomeOf(texts, [replaceClause(found, clause, text)], language)
  return text === null ? refused('missing', language) : appendClause(texts, { ...found, text }, language)
}

function replaceClause(
  { file, source }: Found,
  clause: { start: number; end: number },
  text: string | null,
): TextEdit {
  if (text !== null) return { file, start: clause.start, end: clause.end, text }
  const own = ownLines(source, clause)
  if (own && !source.slice(own.start, own.end).includes('//')) return { file, ...own, text: '' }
  const behind = /^[ \t]*[;；]?[ \t]*/.exec(source.slice(clause.end))![0].length
  return { file, start: clause.start, end: clause.end + behind, text: '' }
}

function setFieldClause(
  texts: Texts,
  { found, word, text }: { found: Found; word: string; text: string | null },
  language: Language,
): Outcome {
  const { file, node } = found
  const clause = (node as unknown as FieldNode).clauses.find(each => each.kind === word)
  if (clause && text !== null)
    return outcomeOf(texts, [{ file, start: clause.start, end: clause.end, text }], language)
  if (text !== null)
    return outcomeOf(texts, [{ file, start: node.end, end: node.end, text: ` ${text}` }], language)
  if (!clause) return refused('missing', language)
  const before = /[ \t]*$/.exec(found.source.slice(0, clause.start))![0].length
  return outcomeOf(texts, [{ file, start: clause.start - before, end: clause.end, text: '' }], language)
}
