import { lex, type Span, type Token } from '#dsl/syntax'

/** Where a caret stands: the blocks around it, the clause so far, and the word being typed. */
export interface Caret {
  /** The heads of the open blocks, outermost first: `['ticket', '客诉', …]`. */
  readonly blocks: readonly (readonly string[])[]
  /** The words of the clause before the one being typed. */
  readonly clause: readonly string[]
  readonly typed: string
  /** What a choice replaces. */
  readonly replace: Span
}

const goesOn = new Set([',', '，', '、', '->', '=', 'and', 'or', '|'])

/** The caret at an offset; undefined inside texts and comments, where nothing is offered. */
export function caretAt(source: string, offset: number): Caret | undefined {
  const tokens = lex(source)
  const at = tokens.findLast(token => token.startOffset < offset && token.endOffset >= offset)
  if (at && isText(at) && (offset < at.endOffset || at.tokenType.name === 'Unknown')) return undefined
  if (inComment(source, offset, tokens)) return undefined
  const word = at && isWord(at) ? at : undefined
  const end = word ? word.startOffset : offset
  const { blocks, clause } = read(tokens.filter(token => token.endOffset <= end))
  const typed = word ? source.slice(word.startOffset, offset) : ''
  return { blocks, clause, typed, replace: { start: end, end: word?.endOffset ?? offset } }
}

function read(tokens: readonly Token[]): Pick<Caret, 'blocks' | 'clause'> {
  const blocks: string[][] = []
  let clause: string[] = []
  for (const { image } of tokens) {
    if (image === '{' || image === '｛') blocks.push(clause)
    else if (image === '}' || image === '｝') blocks.pop()
    const ends = image === ';' || (image === '\n' && !goesOn.has(clause.at(-1) ?? ''))
    if (ends || '{}｛｝'.includes(image)) clause = []
    else if (image !== '\n') clause.push(image.normalize('NFC'))
  }
  return { blocks, clause }
}

function isWord({ image }: Token): boolean {
  return /^[A-Za-z_\u00c0-\u024f\u3400-\u9fff\uf900-\ufaff]/.test(image)
}

function isText({ image }: Token): boolean {
  return /^["“”＂]/.test(image)
}

/** A `//` behind the last token before the caret, on the caret's line. */
function inComment(source: string, offset: number, tokens: readonly Token[]): boolean {
  const last = tokens.findLast(token => token.endOffset <= offset)
  const lineStart = source.lastIndexOf('\n', offset - 1) + 1
  return source.slice(Math.max(last?.endOffset ?? 0, lineStart), offset).includes('//')
}
