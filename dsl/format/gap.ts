import { isCurrency } from '#core/values'
import type { Token } from '#dsl/syntax'
import type { Mark, Marks } from './mark.ts'

/** A token among its neighbours on the line; `written` is what the author put between it and the one before. */
export interface Place {
  readonly beforeLast: Token | undefined
  readonly before: Token
  readonly token: Token
  readonly after: Token | undefined
  readonly written: string
  /** What the author put between the two tokens before. */
  readonly writtenBefore: string
}

const tightBefore = new Set([',', ';', ')', ']', '?', ':'])
const opening = new Set(['(', '['])
const ranges = new Set(['..', '..<'])
const literals = new Set(['Text', 'Int', 'Decimal', 'Percent', 'Money', 'Duration', 'Date', 'Time'])
/** Words that are never names; after those without a value a minus is a sign. */
const valueless = new Set(['and', 'or', 'not', 'in', 'if', 'then', 'else'])

/** How a token reads: punctuation in its ASCII form, everything else as written. */
export function textOf(token: Token): string {
  const { name } = token.tokenType
  if (name === 'Percent') return token.image.replace('％', '%')
  return name.startsWith("'") ? name.slice(1, -1) : token.image
}

/**
 * What stands between two tokens of a line: nothing or one blank. Where nobody can tell, as the author had it.
 * INVARIANT: joining never makes another token of two, and parting never happens inside one.
 */
export function gapBefore(place: Place, marks: Marks): string {
  const { before, token, written } = place
  const [left, right] = [textOf(before), textOf(token)]
  if (wouldBeMoney(before, token)) return written
  if (left.startsWith('.') && /^[.<]/.test(right)) return ' '
  if (tightBefore.has(right) || opening.has(left) || ranges.has(right) || ranges.has(left)) return ''
  if (left === '.' || right === '.') return gapAtDot(place)
  if (left === '-' && isOperandStart(token) && isSign(place, marks.get(before.startOffset))) return ''
  if (opening.has(right) && isWord(before) && !valueless.has(left)) {
    return marks.get(token.startOffset) === 'call' || written === '' ? '' : ' '
  }
  return ' '
}

/** `USD  20` is a word and a number; with one blank it would be money. */
export function wouldBeMoney(before: Token, token: Token): boolean {
  return isCurrency(before.image) && /^\d/.test(token.image)
}

/** The dot of a member is tight; another one, which no sound text has, stays as it was. */
function gapAtDot({ before, token, after, written }: Place): string {
  const asWritten = written === '' ? '' : ' '
  if (textOf(before) === '.') return isWord(token) ? '' : asWritten
  if (/^\d/.test(before.image)) return token.image === '.' ? asWritten : ' '
  const isMember = isWord(before) || [')', ']'].includes(textOf(before))
  return isMember && (!after || isWord(after)) ? '' : asWritten
}

function isSign({ beforeLast, written, writtenBefore }: Place, mark: Mark | undefined): boolean {
  if (mark) return mark === 'sign'
  if (!beforeLast || !isOperand(beforeLast)) return true
  return isWord(beforeLast) && writtenBefore !== '' && written === ''
}

function isOperand(token: Token): boolean {
  if (isWord(token)) return !valueless.has(token.image)
  return literals.has(token.tokenType.name) || [')', ']', '}', '?'].includes(textOf(token))
}

const isOperandStart = (token: Token) =>
  isWord(token) || literals.has(token.tokenType.name) || textOf(token) === '('

function isWord({ tokenType: { name } }: Token): boolean {
  return /^'[a-z]/.test(name) || name === 'Word'
}
