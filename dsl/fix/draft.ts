import type { Diagnostic } from '#dsl/diagnostics'
import type { SymbolIndex, TextEdit, Texts } from '#dsl/service'
import { lex, type Declaration, type Span } from '#dsl/syntax'

/** A finding and what a change may be thought up from. */
export interface Case {
  readonly diagnostic: Diagnostic
  readonly texts: Texts
  readonly index: SymbolIndex
  readonly source: string
  /** The text the finding points at. */
  readonly written: string
  /** The declaration that holds it, as far as it could be read. */
  readonly around: Declaration | undefined
}

export type Title = readonly [zh: string, en: string]

/** A change that may mend a finding; nobody sees it before it was tried. */
export interface Draft {
  readonly title: Title
  readonly edits: readonly TextEdit[]
}

/** The drafts for a code, the likeliest first. */
export type Drafter = (at: Case) => Iterable<Draft>

export function insert(at: Case, title: Title, offset: number, text: string): Draft {
  return replace(at, title, { start: offset, end: offset }, text)
}

export function replace({ diagnostic }: Case, title: Title, { start, end }: Span, text: string): Draft {
  return { title, edits: [{ file: diagnostic.file, start, end, text }] }
}

export function changeTo(at: Case, span: Span, text: string): Draft {
  return replace(at, [`改为「${text}」`, `Change to “${text}”`], span, text)
}

/** Takes a span out, with its line when it has it to itself, with the sign that parts it from its neighbour otherwise. */
export function takeOut(at: Case, title: Title, { start, end }: Span): Draft {
  const { source } = at
  const lineStart = source.lastIndexOf('\n', start - 1) + 1
  const lineEnd = source.indexOf('\n', end)
  const isAlone =
    source.slice(lineStart, start).trim() === '' &&
    source.slice(end, lineEnd < 0 ? undefined : lineEnd).trim() === ''
  if (isAlone)
    return replace(at, title, { start: lineStart, end: lineEnd < 0 ? source.length : lineEnd + 1 }, '')
  const before = /[,，、;；]?[ \t]*$/.exec(source.slice(0, start))![0].length
  const behind = /^[ \t]*[,，、;；]?[ \t]*/.exec(source.slice(end))![0].length
  const isParted = /[,，、;；]/.test(source.slice(start - before, start))
  return replace(at, title, isParted ? { start: start - before, end } : { start, end: end + behind }, '')
}

/** One of the few words that fit, in the place of the finding. */
export function oneOf(...words: readonly string[]): Drafter {
  return at => words.map(word => changeTo(at, at.diagnostic, word))
}

/** A declaration at the end of the finding's file. */
export function declare(at: Case, title: Title, text: string): Draft {
  const { length } = at.source.trimEnd()
  return replace(at, title, { start: length, end: at.source.length }, `\n${text}\n`)
}

/** A clause inside the first block that opens behind an offset: as its first, or as its last. */
export function clauseIn(
  at: Case,
  title: Title,
  { from, text, place }: { from: number; text: string; place: 'first' | 'last' },
): Draft[] {
  const block = blockFrom(at.source, from)
  if (!block) return []
  const inside = at.source.slice(block.start, block.end)
  const lines = inside.includes('\n')
  const isEmpty = inside.trim() === ''
  if (place === 'first') {
    const written = lines ? `\n${indentIn(inside)}${text}` : ` ${text}${isEmpty ? '' : ';'}`
    return [insert(at, title, block.start, written)]
  }
  const end = block.start + inside.trimEnd().length
  return [insert(at, title, end, lines ? `\n${indentIn(inside)}${text}` : `${isEmpty ? '' : ';'} ${text}`)]
}

/** The inside of the first block that opens at or behind an offset. */
export function blockFrom(source: string, from: number): Span | undefined {
  const tokens = lex(source).filter(token => token.startOffset >= from)
  const first = tokens.findIndex(({ image }) => '{｛'.includes(image))
  if (first < 0) return undefined
  let depth = 0
  for (const { image, startOffset } of tokens.slice(first)) {
    if ('{｛'.includes(image)) depth++
    else if ('}｝'.includes(image) && --depth === 0)
      return { start: tokens[first]!.endOffset, end: startOffset }
  }
  return undefined
}

/** How the first clause of a block is indented. */
function indentIn(inside: string): string {
  return /\n([ \t\u3000]*)\S/.exec(inside)?.[1] ?? '  '
}

/** Declarations of the pack by kind. */
export function declared<K extends Declaration['kind']>(
  { index }: Case,
  kind: K,
): (Declaration & { kind: K })[] {
  return index.model.placed
    .map(({ node }) => node)
    .filter((node): node is Declaration & { kind: K } => node.kind === kind)
}

/** The names of roles, teams and the like. */
export function namesOf(at: Case, kind: 'role' | 'team' | 'skill' | 'party'): string[] {
  return declared(at, kind).flatMap(({ names }) => names.map(({ name }) => name.text))
}
