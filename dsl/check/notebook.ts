import { isSame } from './same.ts'

/** What is asked of a source: all of it, its names, or of one name whether it is there or what it stands for. */
type Question = (typeof questions)[number]
const questions = ['all', 'names', 'has', 'get'] as const
const nothing: ReadonlyMap<string, unknown> = new Map()

type Source = (question: Question, name: string) => unknown
type Note = (question: Question, name: string, answer: unknown) => void

/** What a check asked about the rest of its pack, and the answers it was given: by source, question and name. */
export type Reads = ReadonlyMap<string, Asked>
type Asked = { [Each in Question]?: Map<string, unknown> }

/** A map or a set whose reading is noted. */
interface Collection {
  /** An answer, without a note of it. */
  readonly answer: Source
  /** All that it says. */
  readonly items: () => readonly unknown[]
}

/**
 * Notes what checks ask about their pack. After the texts changed, an answer that says what it said before is the very
 * same object again: what a check read has changed exactly when an answer is not identical to the one noted.
 */
export class Notebook {
  #reads: Map<string, Asked> | undefined
  readonly #sources = new Map<string, Source>()
  readonly #collections = new Map<string, Collection>()
  readonly #answers = new Map<string, ReadonlyMap<string, unknown>>()

  /** Runs a check and gives what it asked beside what it made of it. */
  noting<T>(check: () => T): { readonly value: T; readonly reads: Reads } {
    const reads = new Map<string, Asked>()
    return { value: this.#with(reads, check), reads }
  }

  /** Whether every answer still stands. */
  holds(reads: Reads): boolean {
    for (const [source, asked] of reads) {
      const answerOf = this.#sources.get(source)!
      for (const question of questions)
        for (const [name, answer] of asked[question] ?? nothing)
          if (!Object.is(answerOf(question, name), answer)) return false
    }
    return true
  }

  map<V>(source: string, entries: Iterable<readonly [string, V]>): ReadonlyMap<string, V> {
    const before = this.#collections.get(source) as NotedMap<V> | undefined
    const map = new NotedMap<V>(this.#noteOf(source))
    for (const [name, value] of entries) {
      const known = before?.answer('get', name) as V | undefined
      map.set(name, isSame(known, value) ? known! : value)
    }
    return this.#kept(source, map, before)
  }

  set(source: string, names: Iterable<string>): ReadonlySet<string> {
    const set = new NotedSet(this.#noteOf(source))
    for (const name of names) set.add(name)
    return this.#kept(source, set, this.#collections.get(source) as NotedSet | undefined)
  }

  /** A function of a name; its answer is noted, what it asks itself is not. It is asked once until the texts change. */
  asked<T>(source: string, work: (name: string) => T): (name: string) => T {
    const settled = this.#settling(source, work)
    const answers = new Map<string, T>()
    return this.#answering(source, name => {
      if (!answers.has(name)) answers.set(name, settled(name))
      return answers.get(name)!
    })
  }

  /** The same for answers that change while a pack is checked. */
  askedAnew<T>(source: string, work: (name: string) => T): (name: string) => T {
    return this.#answering(source, this.#settling(source, work))
  }

  /**
   * An object of objects by name, as a blueprint is: noted is which names of which part are read. Its answers are the
   * objects themselves, since what is worked out for a table is kept by the table.
   */
  parts<T extends object>(source: string, owner: T): T {
    const parts = new Map(
      Object.entries(owner).flatMap(([key, part]) =>
        isRecord(part) ? [[key, this.#part(`${source}.${key}`, part)] as const] : [],
      ),
    )
    return new Proxy(owner, { get: (_, key) => parts.get(String(key)) })
  }

  #part(source: string, part: Readonly<Record<string, unknown>>): object {
    const note = this.#noteOf(source)
    const answerOf = (question: Question, name: string) =>
      question === 'names' ? Object.keys(part).join('\n') : part[name]
    this.#sources.set(source, answerOf)
    const read = (key: string | symbol) => note('get', String(key), part[String(key)])
    return new Proxy(part, {
      get: (_, key) => (read(key), Reflect.get(part, key)),
      has: (_, key) => (read(key), Reflect.has(part, key)),
      getOwnPropertyDescriptor: (_, key) => (read(key), Reflect.getOwnPropertyDescriptor(part, key)),
      ownKeys: () => (note('names', '', answerOf('names', '')), Reflect.ownKeys(part)),
    })
  }

  /** The collection of before when the new one says the same. */
  #kept<C extends Collection>(source: string, fresh: C, before: C | undefined): C {
    const kept = before && isSame(before.items(), fresh.items()) ? before : fresh
    this.#collections.set(source, kept)
    this.#sources.set(source, kept.answer)
    return kept
  }

  /** Answers with the object of before when that says the same. */
  #settling<T>(source: string, work: (name: string) => T): (name: string) => T {
    const before = this.#answers.get(source) as ReadonlyMap<string, T> | undefined
    const answers = new Map<string, T>()
    this.#answers.set(source, answers)
    return name => {
      const given = this.#with(undefined, () => work(name))
      const known = answers.has(name) ? answers.get(name) : before?.get(name)
      const settled = isSame(known, given) ? known! : given
      answers.set(name, settled)
      return settled
    }
  }

