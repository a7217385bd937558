/**
 * What a change asks for: nothing (`safe`), nothing of people because what is in flight moves by itself (`auto`), a decision
 * where things go that have no place any more (`mapping`), or an agreement or a correction first (`breaking`).
 */
export type ChangeClass = 'safe' | 'auto' | 'mapping' | 'breaking'

/** The classes, the mildest first. */
export const classOrder: readonly ChangeClass[] = ['safe', 'auto', 'mapping', 'breaking']

/** One change between two versions: which words say it, of what, and what they are filled with. */
export interface Change {
  readonly class: ChangeClass
  /** Key of the words. */
  readonly says: string
  /** Section and qualified name, such as `forms:退款单.金额`. */
  readonly at: string
  readonly params: Readonly<Record<string, string>>
}

export function change(kind: ChangeClass, says: string, at: string, params: Change['params']): Change {
  return { class: kind, says, at, params }
}

/** The class that asks for most; `safe` of none. */
export function worstClass(changes: readonly Change[]): ChangeClass {
  return changes.reduce<ChangeClass>(
    (worst, { class: other }) => (classOrder.indexOf(other) > classOrder.indexOf(worst) ? other : worst),
    'safe',
  )
}

/** Names of one record against another: what came, what went, what is in both. */
export function compareNames<T>(
  before: Readonly<Record<string, T>>,
  after: Readonly<Record<string, T>>,
): {
  readonly added: readonly [string, T][]
  readonly removed: readonly [string, T][]
  readonly kept: readonly [string, T, T][]
} {
  const has = (record: object, name: string) => Object.hasOwn(record, name)
  return {
    added: Object.entries(after).filter(([name]) => !has(before, name)),
    removed: Object.entries(before).filter(([name]) => !has(after, name)),
    kept: Object.entries(after).flatMap(([name, now]): [string, T, T][] =>
      has(before, name) ? [[name, before[name]!, now]] : [],
    ),
  }
}

/** What people call it changed. */
export function relabelled(
  at: string,
  name: string,
  [was, is]: readonly [{ readonly label: string }, { readonly label: string }],
): Change[] {
  if (was.label === is.label) return []
  return [change('safe', 'relabelled', at, { name, before: was.label, after: is.label })]
}

/** Whether what is in both stands in another order. */
export function isMoved(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
): boolean {
  const kept = (of: object, other: object) => Object.keys(of).filter(name => Object.hasOwn(other, name))
  return !same(kept(before, after), kept(after, before))
}

export function same(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b)
}
