import {
  Alternation,
  NonTerminal,
  Option,
  Repetition,
  RepetitionMandatory,
  RepetitionMandatoryWithSeparator,
  RepetitionWithSeparator,
  Terminal,
  type IProduction,
  type TokenType,
} from 'chevrotain'
import { layout } from './layout.ts'
import { lex, type Token } from './lexer.ts'
import { grammarRules, parse } from './parse.ts'
import * as T from './tokens.ts'

/** What the grammar lets follow at a place. */
export interface NextWords {
  readonly keywords: readonly string[]
  /** Whether a name may stand there. */
  readonly name: boolean
  /** Whether a value may stand there: a number, a text, an amount. */
  readonly value: boolean
}

/**
 * The words that may follow at an offset, by the grammar alone: Earley's recogniser runs over the declaration up to there
 * (J. Earley, 1970; nullable rules as in Aycock and Horspool, 2002). Clauses before it that cannot be read are left out.
 */
export function nextWords(source: string, offset: number): NextWords {
  const start = declarationStart(source, offset)
  const { lost } = parse(source)
  const before = lex(source.slice(start, offset)).map(token => moved(token, start))
  const last = before.at(-1)?.startOffset ?? offset
  const isRead = ({ startOffset }: Token) =>
    !lost.some(
      span => span.start <= startOffset && startOffset < span.end && span.end <= last && span.start > start,
    )
  // Why a word behind them: whether a newline ends a clause is told by what follows it.
  const kept = layout([...before.filter(isRead), wordAt(offset)]).slice(0, -1)
  return wordsOf(follow(withoutRows(kept as Token[])))
}

/** Rows of a table before the last one say nothing about what follows, and there may be thousands. */
function withoutRows(tokens: readonly Token[]): readonly Token[] {
  const rule = tokens.findLastIndex(({ tokenType }) => tokenType === T.Rule)
  const isRowStart = (at: number) => tokens[at]!.tokenType === T.P['|'] && tokens[at - 1]!.tokenType === T.End
  const last = tokens.findLastIndex((_, at) => at > rule && isRowStart(at))
  const first = tokens.findIndex((_, at) => at > rule && isRowStart(at))
  return rule < 0 || last < 0 ? tokens : [...tokens.slice(0, first), ...tokens.slice(last)]
}

/** Where the declaration begins that goes on at an offset: around it, or ended on its line, or begun and not read. */
function declarationStart(source: string, offset: number): number {
  const { declarations, lost } = parse(source)
  const around = [...declarations, ...lost].filter(node => node.start <= offset && offset <= node.end)
  if (around.length > 0) return Math.min(...around.map(node => node.start))
  const before = declarations.findLast(({ end }) => end <= offset)
  if (before && !source.slice(before.end, offset).includes('\n')) return before.start
  const lines = [...source.slice(0, offset).matchAll(/^[a-z]+/gm)]
  const open = lines.findLast(({ 0: word }) => T.declarationWords.has(word))
  return open && open.index >= (before?.end ?? 0) ? open.index : offset
}

function moved(token: Token, by: number): Token {
  return { ...token, startOffset: token.startOffset + by, endOffset: token.endOffset + by }
}

function wordAt(offset: number): Token {
  return {
    ...{ image: 'x', startOffset: offset, endOffset: offset + 1 },
    ...{ tokenType: T.Word, tokenTypeIdx: T.Word.tokenTypeIdx! },
  }
}

function wordsOf(kinds: ReadonlySet<TokenType>): NextWords {
  const keywords = [...T.wordKinds].flatMap(([word, kind]) => (kinds.has(kind) ? [word] : []))
  return { keywords, name: kinds.has(T.Word), value: values.some(kind => kinds.has(kind)) }
}

const values = [T.Int, T.Decimal, T.Percent, T.Money, T.Duration, T.Date, T.Time, T.Text]

/** The grammar as a network: states with steps to others, by a token, by a rule, or freely. */
interface Network {
  readonly steps: readonly (readonly Step[])[]
  readonly rules: ReadonlyMap<string, { readonly start: number; readonly end: number }>
  readonly nullable: ReadonlySet<string>
}

type Step = { readonly to: number } & (
  { readonly token: TokenType } | { readonly rule: string } | { readonly free: true }
)

let network: Network | undefined

