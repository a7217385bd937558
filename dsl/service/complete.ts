import { declarationWords, nextWords, parse, withoutSheets, type Span } from '#dsl/syntax'
import { candidates, createBinder, type Candidate } from './binder.ts'
import { caretAt, type Caret } from './caret.ts'
import { modelOf, type Model } from './model.ts'
import { matches } from './pinyin.ts'
import { bindDeclaration } from './symbol-index.ts'
import type { Texts } from './texts.ts'

export interface CompletionItem {
  readonly name: string
  readonly kind: Candidate['kind']
  /** What it reads as, when that differs from the name. */
  readonly detail: string
}

export interface Completion {
  readonly items: readonly CompletionItem[]
  /** What a chosen item replaces. */
  readonly replace: Span
}

/**
 * What may be written at an offset: names of the kind and type that is wanted there first, then the words that the grammar
 * lets follow; of each what stands behind the same word elsewhere comes first. Filtered by what was typed, also by pinyin
 * or its initials; what begins as it was typed comes first. Names come from whatever can be read of the texts at this moment.
 */
export function complete(texts: Texts, file: string, offset: number): Completion {
  const source = texts[file] ?? ''
  const caret = caretAt(source, offset)
  if (!caret) return { items: [], replace: { start: offset, end: offset } }
  const words = wordsAt(source, caret)
  const { names, model } = wantedAt(texts, { file, source, caret, isNameless: words.isNameless })
  const labels = labelsOf(model)
  const seen = new Set<string>()
  const items = ranked([...names, ...words.words], texts, caret)
    .map(({ name, kind }) => ({ name, kind, detail: labels.get(name) ?? '' }))
    .filter(({ name, detail }) => {
      const isFresh = !seen.has(name) && (matches(name, caret.typed) || matches(detail, caret.typed))
      if (isFresh) seen.add(name)
      return isFresh
    })
  const isBegun = ({ name }: CompletionItem) => name.toLowerCase().startsWith(caret.typed.toLowerCase())
  return {
    items: [...items.filter(isBegun), ...items.filter(item => !isBegun(item))],
    replace: caret.replace,
  }
}

/** A word that nobody writes, put where the caret is to see what would be looked up there. */
const STAND_IN = '\u3400\u3400'
/** What may have to follow for the clause to be read; the caret often stands at its end. */
const endings = ['', ' { }', ')', ' -> x', ' }', ' x']

/** The names that are wanted at the caret, in groups, the best first. */
function wantedAt(
  texts: Texts,
  { file, source, caret, isNameless }: { file: string; source: string; caret: Caret; isNameless: boolean },
): { names: Candidate[]; model: Model } {
  const { start, end } = caret.replace
  let model: Model | undefined
  for (const ending of isNameless ? [] : caret.isInText ? ['', '}'] : endings) {
    const written = `${source.slice(0, start)}${STAND_IN}${ending}${source.slice(end)}`
    const node = parse(written).declarations.find(each => each.start <= start && start < each.end)
    model = modelOf({ ...texts, [file]: written })
    const names = node ? asked(model, { file, source: written, at: start, node }) : []
    if (names.length > 0) return { names, model }
  }
  return { names: [], model: model ?? modelOf(texts) }
}

function asked(
  model: Model,
  {
    file,
    source,
    at,
    node,
  }: { file: string; source: string; at: number; node: Parameters<typeof bindDeclaration>[1] },
): Candidate[] {
  const found: Candidate[] = []
  const ask = (span: Span | undefined, wants: () => Iterable<Candidate>) => {
    if (!span || at < span.start || at >= span.end) return
    const path = source.slice(span.start, span.end).split('.')
    const part = path.findIndex(name => name.includes(STAND_IN))
    for (const { name, kind } of wants()) {
      const parts = name.split('.')
      const fits =
        path.length === 1 ||
        (parts.length === path.length && parts.slice(0, part).every((each, index) => each === path[index]))
      if (fits) found.push({ name: path.length === 1 ? name : parts[part]!, kind })
      else if (path.length > 1 && parts.length === 1) found.push({ name, kind })
    }
  }
  bindDeclaration(createBinder(model, { file, source, ask }, []), node)
  return found.filter(({ name }) => !name.includes(STAND_IN) && name !== '')
}

/** The words of the language that may stand at the caret, and whether it is sure that no name may. */
function wordsAt(
  source: string,
  { replace, clause, blocks, isInText }: Caret,
): { words: Candidate[]; isNameless: boolean } {
  if (isInText) return { words: [], isNameless: false }
  const isTop = blocks.length === 0 && clause.length === 0
  if (isTop) return { words: candidates('keyword', [...declarationWords, 'closed']), isNameless: true }
  const rest = source.slice(0, replace.start) + source.slice(replace.end)
  const { keywords, name, value } = nextWords(rest, replace.start)
  return { words: candidates('keyword', keywords), isNameless: keywords.length > 0 && !name && !value }
}

/** Values of the wanted type first; then what stands behind the word before the caret elsewhere, in its groups; then the rest. */
function ranked(all: readonly Candidate[], texts: Texts, { before }: Caret): Candidate[] {
  const followers = followersOf(texts, before)
  let group = 0
  const placed = all.map((candidate, index) => {
    if (index > 0 && all[index - 1]!.kind !== candidate.kind) group++
    return { candidate, group, index, count: followers.get(candidate.name) ?? 0 }
  })
  const tier = ({ candidate, count, group }: (typeof placed)[number]) =>
    candidate.kind === 'value' ? -1 : count > 0 ? group : group + placed.length
  return placed
    .sort((a, b) => tier(a) - tier(b) || b.count - a.count || a.index - b.index)
    .map(({ candidate }) => candidate)
}

/** How often which word stands behind the same one in the texts. */
function followersOf(texts: Texts, before: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const source of Object.values(withoutSheets(texts))) {
    const { tokens } = parse(source)
    for (let at = 1; at < tokens.length; at++)
      if (tokens[at - 1]!.image === before) {
        const { image } = tokens[at]!
        counts.set(image, (counts.get(image) ?? 0) + 1)
      }
  }
  return counts
}

/** Labels by name, of whatever is declared with one. */
function labelsOf({ placed }: Model): Map<string, string> {
  return new Map(placed.flatMap(({ node }) => labelsIn(node)))
}

/** Why kept: declarations that did not change are the same objects when a text is read again. */
const kept = new WeakMap<object, (readonly [string, string])[]>()

function labelsIn(node: object): (readonly [string, string])[] {
  const known = kept.get(node)
  if (known) return known
  const labels: (readonly [string, string])[] = []
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) return value.forEach(visit)
    if (typeof value !== 'object' || value === null) return
    const { name, label } = value as { name?: { text?: string }; label?: { value?: string } }
    if (name?.text !== undefined && label?.value !== undefined && label.value !== name.text)
      labels.push([name.text, label.value])
    Object.values(value).forEach(visit)
  }
  visit(node)
  kept.set(node, labels)
  return labels
}
