import { lex, plainText, type Token } from '#dsl/syntax'

/**
 * A piece of a text that a merge takes whole or looks into: a declaration, a field, a row, a clause. Its bytes are
 * `lead + head + (items) + tail + separator`; without items `tail` is empty.
 */
export interface Unit {
  /** What it is known by among its neighbours. */
  readonly key: string
  /** Blank lines and comments before it. */
  readonly lead: string
  readonly head: string
  readonly items: readonly Unit[] | undefined
  readonly tail: string
  /** `,` or `;`, and a comment behind it on the same line. */
  readonly separator: string
  /** What it says, of a piece that is not written in the language. */
  readonly says?: string
}

/** A file as its declarations, and what stands behind the last. */
export function unitsOf(source: string): { readonly units: readonly Unit[]; readonly rest: string } {
  return cut(source, { from: 0, to: source.length, splitsAtCommas: false })
}

export function bytesOf(unit: Unit): string {
  return unit.lead + bodyOf(unit) + unit.separator
}

/** The bytes without what stands around them. */
export function bodyOf({ head, items, tail }: Unit): string {
  return head + (items ?? []).map(bytesOf).join('') + tail
}

/** What a unit says, layout and comments aside. */
export function saysOf(unit: Unit): string {
  return unit.says ?? plainText(bodyOf(unit))
}

interface Stretch {
  readonly from: number
  readonly to: number
  readonly splitsAtCommas: boolean
}

function cut(source: string, { from, to, splitsAtCommas }: Stretch): { units: Unit[]; rest: string } {
  const tokens = lex(source.slice(from, to)).map(token => ({
    ...token,
    startOffset: token.startOffset + from,
    endOffset: token.endOffset + from,
  }))
  const units: Unit[] = []
  const seen = new Map<string, number>()
  let at = from
  for (const run of runsOf(tokens, splitsAtCommas)) {
    const start = run[0]!.startOffset
    const end = run.at(-1)!.endOffset
    const after = separatorEnd(source, end, to)
    const key = keyOf(run)
    const times = (seen.get(key) ?? 0) + 1
    seen.set(key, times)
    const unit = {
      key: times === 1 ? key : `${key} #${times}`,
      lead: source.slice(at, start),
      separator: source.slice(end, after),
    }
    units.push({ ...unit, ...inside(source, run) })
    at = after
  }
  return { units, rest: source.slice(at, to) }
}

/** Tokens of each piece: up to a line’s end, `;` or, where items are listed so, a comma, outside every bracket. */
function runsOf(tokens: readonly Token[], splitsAtCommas: boolean): Token[][] {
  const runs: Token[][] = []
  let run: Token[] = []
  let depth = 0
  tokens.forEach((token, index) => {
    const { image } = token
    if ('({[（｛【［'.includes(image)) depth++
    if (')}]）｝】］'.includes(image)) depth--
    const isEnd = token.tokenType.name === 'End'
    const isComma = splitsAtCommas && ',，、；'.includes(image)
    if (depth === 0 && (isEnd || isComma)) {
      if (isEnd && run.length > 0 && goesOn(tokens, index)) return
      if (run.length > 0) runs.push(run)
      run = []
    } else if (!isEnd || run.length > 0) run.push(token)
  })
  if (run.length > 0) runs.push(run)
  return runs.map(withoutEnds)
}

const continuing = /^(->|and|or|else|where|\.|\+|\*|\/|\.\.|\.\.<)$/
const expecting = /^(,|\.\.<|\.\.|->|!=|<=|>=|=|<|>|\+|\*|\/|\.|and|or|not|in)$/

/** Whether a line’s end does not end the clause, as the language has it. */
function goesOn(tokens: readonly Token[], index: number): boolean {
  const next = tokens.slice(index + 1).find(token => token.tokenType.name !== 'End')
  const last = tokens[index - 1]
  return (
    (next !== undefined && continuing.test(next.image)) || (last !== undefined && expecting.test(last.image))
  )
}

function withoutEnds(run: Token[]): Token[] {
  let length = run.length
  while (run[length - 1]?.tokenType.name === 'End') length--
  return run.slice(0, length)
}

