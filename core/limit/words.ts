/** A word of a lexicon found in a text; offsets are those of the text as written. */
export interface FoundWord {
  readonly word: string
  readonly start: number
  readonly end: number
}

/** The words that a text holds after normalisation: full width, invisible characters, case, and signs between Chinese characters. */
export function findWords(text: string, words: readonly string[]): readonly FoundWord[] {
  const lexicon = lexiconOf(words)
  const { last } = lexicon
  let found = last.get(text)
  if (found) return found
  if (last.size >= MAX_TEXTS) last.clear()
  last.set(text, (found = search(text, words, lexicon)))
  return found
}

/** Texts whose words are remembered for a lexicon: a desk mostly says the same to many. */
const MAX_TEXTS = 500

function search(text: string, words: readonly string[], { plain, bare }: Lexicon): FoundWord[] {
  const units = normalise(text)
  const found: Found[] = []
  if (plain.size > 0) occurrences(units, plain, found)
  if (bare.size > 0)
    occurrences(
      units.filter(({ isSign }) => !isSign),
      bare,
      found,
    )
  found.sort((a, b) => a.at - b.at || a.start - b.start)
  return found.map(({ at, start, end }) => ({ word: words[at]!, start, end }))
}

/** A normalised character of a text and where it came from. */
interface Unit {
  readonly text: string
  /** Whether it may stand between the characters of a Chinese word. */
  readonly isSign: boolean
  readonly start: number
  readonly end: number
}

/** A word as it is looked for: which one of the list, and its characters. */
interface Pattern {
  readonly at: number
  readonly characters: readonly string[]
}

interface Found {
  readonly at: number
  readonly start: number
  readonly end: number
}

/** Patterns by their first two characters, or the only one. */
type Patterns = Map<string, Pattern[]>

/** Words with letters or digits are looked for with the signs between them, Chinese ones without. */
interface Lexicon {
  readonly plain: Patterns
  readonly bare: Patterns
  readonly last: Map<string, readonly FoundWord[]>
}

const lexicons = new WeakMap<readonly string[], Lexicon>()

/** What a list of words is looked for by, made once. INVARIANT: the list never changes. */
function lexiconOf(words: readonly string[]): Lexicon {
  let lexicon = lexicons.get(words)
  if (lexicon) return lexicon
  lexicons.set(words, (lexicon = { plain: new Map(), bare: new Map(), last: new Map() }))
  for (const [at, word] of words.entries()) {
    const characters = normalise(word).map(({ text }) => text)
    if (characters.length === 0) continue
    const patterns = characters.some(each => /[a-z0-9]/.test(each)) ? lexicon.plain : lexicon.bare
    const key = characters[0]! + (characters[1] ?? '')
    const others = patterns.get(key)
    if (others) others.push({ at, characters })
    else patterns.set(key, [{ at, characters }])
  }
  return lexicon
}

function occurrences(units: readonly Unit[], patterns: Patterns, found: Found[]): void {
  for (let from = 0; from < units.length; from++) {
    const first = units[from]!.text
    const single = patterns.get(first)
    if (single) add(units, from, single, found)
    const second = units[from + 1]
    const longer = second && patterns.get(first + second.text)
    if (longer) add(units, from, longer, found)
  }
}

function add(units: readonly Unit[], from: number, patterns: readonly Pattern[], found: Found[]): void {
  for (const { at, characters } of patterns)
    if (characters.every((character, index) => units[from + index]?.text === character))
      found.push({ at, start: units[from]!.start, end: units[from + characters.length - 1]!.end })
}

// Joiners, direction marks, variation selectors, soft hyphen: they show nothing.
const invisible =
  /^[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0]$/u
const sign = /^[\p{P}\p{S}\p{Z}\s]$/u

function normalise(text: string): Unit[] {
  const units: Unit[] = []
  let start = 0
  for (const character of text) {
    const end = start + character.length
    for (const part of partsOf(character)) units.push({ ...part, start, end })
    start = end
  }
  return units
}

type Part = Pick<Unit, 'text' | 'isSign'>

const known = new Map<string, readonly Part[]>()
/** Texts are made of few characters; of strange ones no more than this are remembered. */
const MAX_KNOWN = 20_000

/** What a character stands for; nothing for one that is not seen. */
function partsOf(character: string): readonly Part[] {
  let parts = known.get(character)
  if (parts) return parts
  if (known.size >= MAX_KNOWN) known.clear()
  const texts = invisible.test(character) ? [] : [...character.normalize('NFKC').toLowerCase()]
  known.set(character, (parts = texts.map(each => ({ text: each, isSign: sign.test(each) }))))
  return parts
}
