import {
  catalogue,
  helpOf,
  messageOf,
  positionAt,
  severityOf,
  type Diagnostic,
  type Language,
} from '#dsl/diagnostics'
import { frame } from './frame.ts'
import { sarif } from './sarif.ts'
import type { CommandOptions } from './source.ts'

export interface ReportOptions extends CommandOptions {
  /** Warnings count for the exit code too. */
  readonly strict?: boolean
  readonly sarif?: boolean
  /** The ways out that were tried. */
  readonly fixes?: ReadonlyMap<Diagnostic, readonly ReportedFix[]>
}

/** A change that mends a finding, with the places it writes to. */
export interface ReportedFix {
  readonly title: string
  readonly edits: readonly { readonly file: string; readonly range: ReportedRange; readonly text: string }[]
}

/** A finding as the contract gives it to machines; lines and columns from 1, in UTF-16 units. */
export interface ReportedDiagnostic {
  readonly code: string
  readonly slug: string
  readonly severity: 'error' | 'warning'
  readonly file: string
  readonly range: ReportedRange
  readonly message: string
  readonly help: string
  /** A case that shows it: inputs, or a way through the nodes. */
  readonly witness?: string
  readonly related: readonly never[]
  readonly fixes: readonly ReportedFix[]
}

export interface ReportedRange {
  readonly start: ReturnType<typeof positionAt>
  readonly end: ReturnType<typeof positionAt>
}

type Texts = Readonly<Record<string, string>>

/** Writes diagnostics: for machines, framed for people at a terminal, else a line each; returns the exit code. */
export function reportDiagnostics(
  diagnostics: readonly Diagnostic[],
  texts: Texts,
  options: ReportOptions,
): 0 | 1 {
  const reported = diagnostics.map(found => ({
    ...asReported(found, texts, options.lang),
    fixes: options.fixes?.get(found) ?? [],
  }))
  if (options.sarif) console.log(JSON.stringify(sarif(reported), null, 2))
  else if (options.json) console.log(JSON.stringify(reported, null, 2))
  else for (const [at, found] of reported.entries()) console.log(told(found, diagnostics[at]!, texts))
  return diagnostics.some(found => options.strict || severityOf(found) === 'error') ? 1 : 0
}

/** A place in people's counting. */
export function rangeIn(
  texts: Texts,
  { file, start, end }: { readonly file: string; readonly start: number; readonly end: number },
): ReportedRange {
  const source = texts[file] ?? ''
  return { start: positionAt(source, start), end: positionAt(source, end) }
}

function asReported(
  diagnostic: Diagnostic,
  texts: Texts,
  language: Language,
): Omit<ReportedDiagnostic, 'fixes'> {
  const witness = diagnostic.params.witness ?? diagnostic.params.path
  return {
    code: diagnostic.code,
    slug: catalogue[diagnostic.code].slug,
    severity: severityOf(diagnostic),
    file: diagnostic.file,
    range: rangeIn(texts, diagnostic),
    message: messageOf(diagnostic, language),
    help: helpOf(diagnostic, language),
    ...(witness !== undefined && { witness }),
    related: [],
  }
}

function told(found: ReportedDiagnostic, at: Diagnostic, texts: Texts): string {
  if (process.stdout.isTTY) return frame(found, texts[at.file] ?? '', at)
  const { file, range, severity, code, slug, message, help } = found
  const { line, column } = range.start
  const said = `${file}:${line}:${column} ${severity} ${code} ${slug} ${message}\n  → ${help}`
  return `${said}${waysOut(found)
    .map(ways => ` ${ways}`)
    .join('')}`
}

/** `① 改为 >= ¥500  ② 补一行 else`, or nothing. */
export function waysOut({ fixes }: ReportedDiagnostic): string[] {
  const ways = fixes.map(({ title }, index) => `${'①②③④'[index]} ${title}`)
  return ways.length === 0 ? [] : [ways.join('  ')]
}