function networkOf(): Network {
  const steps: Step[][] = []
  const state = () => steps.push([]) - 1
  const rules = new Map(grammarRules().map(rule => [rule.name, { start: state(), end: state() }]))
  const chain = (parts: readonly IProduction[], from: number): number =>
    parts.reduce((at, part) => add(part, at), from)
  const loop = (parts: readonly IProduction[], from: number, between: readonly Step[]): number => {
    const once = chain(parts, from)
    if (between.length === 0) steps[once]!.push({ to: from, free: true })
    for (const step of between) steps[once]!.push({ ...step, to: from })
    return once
  }
  const skippable = (from: number, build: (inner: number) => number): number => {
    const [inner, end] = [state(), state()]
    steps[from]!.push({ to: inner, free: true }, { to: end, free: true })
    steps[build(inner)]!.push({ to: end, free: true })
    return end
  }
  const add = (part: IProduction, from: number): number => {
    const next = state()
    if (part instanceof Terminal) {
      steps[from]!.push({ to: next, token: part.terminalType })
      return next
    }
    if (part instanceof NonTerminal) {
      steps[from]!.push({ to: next, rule: part.nonTerminalName })
      return next
    }
    if (part instanceof Alternation) {
      for (const way of part.definition)
        steps[chain((way as unknown as { definition: IProduction[] }).definition, from)]!.push({
          to: next,
          free: true,
        })
      return next
    }
    const { definition } = part as unknown as { definition: readonly IProduction[] }
    const separator = (part as { separator?: TokenType }).separator
    const between: Step[] = separator ? [{ to: from, token: separator }] : []
    if (part instanceof Option) return skippable(from, inner => chain(definition, inner))
    if (part instanceof Repetition || part instanceof RepetitionWithSeparator)
      return skippable(from, inner => loop(definition, inner, between))
    if (part instanceof RepetitionMandatory || part instanceof RepetitionMandatoryWithSeparator) {
      const inner = state()
      steps[from]!.push({ to: inner, free: true })
      return loop(definition, inner, between)
    }
    return chain(definition, from)
  }
  for (const rule of grammarRules()) {
    const { start, end } = rules.get(rule.name)!
    steps[chain(rule.definition, start)]!.push({ to: end, free: true })
  }
  return { steps, rules, nullable: nullableIn(steps, rules) }
}

/** The rules that may be of no token at all. */
function nullableIn(steps: Network['steps'], rules: Network['rules']): Set<string> {
  const known = new Set<string>()
  for (let size = -1; size !== known.size;) {
    size = known.size
    for (const [name, { start, end }] of rules) if (reaches(steps, start, end, known)) known.add(name)
  }
  return known
}

function reaches(steps: Network['steps'], from: number, end: number, nullable: ReadonlySet<string>): boolean {
  const seen = new Set([from])
  for (const at of seen)
    for (const step of steps[at]!)
      if ('free' in step || ('rule' in step && nullable.has(step.rule))) seen.add(step.to)
  return seen.has(end)
}

/** A place in a rule that was entered before the token of that number. */
interface Item {
  readonly rule: string
  readonly at: number
  readonly origin: number
}

/** The items before one token, and which of them wait for which rule. */
interface ItemSet {
  readonly items: readonly Item[]
  readonly waiting: ReadonlyMap<string, readonly Item[]>
}

/** The kinds of token that may follow these; none when they are no beginning of a declaration. */
function follow(tokens: readonly Token[]): Set<TokenType> {
  network ??= networkOf()
  const sets: ItemSet[] = []
  let items: Item[] = [{ rule: 'declaration', at: network.rules.get('declaration')!.start, origin: 0 }]
  for (let index = 0; index <= tokens.length; index++) {
    const closed = closure(network, items, { index, sets })
    sets.push(closed)
    const token = tokens[index]
    if (token) items = closed.items.flatMap(item => scanned(network!, item, token))
    if (items.length === 0) return new Set()
  }
  const steps = sets.at(-1)!.items.flatMap(({ at }) => network!.steps[at]!)
  return new Set(steps.flatMap(step => ('token' in step ? [step.token] : [])))
}

function scanned({ steps }: Network, { rule, at, origin }: Item, token: Token): Item[] {
  return steps[at]!.flatMap(step =>
    'token' in step && fits(token.tokenType, step.token) ? [{ rule, at: step.to, origin }] : [],
  )
}

function fits(met: TokenType, wanted: TokenType): boolean {
  return met === wanted || (wanted !== T.Any && (met.CATEGORIES ?? []).includes(wanted))
}

const MAX_TOKENS = 1_000_000

function closure(
  { steps, rules, nullable }: Network,
  begun: readonly Item[],
  { index, sets }: { index: number; sets: readonly ItemSet[] },
): ItemSet {
  const items: Item[] = []
  const waiting = new Map<string, Item[]>()
  const seen = new Set<number>()
  const put = (rule: string, at: number, origin: number) => {
    const key = at * MAX_TOKENS + origin
    if (seen.has(key)) return
    seen.add(key)
    items.push({ rule, at, origin })
  }
  for (const { rule, at, origin } of begun) put(rule, at, origin)
  // Why by index: the list grows while it is walked.
  for (let next = 0; next < items.length; next++) {
    const item = items[next]!
    const { rule, at, origin } = item
    for (const step of steps[at]!) {
      if ('free' in step) put(rule, step.to, origin)
      if (!('rule' in step)) continue
      const others = waiting.get(step.rule)
      if (others) others.push(item)
      else waiting.set(step.rule, [item])
      put(step.rule, rules.get(step.rule)!.start, index)
      if (nullable.has(step.rule)) put(rule, step.to, origin)
    }
    if (at !== rules.get(rule)!.end || origin === index) continue
    for (const before of sets[origin]!.waiting.get(rule) ?? [])
      for (const step of steps[before.at]!)
        if ('rule' in step && step.rule === rule) put(before.rule, step.to, before.origin)
  }
  return { items, waiting }
}
