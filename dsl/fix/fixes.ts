import { checkPack } from '#dsl/check'
import type { Diagnostic, DiagnosticCode, Language } from '#dsl/diagnostics'
import { applyEdits, indexSymbols, type SymbolIndex, type TextEdit, type Texts } from '#dsl/service'
import type { Span } from '#dsl/syntax'
import type { Case, Draft, Drafter } from './draft.ts'
import { flowFixes } from './flow.ts'
import { moneyFixes } from './money.ts'
import { nameFixes } from './names.ts'
import { sendFixes } from './sends.ts'
import { tableFixes } from './tables.ts'
import { textFixes } from './text.ts'
import { valueFixes } from './values.ts'

/** A change that mends a finding: after its edits the finding is gone and no other has come. */
export interface Fix extends Span {
  readonly title: string
  readonly code: DiagnosticCode
  readonly file: string
  readonly edits: readonly TextEdit[]
}

/** The fixes of the findings that touch a span of a file; only what was tried and works is offered. */
export function fixesAt(
  texts: Texts,
  { file, span, language = 'zh' }: { file: string; span: Span; language?: Language },
): Fix[] {
  const touched = checkPack(texts).diagnostics.filter(
    each => each.file === file && each.start <= span.end && span.start <= each.end,
  )
  return fixesOf(texts, touched, language)
}

/** So many are offered for one finding, of so many that are tried. */
const MAX_OFFERED = 4
const MAX_TRIED = 40

/** The fixes of findings of a pack, each tried on the whole pack. */
export function fixesOf(texts: Texts, findings: readonly Diagnostic[], language: Language = 'zh'): Fix[] {
  if (findings.length === 0) return []
  const { diagnostics } = checkPack(texts)
  const index = indexSymbols(texts)
  return findings.flatMap(diagnostic => {
    const works = offers(caseOf(texts, index, diagnostic), diagnostics)
    return works.map(({ title, edits }) => ({
      ...{ code: diagnostic.code, file: diagnostic.file, start: diagnostic.start, end: diagnostic.end },
      ...{ title: title[language === 'zh' ? 0 : 1], edits },
    }))
  })
}

const drafters: Partial<Record<DiagnosticCode, Drafter>> = {
  ...{ ...textFixes, ...nameFixes, ...valueFixes, ...tableFixes },
  ...{ ...flowFixes, ...moneyFixes, ...sendFixes },
}

function caseOf(texts: Texts, index: SymbolIndex, diagnostic: Diagnostic): Case {
  const { file, start, end } = diagnostic
  const source = texts[file] ?? ''
  const around = index.model.placed.find(
    each => each.file === file && each.node.start <= start && end <= each.node.end,
  )?.node
  return { diagnostic, texts, index, source, written: source.slice(start, end), around }
}

function offers(at: Case, diagnostics: readonly Diagnostic[]): Draft[] {
  const works: Draft[] = []
  const tried = new Set<string>()
  for (const draft of drafters[at.diagnostic.code]?.(at) ?? []) {
    const key = JSON.stringify(draft.edits)
    if (tried.has(key) || works.some(({ title }) => title[0] === draft.title[0])) continue
    tried.add(key)
    if (mends(at, diagnostics, draft.edits)) works.push(draft)
    if (works.length === MAX_OFFERED || tried.size === MAX_TRIED) break
  }
  return works
}

/** INVARIANT: what is offered removes its finding and brings no other code or more of one. */
function mends(
  { texts, diagnostic }: Case,
  diagnostics: readonly Diagnostic[],
  edits: readonly TextEdit[],
): boolean {
  const before = countByCode(diagnostics)
  const found = checkPack(applyEdits(texts, edits)).diagnostics
  if (found.some(each => isAtItsPlace(each, diagnostic, edits))) return false
  const after = countByCode(found)
  const noneMore = [...after].every(([code, count]) => count <= (before.get(code) ?? 0))
  // Why all at its place: of two faults at one token a change may take one and only move the other.
  const here = diagnostics.filter(each => isAtItsPlace(each, diagnostic, [])).length
  return noneMore && (after.get(diagnostic.code) ?? 0) <= before.get(diagnostic.code)! - here
}

/** Whether a finding is the one that was there before the edits, moved by what they put before it. */
function isAtItsPlace(
  found: Diagnostic,
  { code, file, start }: Diagnostic,
  edits: readonly TextEdit[],
): boolean {
  const moved = edits
    .filter(edit => edit.file === file && edit.end <= start)
    .reduce((sum, edit) => sum + edit.text.length - (edit.end - edit.start), 0)
  return found.code === code && found.file === file && found.start === start + moved
}

function countByCode(diagnostics: readonly Diagnostic[]): Map<string, number> {
  return new Map(
    [...Map.groupBy(diagnostics, each => each.code)].map(([code, found]) => [code, found.length]),
  )
}
