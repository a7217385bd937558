import type { Declaration } from '#dsl/syntax'
import type { Memory } from './recall.ts'
import { ofKind, type Placed, type Scope } from './scope.ts'

/** One check of a pack: its declarations in order, the scopes of its files, and what is remembered of the check before. */
export interface Work {
  /** What is imported, then what is written. */
  readonly placed: readonly Placed[]
  readonly written: readonly Placed[]
  readonly scopeOf: (file: string) => Scope
  readonly memory: Memory
  /** What each declaration came to. Of several with one name the blueprint holds one. */
  readonly made: Map<Declaration, unknown>
}

/** Runs one step of a declaration's check, or recalls what it came to. */
export type Recall = <T>(
  asked: { readonly step: string; readonly given?: readonly unknown[] },
  check: (scope: Scope) => T,
) => T

/** Goes through the declarations of a kind in reading order. */
export function eachOf<D extends Declaration, T = unknown>(
  { placed, scopeOf, memory }: Work,
  kind: D['kind'],
  visit: (node: D, recall: Recall, file: string) => T,
): T[] {
  return ofKind<D>(placed, kind).map(entry => {
    const recall: Recall = (asked, check) =>
      memory.recall({ ...asked, placed: [entry] }, scopeOf, scope => check(scope!))
    return visit(entry.node, recall, entry.file)
  })
}

/** Goes through the declarations of a kind that the blueprint holds, with what it holds of them. */
export function eachMade<D extends Declaration, T>(
  work: Work,
  { kind, of }: { readonly kind: D['kind']; readonly of: Readonly<Record<string, T>> },
  visit: (node: D, made: T, recall: Recall) => void,
): void {
  eachOf<D>(work, kind, (node, recall) => {
    const held = of[node.name.text]
    if (held !== undefined && held === work.made.get(node)) visit(node, held, recall)
  })
}
