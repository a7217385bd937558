import type { Name, Span } from '#dsl/syntax'
import type { Scope } from './scope.ts'

/** Says that what stands here is read and checked but that no engine runs it yet. */
export function reportLater(
  scope: Scope,
  at: Span,
  said: { readonly word: string; readonly name: string },
): void {
  scope.report(at, 'AX9001', said)
}

/** The same for a whole declaration or clause that its word introduces. */
export function laterNamed(scope: Scope, name: Name, word: string): void {
  reportLater(scope, name, { word, name: name.text })
}
