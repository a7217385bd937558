import { checkPack } from '#dsl/check'
import { helpOf, messageOf, severityOf, type DiagnosticCode, type Language } from '#dsl/diagnostics'
import type { Span } from '#dsl/syntax'
import { rangeOf, type Range } from './range.ts'
import type { Texts } from './texts.ts'

/** A finding about a text, in words: where, how grave, what is wrong, and what to do next. */
export interface Finding extends Span {
  readonly code: DiagnosticCode
  readonly severity: 'error' | 'warning'
  readonly file: string
  readonly range: Range
  readonly message: string
  readonly help: string
}

/** Checks a pack and says what is wrong with it; in reading order, never throws on text. */
export function diagnose(texts: Texts, language: Language = 'zh'): Finding[] {
  return checkPack(texts).diagnostics.map(diagnostic => ({
    code: diagnostic.code,
    severity: severityOf(diagnostic),
    file: diagnostic.file,
    start: diagnostic.start,
    end: diagnostic.end,
    range: rangeOf(texts[diagnostic.file] ?? '', diagnostic),
    message: messageOf(diagnostic, language),
    help: helpOf(diagnostic, language),
  }))
}
