import type { Span } from '#dsl/syntax'
import { catalogue, type Code } from './catalogue.ts'

export type Language = 'zh' | 'en'

/** One finding about a text, as data; words are rendered from the catalogue. */
export interface Diagnostic extends Span {
  readonly code: Code
  readonly file: string
  readonly params: Readonly<Record<string, string>>
}

export function severityOf(diagnostic: Diagnostic): 'error' | 'warning' {
  return catalogue[diagnostic.code].severity
}

/** Whether a text with this finding may be tried but not published: it is wrong, or asks for what no engine runs yet. */
export function blocksRelease(diagnostic: Pick<Diagnostic, 'code'>): boolean {
  return catalogue[diagnostic.code].severity === 'error' || diagnostic.code.startsWith('AX9')
}

/** The sentence of a diagnostic, in the language asked for. */
export function messageOf(diagnostic: Diagnostic, language: Language): string {
  return fill(catalogue[diagnostic.code][language], diagnostic.params)
}

/** What to do about it. */
export function helpOf(diagnostic: Diagnostic, language: Language): string {
  return fill(catalogue[diagnostic.code].help[language], diagnostic.params)
}

function fill(template: string, params: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\}/g, (_, key: string) => params[key] ?? '')
}

/** A place as people count it: line and column from 1, in UTF-16 units. */
export function positionAt(source: string, offset: number): { line: number; column: number } {
  const before = source.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: offset - lineStart + 1 }
}
