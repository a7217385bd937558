import type { Token } from '#dsl/syntax'
import { textOf } from './gap.ts'
import type { Line } from './line.ts'

/** An open bracket, and the level of the lines inside it. */
interface Frame {
  readonly bracket: string
  readonly level: number
  /** Blanks before the last line that began a clause here, as written; unknown after a kept line. */
  base?: number | undefined
}

const closes: Readonly<Record<string, string>> = { '}': '{', ')': '(', ']': '[' }
const openers = new Set(Object.values(closes))
const goesOnAfter = new Set([
  ...['..<', '..', '->', '!=', '<=', '>=', '=', '<', '>', '+', '*', '/', '.'],
  ...['and', 'or', 'not', 'in'],
])
const goesOnBefore = new Set(['->', 'and', 'or', 'else', 'where', '.', '+', '*', '/'])

/**
 * How far each line is indented, in steps: one per open bracket, one more where a clause goes on from the line above.
 * A declaration starts at the margin again, whatever a broken one before it left open.
 */
export function levelsOf(lines: readonly Line[], declarationStarts: ReadonlySet<number>): number[] {
  const frames: Frame[] = [{ bracket: '', level: 0 }]
  let last: Token | undefined
  return lines.map(line => {
    const first = line.tokens[0]
    if (!first) return frames.at(-1)!.level
    if (declarationStarts.has(first.startOffset)) frames.length = 1
    else if (startsAfresh(first)) while (opensList(frames.at(-1)!)) frames.pop()
    const closing = line.tokens.findIndex(token => !(textOf(token) in closes))
    const leading = closing < 0 ? line.tokens.length : closing
    const closed = line.tokens.slice(0, leading).map(token => close(frames, textOf(token)))
    const inner = frames.at(-1)!
    const outermost = closed.findLast(frame => frame !== undefined)
    const level = outermost ? outermost.level - 1 : inner.level + (goesOn(line, inner, last) ? 1 : 0)
    for (const token of line.tokens.slice(leading)) step(frames, textOf(token), level)
    last = line.tokens.at(-1)
    return level
  })
}

const opensList = ({ bracket }: Frame) => bracket === '(' || bracket === '['

function startsAfresh(token: Token): boolean {
  return ['|', '||', '}'].includes(textOf(token)) || token.tokenType.name === 'Rule'
}

function step(frames: Frame[], text: string, level: number): void {
  if (openers.has(text)) frames.push({ bracket: text, level: Math.max(frames.at(-1)!.level, level) + 1 })
  else if (text in closes) close(frames, text)
}

/** Closes the innermost bracket of that kind: a brace also closes lists left open inside it, a list no brace. */
function close(frames: Frame[], text: string): Frame | undefined {
  const bracket = closes[text]!
  const at = frames.findLastIndex(frame => frame.bracket === bracket)
  if (at < 1 || (bracket !== '{' && at < frames.length - 1)) return undefined
  const [frame] = frames.splice(at)
  return frame
}

/** After an operator, or before one, a clause goes on; after a comma only the author's deeper indentation says so. */
function goesOn(line: Line, frame: Frame, last: Token | undefined): boolean {
  const first = line.tokens[0]!
  const written = line.raw.length - line.raw.trimStart().length
  const base = frame.base
  if (base !== undefined && last && !startsAfresh(first)) {
    if (goesOnAfter.has(textOf(last)) || goesOnBefore.has(textOf(first))) return true
    if (textOf(last) === ',' && !line.isKept) return written > base
  }
  frame.base = line.isKept ? undefined : written
  return false
}
