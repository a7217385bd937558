import type { Facts } from '#core/expression'
import type { Value } from '#core/values'

/** Works a name's value out of what is given for these names alone and of what they share; `facts` are the names themselves. */
export type Work<Given, Shared> = (given: Given, shared: Shared, facts: Facts) => Value

/** The names that all forms, or all records of an entity, have: each is worked out when it is first read, and once. */
export interface Shape<Given, Shared> {
  readonly factsOf: (given: Given, shared: Shared) => Facts
  readonly prototype: object
  /** How many names there are, with those it builds on. */
  readonly size: number
}

/** What facts are worked out of, and what is worked out already by the place of its name. */
interface Names<Given, Shared> {
  readonly given: Given
  readonly shared: Shared
  /** The names themselves, also where others build on them. */
  readonly facts: Facts
  readonly values: (Value | undefined)[]
}

/** Where facts keep all that: one property, which no name of the language is, as there are too many shapes for the machine to know. */
const NAMES = Symbol('names')

interface Made<Given, Shared> {
  [NAMES]: Names<Given, Shared>
}

/**
 * A shape of its own names before those of another. Its names stand on a prototype, so that making facts costs the same
 * however many names there are. Hidden names may be read but are not listed.
 */
export function shapeOf<Given, Shared>(
  works: ReadonlyMap<string, Work<Given, Shared>>,
  base?: Shape<never, Shared>,
  hidden?: ReadonlyMap<string, Work<Given, Shared>>,
): Shape<Given, Shared> {
  const prototype = Object.create(base?.prototype ?? null) as object
  let size = base?.size ?? 0
  for (const [name, work] of works) define(prototype, name, { work, at: size++, enumerable: true })
  for (const [name, work] of hidden ?? []) define(prototype, name, { work, at: size++, enumerable: false })
  const Facts = function (this: Made<Given, Shared>, given: Given, shared: Shared) {
    const values = new Array<Value | undefined>(size)
    this[NAMES] = { given, shared, facts: this as unknown as Facts, values }
  } as unknown as new (given: Given, shared: Shared) => Facts
  Facts.prototype = prototype
  return { factsOf: (given, shared) => new Facts(given, shared), prototype, size }
}

function define<Given, Shared>(
  prototype: object,
  name: string,
  { work, at, enumerable }: { work: Work<Given, Shared>; at: number; enumerable: boolean },
): void {
  Object.defineProperty(prototype, name, {
    enumerable,
    get(this: Made<Given, Shared>) {
      const { given, shared, facts, values } = this[NAMES]
      return (values[at] ??= work(given, shared, facts))
    },
  })
}
