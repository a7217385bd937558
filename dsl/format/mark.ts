import type { ParsedFile, Span, Token } from '#dsl/syntax'

/** What the tree knows of tokens that can mean two things, by offset: a minus as sign or subtraction, a bracket as call. */
export type Marks = ReadonlyMap<number, Mark>
export type Mark = 'sign' | 'minus' | 'call'

/** What the nodes of interest have in common; any object of the tree may be read as one. */
interface AnyNode extends Partial<Span> {
  readonly kind?: unknown
  readonly operator?: unknown
  readonly optional?: unknown
  readonly left?: Span
  readonly callee?: Span
  readonly name?: Span
}

/** Reads the marks off the tree; tokens of declarations that were not read have none. */
export function marksOf({ tokens, declarations }: ParsedFile): Marks {
  const marks = new Map<number, Mark>()
  const markFrom = (offset: number, text: '-' | '(' | '[', mark: Mark) => {
    const token = tokens[firstFrom(tokens, offset, text)]
    if (token) marks.set(token.startOffset, mark)
  }
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return
    const node = value as AnyNode
    if (node.kind === 'unary' && node.operator === '-') marks.set(node.start!, 'sign')
    if (node.kind === 'binary' && node.operator === '-') markFrom(node.left!.end, '-', 'minus')
    if (node.kind === 'call') markFrom(node.callee!.end, '(', 'call')
    // A type: `set(text)`, `photo[1..6]`.
    if (typeof node.optional === 'boolean') {
      const next = tokens[firstFrom(tokens, node.name!.end)]
      if (next) marks.set(next.startOffset, 'call')
    }
    Object.values(node).forEach(visit)
  }
  visit(declarations)
  return marks
}

/** Index of the first token at or after an offset, of a given kind if one is named. */
function firstFrom(tokens: readonly Token[], offset: number, text?: string): number {
  let low = 0
  let high = tokens.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (tokens[middle]!.startOffset < offset) low = middle + 1
    else high = middle
  }
  while (text && low < tokens.length && tokens[low]!.tokenType.name !== `'${text}'`) low++
  return low
}
