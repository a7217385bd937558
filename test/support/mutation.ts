// Small slips in a sound pack: what a tired author gets wrong. Each is one token changed; the checker should notice.
import { readFileSync, readdirSync } from 'node:fs'
import { checkPack, examine, playScenario } from '#dsl'
import { parse, type ParsedFile } from '#dsl/syntax'

export type Slip = 'typo' | 'name' | 'type' | 'enum value' | 'cell bound' | 'guard' | 'share'
export type Texts = Readonly<Record<string, string>>

/** One token of a text replaced. */
export interface Mutant {
  readonly slip: Slip
  readonly file: string
  readonly line: number
  readonly from: string
  readonly to: string
  readonly texts: Texts
}

/** What noticed a mutant: codes of the checker, the pack's own tests, or nothing. */
export interface Verdict {
  readonly codes: readonly string[]
  readonly failedTests: number
}

/** The texts of a pack by file. */
export function textsOf(pack: string): Texts {
  return Object.fromEntries(
    readdirSync(`plugins/${pack}`, { recursive: true, encoding: 'utf8' })
      .filter(name => name.endsWith('.axle'))
      .sort()
      .map(name => [name, readFileSync(`plugins/${pack}/${name}`, 'utf8')]),
  )
}

/** Every mutant of a pack, in reading order; `pick` chooses among the replacements of a place (a number below its argument). */
export function mutantsOf(texts: Texts, pick: (count: number) => number): Mutant[] {
  const files = Object.entries(texts)
    .filter(([file]) => !file.startsWith('tests/') && !file.startsWith('labels'))
    .map(([file, source]) => ({ file, parsed: parse(source) }))
  const words = wordsOf(files.map(({ parsed }) => parsed))
  return files.flatMap(({ file, parsed }) => mutantsIn({ texts, file, parsed, words, pick }))
}

/** What the checker and the pack's own tests say about a mutant that they do not say about the pack. */
export function judge(texts: Texts): Verdict {
  const { diagnostics, blueprint, cases, scenarios } = checkPack(texts)
  const codes = [...new Set(diagnostics.map(({ code }) => code))].sort()
  if (codes.length > 0) return { codes, failedTests: 0 }
  const rows = examine(blueprint, cases).filter(row => Object.keys(row.differences).length > 0)
  const stories = scenarios.filter(scenario => playScenario(blueprint, scenario).failure !== null)
  return { codes, failedTests: rows.length + stories.length }
}

interface Words {
  /** Name to how often the pack says it. */
  readonly count: ReadonlyMap<string, number>
  /** Enum value to the values of its enum. */
  readonly siblings: ReadonlyMap<string, readonly string[]>
}

function wordsOf(files: readonly ParsedFile[]): Words {
  const count = new Map<string, number>()
  for (const { tokens } of files)
    for (const { image, tokenType } of tokens)
      if (tokenType.name === 'Word') count.set(image, (count.get(image) ?? 0) + 1)
  const enums = files.flatMap(({ declarations }) => declarations.filter(node => node.kind === 'enum'))
  const siblings = new Map(
    enums.flatMap(({ values }) =>
      values.map(value => [value.name.text, values.map(v => v.name.text)] as const),
    ),
  )
  return { count, siblings }
}

interface Place {
  readonly texts: Texts
  readonly file: string
  readonly parsed: ParsedFile
  readonly words: Words
  readonly pick: (count: number) => number
}

const types = ['text', 'int', 'money', 'percent', 'date', 'bool', 'duration']
const opposite: Readonly<Record<string, string>> = { '<': '>=', '<=': '>', '>': '<=', '>=': '<', '=': '!=' }

function mutantsIn({ texts, file, parsed, words, pick }: Place): Mutant[] {
  const { source, tokens } = parsed
  const mutants: Mutant[] = []
  tokens.forEach((token, index) => {
    const { image: from, startOffset: start, endOffset: end } = token
    const add = (slip: Slip, to: string) => {
      const text = source.slice(0, start) + to + source.slice(end)
      const line = source.slice(0, start).split('\n').length
      mutants.push({ slip, file, line, from, to, texts: { ...texts, [file]: text } })
    }
    const others = (all: Iterable<string>) => [...all].filter(word => word !== from)
    const kind = token.tokenType.name
    const lineText = source.slice(source.lastIndexOf('\n', start - 1) + 1, start)
    const siblings = words.siblings.get(from)
    const previous = tokens[index - 1]?.image
    if (types.includes(from) && (previous === ':' || previous === '('))
      add('type', choose(others(types), pick))
    else if (siblings && siblings.length > 1 && !/enum|labels/.test(lineText))
      add('enum value', choose(others(siblings), pick))
    else if (kind === 'Word' && (words.count.get(from) ?? 0) > 1) {
      add('typo', `${from}错`)
      add('name', choose(others(words.count.keys()), pick))
    }
    if (opposite[from] && /\bwhen\b/.test(lineText)) add('guard', opposite[from])
    if (['Money', 'Int', 'Percent'].includes(kind)) {
      const to = from.replace(/\d/, digit => String((Number(digit) + 1 + pick(8)) % 10))
      if (/\bsplit\b/.test(lineText)) add('share', to)
      else if (lineText.trimStart().startsWith('|')) add('cell bound', to)
    }
  })
  return mutants
}

function choose(options: readonly string[], pick: (count: number) => number): string {
  return options[pick(options.length)]!
}

/** Numbers below a bound, the same for the same seed (mulberry32). */
export function dice(seed: number): (count: number) => number {
  let state = seed
  return count => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) % count
  }
}
