import type { Blueprint, Code } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { evaluate, lineOf } from '#core/table'
import {
  compareValues,
  decodeValue,
  encodeValue,
  isRecord,
  type JsonValue,
  type Type,
  type Value,
} from '#core/values'
import { atomsOf, type Formula } from './formula.ts'
import { eventInstants, isInstant, type Moment } from './moments.ts'

/** What is known of a term beside the conditions that ask about it. */
export interface TermFacts {
  /** `doubtful` where it may be absent for all that is known here, though something else may see to it. */
  readonly absent: 'maybe' | 'never' | 'always' | 'doubtful'
  /** Bounds of a present value. */
  readonly min?: JsonValue
  readonly max?: JsonValue
  readonly maxOpen?: boolean
  /** False where the value hangs on others, so that not all combinations may come about. */
  readonly isFree: boolean
}

/** What is known of a name or path that conditions read, such as `金额` or `customer.等级`. */
export type AboutTerm = (term: Code) => TermFacts

/** Something a world may choose: the value of a term, how two compare, or whether a question without inner parts holds. */
export interface Choice {
  readonly term: Code
  /** Its possible values as far as conditions can tell them apart; null where it is absent. */
  readonly samples: readonly Value[]
  /** Whether every sample is a value the term may have whatever the other choices are. */
  readonly isFree: boolean
  /** Whether a world in which it is absent may be none. */
  readonly isAbsenceDoubtful: boolean
}

/** An atom in terms of one choice: the samples on which it holds; or the same in every world. */
export type Reading =
  { readonly always: boolean } | { readonly choice: number; readonly holdsAt: readonly boolean[] }

export interface Readings {
  readonly choices: readonly Choice[]
  readonly readingOf: (atom: Code) => Reading
}

interface Question {
  readonly atom: Code
  readonly kind: 'value' | 'relation' | 'free'
  readonly key: string
  /** The term, or for a relation its left side. */
  readonly term: Code
}

/** The terms that a formula's atoms are about, with samples so fine that no atom changes its mind between two. */
export function readAtoms(
  blueprint: Blueprint,
  formula: Formula,
  { moment, about }: { moment: Moment; about: AboutTerm },
): Readings {
  const readings = new Map<Code, Reading>()
  const byKey = new Map<string, Question[]>()
  for (const atom of atomsOf(formula)) {
    const question = questionOf(atom)
    if (question) byKey.set(question.key, [...(byKey.get(question.key) ?? []), question])
    else readings.set(atom, { always: evaluate(blueprint, atom, moment.facts) === true })
  }
  const choices = [...byKey.values()].map((questions, choice) => {
    const asked = { blueprint, moment, about }
    const samples = samplesOf(asked, questions)
    const columns = questions.map(question => samples.map(sample => answer(asked, question, sample)))
    const kept = firstOfEach(columns, samples)
    questions.forEach((question, at) => {
      const holdsAt = kept.map(index => columns[at]![index]!)
      readings.set(question.atom, { choice, holdsAt })
    })
    const { term, kind } = questions[0]!
    const isFree =
      kind === 'value' ? about(term).isFree && isPath(term) : kind === 'free' && isMembership(questions)
    const isAbsenceDoubtful = kind === 'value' && about(term).absent === 'doubtful'
    return { term, isFree, isAbsenceDoubtful, samples: kept.map(index => samples[index]!) }
  })
  return { choices, readingOf: atom => readings.get(atom)! }
}

interface Asked {
  readonly blueprint: Blueprint
  readonly moment: Moment
  readonly about: AboutTerm
}

const orders: ReadonlySet<string> = new Set(['=', '!=', '<', '<=', '>', '>='])
const regional: ReadonlySet<string> = new Set(['region=', 'region-in'])
/** Kinds whose values have an order that samples can follow, or are equal or not. */
const readable: ReadonlySet<string> = new Set([
  ...['bool', 'enum', 'int', 'decimal', 'percent', 'money', 'date', 'time', 'datetime', 'region', 'text'],
])

const questions = new WeakMap<Code, { readonly question: Question | undefined }>()

/** What an atom asks; undefined when it reads nothing but the clock. */
function questionOf(atom: Code): Question | undefined {
  let known = questions.get(atom)
  if (!known) questions.set(atom, (known = { question: readQuestion(atom) }))
  return known.question
}

function readQuestion(atom: Code): Question | undefined {
  const parts = atom.op === 'apply' ? atom.args : [atom]
  const open = parts.filter(part => !isClosed(part))
  if (open.length === 0) return undefined
  const [first] = open
  const fn = atom.op === 'apply' ? atom.fn : ''
  const free: Question = { atom, kind: 'free', key: `free ${JSON.stringify(atom)}`, term: atom }
  const valued = (term: Code): Question =>
    readable.has(term.type.kind) ? { atom, kind: 'value', key: JSON.stringify(term), term } : free
  if (open.length === 2 && orders.has(fn)) {
    const [a, b] = open.map(part => JSON.stringify(part)).sort()
    return { atom, kind: 'relation', key: `${a} ${b}`, term: first! }
  }
  if (open.length > 1) return free
  if (atom.op !== 'apply') return valued(atom)
  // Why the type: whether it is known is asked of lists and records too.
  if (fn === 'known') return { atom, kind: 'value', key: JSON.stringify(first), term: first! }
  if (fn === 'not') return valued(first!)
  if (fn === 'within' && isInstant(first!)) return valued(first!)
  if (regional.has(fn)) return parts[0] === first && isPath(first!) ? valued(first!) : free
  if (!orders.has(fn) && fn !== 'in') return free
  if (fn === 'in' && parts[0] !== first) return free
  const inner = innerTerm(first!)
  const isText = inner.type.kind === 'text' && fn !== '=' && fn !== '!=' && fn !== 'in'
  return isText || (inner !== first && fn === 'in') ? free : valued(inner)
}