  #answering<T>(source: string, answerOf: (name: string) => T): (name: string) => T {
    const note = this.#noteOf(source)
    this.#sources.set(source, (_, name) => answerOf(name))
    return name => {
      const answer = answerOf(name)
      note('get', name, answer)
      return answer
    }
  }

  #noteOf(source: string): Note {
    return (question, name, answer) => {
      if (!this.#reads) return
      let asked = this.#reads.get(source)
      if (!asked) this.#reads.set(source, (asked = {}))
      const answers = (asked[question] ??= new Map())
      if (!answers.has(name)) answers.set(name, answer)
    }
  }

  #with<T>(reads: Map<string, Asked> | undefined, work: () => T): T {
    const outer = this.#reads
    this.#reads = reads
    try {
      return work()
    } finally {
      this.#reads = outer
    }
  }
}

/** A map that notes what is read of it. */
class NotedMap<V> extends Map<string, V> implements Collection {
  readonly #note: Note
  #names: string | undefined

  constructor(note: Note) {
    super()
    this.#note = note
  }

  override get(name: string): V | undefined {
    const value = super.get(name)
    this.#note('get', name, value)
    return value
  }

  override has(name: string): boolean {
    const isThere = super.has(name)
    this.#note('has', name, isThere)
    return isThere
  }

  override get size(): number {
    this.#note('all', '', this)
    return super.size
  }

  override entries() {
    this.#note('all', '', this)
    return super.entries()
  }

  override keys() {
    this.#note('names', '', this.answer('names', ''))
    return super.keys()
  }

  override values() {
    this.#note('all', '', this)
    return super.values()
  }

  override [Symbol.iterator]() {
    return this.entries()
  }

  override forEach(visit: (value: V, name: string, map: Map<string, V>) => void): void {
    for (const [name, value] of this) visit(value, name, this)
  }

  answer = (question: Question, name: string): unknown => {
    if (question === 'get') return super.get(name)
    if (question === 'has') return super.has(name)
    return question === 'all' ? this : (this.#names ??= [...super.keys()].join('\n'))
  }

  items = (): readonly unknown[] => [...super.entries()]
}

/** A set that notes what is read of it. */
class NotedSet extends Set<string> implements Collection {
  readonly #note: Note

  constructor(note: Note) {
    super()
    this.#note = note
  }

  override has(name: string): boolean {
    const isThere = super.has(name)
    this.#note('has', name, isThere)
    return isThere
  }

  override get size(): number {
    this.#note('all', '', this)
    return super.size
  }

  override values() {
    this.#note('all', '', this)
    return super.values()
  }

  override keys() {
    return this.values()
  }

  override entries() {
    this.#note('all', '', this)
    return super.entries()
  }

  override [Symbol.iterator]() {
    return this.values()
  }

  override forEach(visit: (name: string, same: string, set: Set<string>) => void): void {
    for (const name of this) visit(name, name, this)
  }

  answer = (question: Question, name: string): unknown => (question === 'has' ? super.has(name) : this)

  items = (): readonly unknown[] => [...super.values()]
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
