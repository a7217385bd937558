import { isSame } from './same.ts'

/** A question that a check asked about the rest of its pack, and the answer it was given. */
export interface Read {
  readonly source: string
  readonly question: string
  readonly answer: unknown
}

type Note = (question: string, answer: unknown) => void

/** What is noted of whichever collection. */
interface Collection {
  /** The answer to a question about one name. */
  answer(question: string): unknown
  items(): readonly unknown[]
}

/** What is asked of a collection: all of it, or of one name whether it is there or what it stands for. */
const whole = '*'
const has = (name: string) => `?${name}`
const get = (name: string) => `=${name}`

/**
 * Notes what checks ask about their pack. After the texts changed, an answer that says what it said before is the very
 * same object again; what a check read has changed exactly when an answer is not identical to the one noted.
 */
export class Notebook {
  #reads: Map<string, Read> | undefined
  readonly #sources = new Map<string, (question: string) => unknown>()
  readonly #collections = new Map<string, Collection>()
  #answers = new Map<string, { readonly given: unknown; readonly settled: unknown }>()
  #before = this.#answers

  /** Begins with changed texts; what was not asked since the last time is forgotten. */
  turn(): void {
    this.#before = this.#answers
    this.#answers = new Map()
  }

  /** Runs a check and gives what it asked beside what it made of it. */
  noting<T>(check: () => T): { readonly value: T; readonly reads: readonly Read[] } {
    const reads = new Map<string, Read>()
    return { value: this.#with(reads, check), reads: [...reads.values()] }
  }

  /** Whether every answer still stands. */
  holds(reads: readonly Read[]): boolean {
    return reads.every(({ source, question, answer }) =>
      Object.is(this.#sources.get(source)?.(question), answer),
    )
  }

  map<V>(source: string, entries: Iterable<readonly [string, V]>): ReadonlyMap<string, V> {
    const before = this.#collections.get(source) as NotedMap<V> | undefined
    const map = new NotedMap<V>(this.#noteOf(source))
    for (const [name, value] of entries) {
      const known = before?.peek(name)
      map.set(name, isSame(known, value) ? known! : value)
    }
    return this.#kept(source, map, before)
  }

  set(source: string, names: Iterable<string>): ReadonlySet<string> {
    const set = new NotedSet(this.#noteOf(source))
    for (const name of names) set.add(name)
    return this.#kept(source, set, this.#collections.get(source) as NotedSet | undefined)
  }

  /** A function of a name; what it asks itself is not noted, its answer is. */
  asked<T>(source: string, answer: (question: string) => T): (question: string) => T {
    const note = this.#noteOf(source)
    const settled = (question: string): T => {
      const given = this.#with(undefined, () => answer(question))
      const key = `${source} ${question}`
      const known = this.#answers.get(key) ?? this.#before.get(key)
      const stands = known && (known.given === given || isSame(known.settled, given))
      const settled = (stands ? known.settled : given) as T
      this.#answers.set(key, { given, settled })
      return settled
    }
    this.#sources.set(source, settled)
    return question => {
      const answer = settled(question)
      note(question, answer)
      return answer
    }
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
    const ask = (question: string) =>
      question === whole ? Object.keys(part).join('\n') : part[question.slice(1)]
    this.#sources.set(source, ask)
    const read = (question: string) => note(question, ask(question))
    return new Proxy(part, {
      get: (_, key) => (read(get(String(key))), Reflect.get(part, key)),
      has: (_, key) => (read(get(String(key))), Reflect.has(part, key)),
      getOwnPropertyDescriptor: (_, key) => (
        read(get(String(key))),
        Reflect.getOwnPropertyDescriptor(part, key)
      ),
      ownKeys: () => (read(whole), Reflect.ownKeys(part)),
    })
  }

  /** The collection of before when the new one says the same. */
  #kept<C extends Collection>(source: string, fresh: C, before: C | undefined): C {
    const kept = before && isSame(before.items(), fresh.items()) ? before : fresh
    this.#collections.set(source, kept)
    this.#sources.set(source, question => (question === whole ? kept : kept.answer(question)))
    return kept
  }

  #noteOf(source: string): Note {
    return (question, answer) => {
      const key = `${source} ${question}`
      if (this.#reads && !this.#reads.has(key)) this.#reads.set(key, { source, question, answer })
    }
  }

  #with<T>(reads: Map<string, Read> | undefined, work: () => T): T {
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

  constructor(note: Note) {
    super()
    this.#note = note
  }

  override get(name: string): V | undefined {
    const value = super.get(name)
    this.#note(get(name), value)
    return value
  }

  override has(name: string): boolean {
    const isThere = super.has(name)
    this.#note(has(name), isThere)
    return isThere
  }

  override get size(): number {
    this.#note(whole, this)
    return super.size
  }

  override entries() {
    this.#note(whole, this)
    return super.entries()
  }

  override keys() {
    this.#note(whole, this)
    return super.keys()
  }

  override values() {
    this.#note(whole, this)
    return super.values()
  }

  override [Symbol.iterator]() {
    return this.entries()
  }

  override forEach(visit: (value: V, name: string, map: Map<string, V>) => void): void {
    for (const [name, value] of this) visit(value, name, this)
  }

  /** What stands there, without a note. */
  peek(name: string): V | undefined {
    return super.get(name)
  }

  answer(question: string): unknown {
    const name = question.slice(1)
    return question === has(name) ? super.has(name) : super.get(name)
  }

  items(): readonly unknown[] {
    return [...super.entries()]
  }
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
    this.#note(has(name), isThere)
    return isThere
  }

  override get size(): number {
    this.#note(whole, this)
    return super.size
  }

  override values() {
    this.#note(whole, this)
    return super.values()
  }

  override keys() {
    return this.values()
  }

  override [Symbol.iterator]() {
    return this.values()
  }

  override forEach(visit: (name: string, same: string, set: Set<string>) => void): void {
    for (const name of this) visit(name, name, this)
  }

  answer(question: string): unknown {
    return super.has(question.slice(1))
  }

  items(): readonly unknown[] {
    return [...super.values()]
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
