import { lex, type Span, type Token } from '#dsl/syntax'

/** Where a caret stands: the blocks around it, the clause so far, and the word being typed. */
export interface Caret {
  /** The heads of the open blocks, outermost first: `['ticket', '客诉', …]`. */
  readonly blocks: readonly (readonly string[])[]
  /** The words of the clause before the one being typed. */
  readonly clause: readonly string[]
  readonly typed: string
  /** The sign or word before what is typed. */
  readonly before: string
  /** Inside the braces of a text: `"{customer.…}"`. */
  readonly isInText: boolean
  /** What a choice replaces. */
  readonly replace: Span
}

const goesOn = new Set([',', '，', '、', '->', '=', 'and', 'or', '|'])

/** The caret at an offset; undefined inside texts, their braces apart, and inside comments, where nothing is offered. */
export function caretAt(source: string, offset: number): Caret | undefined {
  const tokens = lex(source)
  const at = tokens.findLast(token => token.startOffset < offset && token.endOffset >= offset)
  if (at && isText(at) && (offset < at.endOffset || at.tokenType.name === 'Unknown'))
    return inBraces(source, offset, at)
  if (inComment(source, offset, tokens)) return undefined
  const word = at && isWord(at) ? at : undefined
  const end = word ? word.startOffset : offset
  const earlier = tokens.filter(token => token.endOffset <= end)
  const { blocks, clause } = read(earlier)
  const typed = word ? source.slice(word.startOffset, offset) : ''
  const replace = { start: end, end: word?.endOffset ?? offset }
  return { blocks, clause, typed, replace, before: earlier.at(-1)?.image ?? '', isInText: false }
}

/** A place of a text that is to be filled: what is typed of its last name. */
function inBraces(source: string, offset: number, { startOffset }: Token): Caret | undefined {
  const [typed] = /[\p{L}\d_]*$/u.exec(source.slice(startOffset, offset))!
  const start = offset - typed.length
  if (!/\{[^{}\s"]*$/.test(source.slice(startOffset, start))) return undefined
  const behind = /^[\p{L}\d_]*/u.exec(source.slice(offset))![0].length
  const replace = { start, end: offset + behind }
  return { blocks: [], clause: [], typed, replace, before: source[start - 1]!, isInText: true }
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
