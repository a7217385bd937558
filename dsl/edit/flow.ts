import type { Language } from '#dsl/diagnostics'
import { symbolOf, type TextEdit, type Texts } from '#dsl/service'
import { blockOf } from './clauses.ts'
import { findSymbol } from './find.ts'
import { indentOf, lineEnd, ownLines } from './lines.ts'
import { outcomeOf, refused, type Outcome } from './outcome.ts'

/** Adds a node behind another one of the ticket (or at its end); nothing leads to it yet. */
export function addNode(
  texts: Texts,
  { ticket, name, by, behind }: { ticket: string; name: string; by: string; behind?: string },
  language: Language = 'zh',
): Outcome {
  if (findSymbol(texts, symbolOf('node', ticket, name))) return refused('taken', language)
  const neighbour = behind === undefined ? undefined : findSymbol(texts, symbolOf('node', ticket, behind))
  if (behind !== undefined && !neighbour) return refused('missing', language)
  const node = `node ${name} by ${by} { }`
  if (neighbour) return outcomeOf(texts, [behindNode(neighbour, node)], language)
  const owner = findSymbol(texts, symbolOf('ticket', ticket))
  return owner ? appendClause(texts, { ...owner, text: node }, language) : refused('missing', language)
}

function behindNode(
  { file, source, node }: { file: string; source: string; node: { start: number; end: number } },
  text: string,
): TextEdit {
  const isAlone = ownLines(source, node) !== undefined
  const at = isAlone ? lineEnd(source, node.end) : node.end
  return {
    file,
    start: at,
    end: at,
    text: isAlone ? `\n${indentOf(source, node.start)}${text}` : `; ${text}`,
  }
}

/** Draws a way from a node to a place: `on 事件 -> 去处` as the last clause of the node. */
export function connect(
  texts: Texts,
  { ticket, from, event, to }: { ticket: string; from: string; event: string; to: string },
  language: Language = 'zh',
): Outcome {
  const found = findSymbol(texts, symbolOf('node', ticket, from))
  if (!found) return refused('missing', language)
  return appendClause(texts, { ...found, text: `on ${event} -> ${to}` }, language)
}

/** Writes a clause behind the last one of a block, in the block's own manner: on a line of its own or behind `;`. */
export function appendClause(
  texts: Texts,
  {
    file,
    source,
    node,
    text,
  }: { file: string; source: string; node: { start: number; end: number }; text: string },
  language: Language,
): Outcome {
  const block = blockOf(source, node)
  if (!block) return refused('missing', language)
  const last = block.clauses.at(-1)
  const isOneLine = !source.slice(block.start, block.end).includes('\n')
  const insert = (at: number, written: string) =>
    outcomeOf(texts, [{ file, start: at, end: at, text: written }], language)
  if (isOneLine) return last ? insert(last.end, `; ${text}`) : insert(block.inside.start, ` ${text}`)
  const indent = last ? indentOf(source, last.start) : `${indentOf(source, block.start)}  `
  const at = last ? lineEnd(source, last.end) : block.inside.start
  // Why not behind a closing brace: a block may end on the line of its last clause.
  return at < block.inside.end || !last
    ? insert(at, `\n${indent}${text}`)
    : insert(last.end, `\n${indent}${text}`)
}
