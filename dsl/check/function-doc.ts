import type { Type } from '#core/values'
import { unified } from './unify.ts'

/** A function of the language: what it takes, what it gives, and what people read about it. */
export interface FunctionDoc {
  readonly parameters: readonly string[]
  /** The type it gives for arguments of these types; undefined when it takes no such ones. */
  readonly result: (types: readonly Type[]) => Type | undefined
  /** The engine’s name for it when that differs from its own; it may differ by the types. */
  readonly fn?: string | ((types: readonly Type[]) => string)
  /** Amounts keep fractions of a cent and must be rounded. */
  readonly inexact?: boolean
  /** Arguments that end up in one list, by place: whole numbers among decimals become such. */
  readonly together?: readonly ('list' | 'item' | undefined)[]
  readonly zh: string
  readonly en: string
  readonly example: string
}

export type FunctionRow = readonly [name: string, doc: FunctionDoc]
export type Result = FunctionDoc['result']

export const kind = (name: 'int' | 'decimal' | 'text' | 'bool' | 'date' | 'time' | 'duration'): Type => ({
  kind: name,
})
export const isNumber = (type: Type | undefined) =>
  type?.kind === 'int' || type?.kind === 'decimal' || type?.kind === 'percent'
export const isAmount = (type: Type | undefined) => isNumber(type) || type?.kind === 'money'
export const itemsOf = (type: Type | undefined) =>
  type?.kind === 'list' || type?.kind === 'set' ? type.of : undefined
export const list = (of: Type): Type => ({ kind: 'list', of })

/** Takes exactly these kinds and gives that one. */
export function takes(kinds: readonly Type['kind'][], gives: Type): Result {
  return types =>
    types.length === kinds.length && types.every((type, at) => type.kind === kinds[at]) ? gives : undefined
}

/** The first of several ways to call it that fits. */
export function either(...ways: readonly Result[]): Result {
  return types => ways.map(way => way(types)).find(type => type !== undefined)
}

export function ofList(gives: (of: Type) => Type | undefined): Result {
  return ([type, ...rest]) => {
    const of = itemsOf(type)
    return of && rest.length === 0 ? gives(of) : undefined
  }
}

/** A list and places in it, whole numbers all: a list of the same kind. */
export function placed(places: number): Result {
  return ([type, ...rest]) => {
    const of = itemsOf(type)
    return of && rest.length === places && rest.every(({ kind }) => kind === 'int') ? list(of) : undefined
  }
}

export const twoLists: Result = ([a, b, ...rest]) => {
  const [of, other] = [itemsOf(a), itemsOf(b)]
  const item = of && other && rest.length === 0 ? unified(of, other) : undefined
  return item && list(item)
}

/** A list and one that could stand in it: what the two have in common. */
export function withItem(a: Type | undefined, item: Type | undefined): Type | undefined {
  const of = itemsOf(a)
  return of && item && unified(of, item)
}
