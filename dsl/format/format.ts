import { parse, type Token } from '#dsl/syntax'
import { gapBetween, textOf } from './gap.ts'
import { alignGrid, type GridLine } from './grid.ts'

const INDENT = 2

/**
 * The text in its common form: indentation, spacing, tables lined up by display width, one blank line at most. Comments,
 * line breaks and an author's own alignment stay; a line with a fault stays to the byte. Formatting twice changes nothing.
 */
export function format(source: string): string {
  const text = source.replace(/\r\n?/g, '\n')
  const lines = linesOf(text)
  const printed = [...blocks(lines)].flatMap(block =>
    block.isGrid ? printGrid(block.lines) : block.lines.map(printLine),
  )
  const kept = printed.filter((line, index) => line !== '' || (index > 0 && printed[index - 1] !== ''))
  const end = kept.at(-1) === '' ? kept.slice(0, -1) : kept
  return end.length === 0 ? '' : `${end.join('\n')}\n`
}

interface Line {
  readonly raw: string
  readonly tokens: readonly Token[]
  readonly comment: string
  /** Blanks before the comment. */
  readonly commentGap: number
  readonly start: number
  readonly depth: number
  readonly faulty: boolean
  readonly continues: boolean
}

function linesOf(text: string): Line[] {
  const { tokens, faults } = parse(text)
  const lines: Line[] = []
  let start = 0
  let at = 0
  let depth = 0
  let continues = false
  for (const raw of text.split('\n')) {
    const end = start + raw.length
    const own: Token[] = []
    for (; at < tokens.length && tokens[at]!.startOffset <= end; at++)
      if (tokens[at]!.image !== '\n') own.push(tokens[at]!)
    const closing = own.findIndex(token => !closers.has(textOf(token)))
    const leading = closing < 0 ? own.length : closing
    const faulty = faults.some(fault => fault.start <= end && fault.end >= start) || own.some(isUnread)
    const last = own.at(-1)
    const rest = raw.slice((last?.endOffset ?? start) - start)
    lines.push({
      ...{ raw, tokens: own, start, faulty, continues: continues && !startsAnew(own[0]) },
      comment: rest.trim(),
      commentGap: rest.length - rest.trimStart().length,
      depth: Math.max(0, depth - leading),
    })
    for (const token of own)
      depth = Math.max(0, depth + (openers.has(textOf(token)) ? 1 : closers.has(textOf(token)) ? -1 : 0))
    if (own.length > 0) continues = joins.has(textOf(last!))
    start = end + 1
  }
  return lines
}

const openers = new Set(['{', '(', '['])
const closers = new Set(['}', ')', ']'])
/** A line that ends so goes on in the next. */
const joins = new Set(['->', '=', '+', '*', '/', 'and', 'or', 'not', 'in', ',', '.'])

const isUnread = (token: Token) => token.tokenType.name === 'Unknown'

function startsAnew(first: Token | undefined): boolean {
  return first === undefined || textOf(first) === '}' || textOf(first) === '|'
}

interface Block {
  readonly isGrid: boolean
  readonly lines: readonly Line[]
}

/** Runs of lines that begin with a bar are grids. */
function* blocks(lines: readonly Line[]): Generator<Block> {
  for (let at = 0; at < lines.length;) {
    const isGrid = isGridLine(lines[at]!)
    let end = at + 1
    while (end < lines.length && isGridLine(lines[end]!) === isGrid) end++
    yield { isGrid, lines: lines.slice(at, end) }
    at = end
  }
}

function isGridLine({ tokens, faulty }: Line): boolean {
  return !faulty && tokens.length > 1 ? textOf(tokens[0]!) === '|' && closesWithBar(tokens) : isRule(tokens)
}

const closesWithBar = (tokens: readonly Token[]) => textOf(tokens.at(-1)!) === '|'
const isRule = (tokens: readonly Token[]) => tokens.length === 1 && tokens[0]!.tokenType.name === 'Rule'

function printGrid(lines: readonly Line[]): string[] {
  if (isRule(lines[0]!.tokens)) return lines.map(printLine)
  const aligned = alignGrid(lines.map(cellsOf))
  return lines.map((line, index) => ' '.repeat(line.depth * INDENT) + aligned[index]! + commentOf(line))
}

function cellsOf({ tokens, ...line }: Line): GridLine {
  if (isRule(tokens)) return { cells: [], bars: [], isRule: true }
  const bars: string[] = []
  const cells: string[] = []
  let cell: Token[] = []
  for (const token of tokens) {
    const text = textOf(token)
    if (text !== '|' && text !== '||') {
      cell.push(token)
      continue
    }
    if (bars.length > 0) cells.push(printTokens(cell, line).replace(/ {2,}/g, ' '))
    bars.push(text)
    cell = []
  }
  return { cells, bars, isRule: false }
}

function printLine(line: Line): string {
  if (line.faulty) return line.raw.trimEnd()
  const text = isRule(line.tokens) ? line.tokens[0]!.image.trimEnd() : printTokens(line.tokens, line)
  const indent = ' '.repeat((line.depth + (line.continues ? 1 : 0)) * INDENT)
  const whole = text === '' ? line.comment : text + commentOf(line)
  return whole === '' ? '' : indent + whole
}

/** Two blanks before a comment, or as many as the author lined it up with. */
function commentOf({ comment, commentGap }: Line): string {
  return comment === '' ? '' : ' '.repeat(Math.max(2, commentGap)) + comment
}

function printTokens(tokens: readonly Token[], { raw, start }: Pick<Line, 'raw' | 'start'>): string {
  let text = ''
  tokens.forEach((token, index) => {
    text += textOf(token)
    const after = tokens[index + 1]
    if (!after) return
    const written = raw.slice(token.endOffset - start, after.startOffset - start)
    text += gapBetween(tokens[index - 1], token, { after, written })
  })
  return text
}
