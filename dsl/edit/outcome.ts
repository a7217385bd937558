import { checkPack } from '#dsl/check'
import { messageOf, type Diagnostic, type DiagnosticCode, type Language } from '#dsl/diagnostics'
import { applyEdits, inverseOf, type TextEdit, type Texts } from '#dsl/service'
import { parse } from '#dsl/syntax'

/** What a gesture does to the texts, and what undoes it; or why it does nothing. */
export type Outcome =
  | {
      readonly isOk: true
      readonly edits: readonly TextEdit[]
      /** With offsets of the texts after `edits`. */
      readonly inverse: readonly TextEdit[]
      /** What would be wrong afterwards that is not wrong now. */
      readonly breaks: readonly Break[]
    }
  | { readonly isOk: false; readonly reason: string }

/** A finding that a gesture would bring; offsets are those of the texts after it. */
export interface Break {
  readonly code: DiagnosticCode
  readonly file: string
  readonly start: number
  readonly end: number
  readonly message: string
}

/** INVARIANT: what a gesture yields can be read as well as before. */
export function outcomeOf(texts: Texts, edits: readonly TextEdit[], language: Language): Outcome {
  const after = applyEdits(texts, edits)
  const files = [...new Set(edits.map(edit => edit.file))]
  const isWorse = files.some(file => faultsOf(after[file]) > faultsOf(texts[file]))
  if (isWorse) return refused('unreadable', language)
  const before = Map.groupBy(checkPack(texts).diagnostics, keyOf)
  const breaks = [...Map.groupBy(checkPack(after).diagnostics, keyOf)].flatMap(([key, found]) =>
    found.slice(before.get(key)?.length ?? 0),
  )
  return {
    isOk: true,
    edits,
    inverse: inverseOf(texts, edits),
    breaks: breaks.map(each => breakOf(each, language)),
  }
}

export function refused(reason: keyof typeof reasons, language: Language): Outcome {
  return { isOk: false, reason: reasons[reason][language] }
}

const reasons = {
  unreadable: { zh: '这样写出来的文本读不通。', en: 'The text could not be read afterwards.' },
  missing: { zh: '文本里没有它。', en: 'The text does not have it.' },
  taken: { zh: '这个名字已经有了。', en: 'That name is taken.' },
  shared: {
    zh: '它和别的内容写在同一行，先分行。',
    en: 'It shares its line with something else; split the line first.',
  },
} as const

function faultsOf(source = ''): number {
  return parse(source).faults.length
}

function keyOf({ code, file, params }: Diagnostic): string {
  return JSON.stringify([code, file, params])
}

function breakOf(diagnostic: Diagnostic, language: Language): Break {
  const { code, file, start, end } = diagnostic
  return { code, file, start, end, message: messageOf(diagnostic, language) }
}
