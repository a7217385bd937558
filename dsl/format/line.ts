import type { ParsedFile, Token } from '#dsl/syntax'

/** One line of the source; a text that runs over a line end keeps its lines together. */
export interface Line {
  readonly raw: string
  /** Offset of the line in the source. */
  readonly start: number
  readonly tokens: readonly Token[]
  /** The comment at the line's end, or the line's only content; empty when there is none. */
  readonly comment: string
  /** The line holds a fault, so it stays to the byte. */
  readonly isKept: boolean
}

/** Cuts a file at its newlines. */
export function linesOf({ source, tokens, faults }: ParsedFile): Line[] {
  const lines: Line[] = []
  let start = 0
  let own: Token[] = []
  let fault = 0
  const close = (end: number) => {
    const raw = source.slice(start, end)
    let isFaulty = false
    for (; fault < faults.length && faults[fault]!.start <= end; fault++) isFaulty = true
    const comment = source.slice(own.at(-1)?.endOffset ?? start, end).trim()
    lines.push({ raw, start, tokens: own, comment, isKept: own.length > 0 && isFaulty })
    start = end + 1
    own = []
  }
  for (const token of tokens) {
    if (token.image === '\n') close(token.startOffset)
    else own.push(token)
  }
  close(source.length)
  return lines
}
