import { checkPack } from '#dsl/check'
import {
  helpOf,
  messageOf,
  severityOf,
  type Diagnostic,
  type DiagnosticCode,
  type Language,
} from '#dsl/diagnostics'
import type { Span } from '#dsl/syntax'
import { rangeOf, type Range } from './range.ts'
import { hasRelated, relatedTo, type Related } from './related.ts'
import { indexSymbols } from './symbol-index.ts'
import type { Texts } from './texts.ts'

/** A finding about a text, in words: where, how grave, what is wrong, and what to do next. */
export interface Finding extends Span {
  readonly code: DiagnosticCode
  readonly severity: 'error' | 'warning'
  readonly file: string
  readonly range: Range
  readonly message: string
  readonly help: string
  readonly related: readonly PlacedRelated[]
}

/** Another place it is about, as an editor counts. */
export interface PlacedRelated extends Related {
  readonly range: Range
}

/** Checks a pack and says what is wrong with it; in reading order, never throws on text. */
export function diagnose(
  texts: Texts,
  language: Language = 'zh',
  diagnostics: readonly Diagnostic[] = checkPack(texts).diagnostics,
): Finding[] {
  const index = diagnostics.some(hasRelated) ? indexSymbols(texts) : undefined
  return diagnostics.map(diagnostic => ({
    code: diagnostic.code,
    severity: severityOf(diagnostic),
    file: diagnostic.file,
    start: diagnostic.start,
    end: diagnostic.end,
    range: rangeOf(texts[diagnostic.file] ?? '', diagnostic),
    message: messageOf(diagnostic, language),
    help: helpOf(diagnostic, language),
    related: index
      ? relatedTo(index, diagnostic, language).map(place => ({
          ...place,
          range: rangeOf(texts[place.file] ?? '', place),
        }))
      : [],
  }))
}
