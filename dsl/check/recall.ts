import type { Diagnostic } from '#dsl/diagnostics'
import { parse, reparse, type Declaration, type ParsedFile, type Span } from '#dsl/syntax'
import { Notebook, type Reads } from './notebook.ts'
import { isMoved } from './same.ts'
import { scopeWith, type Placed, type Scope, type SourceFile } from './scope.ts'

/** Declarations that are checked together, and what else their check goes by, compared by identity. */
export interface Asked {
  /** Which check it is: one declaration may have several. */
  readonly step: string
  readonly placed: readonly Placed[]
  readonly given?: readonly unknown[]
}

/** What a check made of its declarations, where these stood then, and what it asked about the rest of the pack. */
interface Recollection {
  readonly value: unknown
  readonly nodes: readonly Declaration[]
  readonly starts: readonly number[]
  readonly given: readonly unknown[]
  readonly findings: readonly Finding[]
  readonly reads: Reads
  /** False when the check looked at a place outside its declarations, which may move another way than they do. */
  readonly isOwn: boolean
}

/** A finding in one of the declarations that were checked together. */
interface Finding extends Span {
  readonly part: number
  readonly code: Diagnostic['code']
  readonly params: Diagnostic['params'] | undefined
}

type ScopeOf = (file: string) => Scope
type Check<T> = (...scopes: readonly Scope[]) => T

/**
 * What is kept of a pack from one check to the next. A check is a function of what its declarations say, wherever they
 * stand, and of the answers it gets about the rest of the pack: while both are unchanged, what it made of them stands, and
 * its findings move along with the declarations.
 */
export class Memory {
  readonly notebook = new Notebook()
  #files = new Map<string, ParsedFile>()
  readonly #firsts = new WeakMap<Declaration, Declaration>()
  readonly #recollections = new WeakMap<Declaration, Map<string, Recollection>>()

  /** Reads a file, by way of what was read of it before. */
  read(path: string, text: string): SourceFile {
    const known = this.#files.get(path)
    if (known?.source === text) return { path, parsed: known }
    return { path, parsed: known ? reparse(known, text) : parse(text) }
  }

  /** Begins with changed files. */
  turn(files: readonly SourceFile[]): void {
    for (const { path, parsed } of files) {
      const before = this.#files.get(path)
      if (before && before !== parsed) this.#recognise(before, parsed)
    }
    this.#files = new Map(files.map(({ path, parsed }) => [path, parsed]))
  }

  /** A declaration as it was first met: the same object as long as it says the same, wherever it stands by now. */
  firstOf<D extends Declaration>(node: D): D {
    return (this.#firsts.get(node) ?? node) as D
  }

  /** What a check makes of declarations: recalled while nothing that it read has changed, or worked out. */
  recall<T>(asked: Asked, scopeOf: ScopeOf, check: Check<T>): T {
    const nodes = asked.placed.map(({ node }) => this.firstOf(node))
    const kept = this.#keptOf(nodes[0]!)
    const known = kept.get(asked.step)
    const found = known && this.#stands(known, asked, nodes) ? known : this.#workOut(asked, scopeOf, check)
    if (found !== known) kept.set(asked.step, found)
    for (const { part, start, end, code, params } of found.findings) {
      const { node, file } = asked.placed[part]!
      const shift = node.start - found.starts[part]!
      scopeOf(file).report({ start: start + shift, end: end + shift }, code, params)
    }
    return found.value as T
  }

  #stands(known: Recollection, { given = [] }: Asked, nodes: readonly Declaration[]): boolean {
    return (
      known.isOwn &&
      isSameList(known.nodes, nodes) &&
      isSameList(known.given, given) &&
      this.notebook.holds(known.reads)
    )
  }

  #workOut({ placed, given = [] }: Asked, scopeOf: ScopeOf, check: Check<unknown>): Recollection {
    const findings: Finding[] = []
    let isOwn = true
    const scopeFor = ({ node, file }: Placed, part: number): Scope => {
      const scope = scopeOf(file)
      const own = (span: Span): Span => {
        isOwn &&= node.start <= span.start && span.end <= node.end
        return span
      }
      return scopeWith(scope, {
        textOf: span => scope.textOf(own(span)),
        report: (span, code, params) => {
          const { start, end } = own(span)
          findings.push({ part, start, end, code, params })
        },
      })
    }
    const noted = this.notebook.noting(() => check(...placed.map(scopeFor)))
    const nodes = placed.map(({ node }) => this.firstOf(node))
    return { ...noted, nodes, starts: placed.map(({ node }) => node.start), given, findings, isOwn }
  }

  #keptOf(node: Declaration): Map<string, Recollection> {
    const known = this.#recollections.get(node)
    if (known) return known
    const fresh = new Map<string, Recollection>()
    this.#recollections.set(node, fresh)
    return fresh
  }

  /** Finds declarations of before in a changed file: those with the same text whose trees differ in their place alone. */
  #recognise(before: ParsedFile, now: ParsedFile): void {
    const byText = Map.groupBy(before.declarations, node => before.source.slice(node.start, node.end))
    const kept = new Set(before.declarations)
    for (const node of now.declarations) {
      if (kept.has(node) || this.#firsts.has(node)) continue
      const same = byText
        .get(now.source.slice(node.start, node.end))
        ?.map(each => this.firstOf(each))
        .find(first => isMoved(first, node, node.start - first.start))
      if (same && same !== node) this.#firsts.set(node, same)
    }
  }
}

function isSameList(a: readonly unknown[], b: readonly unknown[]): boolean {
  return a.length === b.length && a.every((item, index) => Object.is(item, b[index]))
}