/** Past a separator and a comment behind it on the same line; the line’s end belongs to what follows. */
function separatorEnd(source: string, end: number, to: number): number {
  const found = /^[ \t\u3000]*[,;，、；]?[ \t\u3000]*(?:\/\/[^\n]*)?/.exec(source.slice(end, to))![0]
  return end + found.replace(/[ \t\u3000]+$/, '').length
}

const listed: ReadonlySet<string> = new Set([
  'enum',
  'entity',
  'extend',
  'form',
  'library',
  'lexicon',
  'labels',
])
const taken: ReadonlySet<string> = new Set([
  'settle',
  'hours',
  'lexicon',
  'split',
  'pack',
  'record',
  'end',
  'score',
])

/** What is between the braces a piece ends with, when its parts can be merged on their own. */
function inside(source: string, run: readonly Token[]): Pick<Unit, 'head' | 'items' | 'tail'> {
  const [first] = run
  const start = first!.startOffset
  const end = run.at(-1)!.endOffset
  const whole = { head: source.slice(start, end), items: undefined, tail: '' }
  const open = run.findIndex(token => token.image === '{' || token.image === '｛')
  const word = wordOf(run)
  const isBlock = open > 0 && '}｝'.includes(run.at(-1)!.image) && matches(run, open)
  if (!isBlock || taken.has(word)) return whole
  const bodyStart = run[open]!.endOffset
  const bodyEnd = run.at(-1)!.startOffset
  const { units, rest } = cut(source, { from: bodyStart, to: bodyEnd, splitsAtCommas: listed.has(word) })
  return { head: source.slice(start, bodyStart), items: units, tail: rest + source.slice(bodyEnd, end) }
}

/** Whether the brace at `open` closes with the last token. */
function matches(run: readonly Token[], open: number): boolean {
  let depth = 0
  for (let index = open; index < run.length; index++) {
    if ('{｛'.includes(run[index]!.image)) depth++
    if ('}｝'.includes(run[index]!.image) && --depth === 0) return index === run.length - 1
  }
  return false
}

function wordOf(run: readonly Token[]): string {
  const [first, second] = run.map(token => token.image)
  return first === 'open' || first === 'closed' ? second! : first!
}

/** A row goes by its conditions, a field by its name, anything else by its first words; whether it is open or closed is not its name. */
function keyOf(run: readonly Token[]): string {
  const written = run.map(token => token.image.normalize('NFC'))
  const images = /^(open|closed)$/.test(written[0]!) && isName(written[1] ?? '') ? written.slice(1) : written
  if (run[0]!.tokenType.name === 'Rule') return '|---'
  if ('|｜'.includes(images[0]!)) {
    const bar = images.findIndex(image => image === '||' || image === '｜｜')
    return `| ${images.slice(1, bar < 0 ? undefined : bar).join(' ')}`
  }
  if (':：'.includes(images[1] ?? '-')) return images[0]!
  if (run[0]!.tokenType.name === 'Text') return images[0]!
  if (images[0] === 'test') return images.slice(0, 2).join(' ')
  const label = images.findIndex((image, index) => index > 0 && !isName(image))
  const words = images.slice(0, label < 0 ? undefined : label)
  const guard = images[0] === 'on' || images[0] === 'after' || images[0] === 'at' ? guardOf(images) : []
  return [...words.slice(0, nameLength(images)), ...guard].join(' ')
}

function isName(image: string): boolean {
  return /^[\p{L}_.]/u.test(image)
}

/** Dotted names count as one word behind the first. */
function nameLength(images: readonly string[]): number {
  let length = 2
  while (images[length] === '.') length += 2
  return images[0] === 'extend' ? length + 1 : length
}

/** What tells reactions to one event apart: everything up to what they do. */
function guardOf(images: readonly string[]): readonly string[] {
  const acts = images.findIndex((image, index) => index > 0 && /^(->|notify|escalate|mark|ask)$/.test(image))
  return images.slice(2, acts < 0 ? undefined : acts)
}