/** `rank(等级)` and `date(last(订单.下单))` are asked about what they are made of. */
function innerTerm(term: Code): Code {
  if (term.op !== 'apply') return term
  const [inner] = term.args
  if (term.fn === 'rank') return inner!
  return term.fn === 'date' && isInstant(inner!) ? inner! : term
}

/** Whether code reads nothing but constants and the clock. */
function isClosed(code: Code): boolean {
  switch (code.op) {
    case 'const':
      return true
    case 'name':
      return clock.has(code.name)
    case 'list':
      return code.items.every(isClosed)
    case 'apply':
      return code.args.every(isClosed)
    default:
      return false
  }
}

const clock: ReadonlySet<string> = new Set(['today', '(now)', '(zone)'])

/** A name, or a field of one: the value may be chosen by itself. */
export function isPath(code: Code): boolean {
  return code.op === 'name' || (code.op === 'member' && isPath(code.of))
}

/** `标签 has "勿扰"`: every set of tags is possible. */
function isMembership(questions: readonly Question[]): boolean {
  return questions.every(({ atom }) => atom.op === 'apply' && atom.fn === 'has' && isPath(atom.args[0]!))
}

function samplesOf({ blueprint, moment, about }: Asked, questions: readonly Question[]): Value[] {
  const { kind, term, atom } = questions[0]!
  if (kind === 'free') return [true, false]
  if (kind === 'relation') {
    const sides = (atom as Code & { op: 'apply' }).args
    const isKnown = sides.every(side => isPath(side) && about(side).absent === 'never')
    return ['<', '=', '>', ...(isKnown ? [] : [null])]
  }
  const { absent, min, max, maxOpen = false } = about(term)
  if (absent === 'always') return [null]
  const rest = absent === 'never' ? [] : [null]
  if (isInstant(term))
    return [
      ...eventInstants(
        questions.map(question => question.atom),
        moment,
      ),
      ...rest,
    ]
  const ends = [min, max].filter(end => end !== undefined)
  const named = [...questions.flatMap(question => comparands(blueprint, question, moment.facts)), ...ends]
  const cells = named.map(value => ({ not: false, any: [{ from: value, to: value }] }))
  const line = lineOf(blueprint, { name: '', type: term.type }, cells)
  const present = Array.from(
    { length: line.length },
    (_, place) => decodeValue(line.sampleAt(place), term.type) ?? null,
  )
  const [low, high] = [min, max].map(end =>
    end === undefined ? null : (decodeValue(end, term.type) ?? null),
  )
  const within = present.filter(
    value =>
      (low === null || compareValues(value, low!) >= 0) &&
      (high === null || compareValues(value, high!) < (maxOpen ? 0 : 1)),
  )
  return [...within, ...rest]
}

/** The constants that a term is compared with, as cells carry them. */
function comparands(blueprint: Blueprint, { atom, term }: Question, facts: Facts): JsonValue[] {
  if (atom.op !== 'apply' || named.has(term.type.kind)) return []
  return atom.args.filter(isClosed).flatMap(part => {
    const value = evaluate(blueprint, part, facts)
    const values = Array.isArray(value) ? (value as readonly Value[]) : [value]
    return values.flatMap(each =>
      each === null || isRecord(each) ? [] : encodeValue(fitting(each, term.type)),
    )
  })
}

/** Kinds whose values are all tried. */
const named: ReadonlySet<string> = new Set(['bool', 'enum', 'region'])

/** A whole number that a decimal is compared with is one too. */
function fitting(value: Value, { kind }: Type): Value {
  const isExact = kind === 'decimal' || kind === 'percent' || kind === 'money'
  return isExact && typeof value === 'number' ? { units: BigInt(value), scale: 0 } : value
}

const PLACE = '(term)'
const asked = new WeakMap<Code, Code>()

/** Whether an atom holds when its choice is this sample. */
function answer({ blueprint, moment }: Asked, { atom, kind, term }: Question, sample: Value): boolean {
  if (kind === 'free') return sample === true
  if (kind === 'relation') return sample !== null && relationHolds(atom, sample as string)
  let code = asked.get(atom)
  if (!code) asked.set(atom, (code = withPlace(atom, JSON.stringify(term), term.type)))
  return evaluate(blueprint, code, { ...moment.facts, [PLACE]: sample }) === true
}

const meanings: Readonly<Record<string, string>> = {
  '=': '=',
  '!=': '<>',
  '<': '<',
  '<=': '<=',
  '>': '>',
  '>=': '>=',
}

/** Two sides are compared in the order of their texts, whichever an atom names first. */
function relationHolds(atom: Code, sample: string): boolean {
  const { fn, args } = atom as Code & { op: 'apply' }
  const [a, b] = args.map(side => JSON.stringify(side)) as [string, string]
  if (a === b) return meanings[fn]!.includes('=')
  const turned = a < b ? sample : sample === '<' ? '>' : sample === '>' ? '<' : sample
  return meanings[fn]!.includes(turned)
}

function withPlace(code: Code, key: string, type: Type): Code {
  if (JSON.stringify(code) === key) return { op: 'name', type, name: PLACE }
  if (code.op === 'apply') return { ...code, args: code.args.map(arg => withPlace(arg, key, type)) }
  return code
}

/** Of samples on which all atoms agree one is enough. */
function firstOfEach(columns: readonly (readonly boolean[])[], samples: readonly Value[]): number[] {
  const seen = new Set<string>()
  return samples.flatMap((_, index) => {
    const pattern = columns.map(column => (column[index] ? 1 : 0)).join('')
    if (seen.has(pattern)) return []
    seen.add(pattern)
    return [index]
  })
}
