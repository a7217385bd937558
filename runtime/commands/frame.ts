import { styleText } from 'node:util'
import { displayWidth } from '#dsl/format'
import type { Span } from '#dsl/syntax'
import { waysOut, type ReportedDiagnostic } from './report.ts'

/** A finding that goes over more lines shows the first of them. */
const MAX_LINES = 4

/** A finding with the lines it is about and a wavy line below them, as wide as the text above it shows. */
export function frame(found: ReportedDiagnostic, source: string, { start, end }: Span): string {
  const { code, severity, file, range, message, help } = found
  const mark = styleText(severity === 'error' ? 'red' : 'yellow', code)
  const place = `${file}:${range.start.line}:${range.start.column}`
  const gutter = String(range.end.line).length
  const shown = linesOf(source, { start, end }).flatMap(({ line, text, from, to }) => {
    const before = ' '.repeat(displayWidth(text.slice(0, from)))
    const waves = '~'.repeat(Math.max(1, displayWidth(text.slice(from, to))))
    return [
      `  ${String(line).padStart(gutter)} │ ${text}`,
      `  ${' '.repeat(gutter)} │ ${before}${styleText('red', waves)}`,
    ]
  })
  const next = `  → ${help}`
  return [
    `${mark} ${message}  ${styleText('dim', place)}`,
    ...shown,
    next,
    ...waysOut(found).map(ways => `    ${ways}`),
    '',
  ].join('\n')
}

interface ShownLine {
  readonly line: number
  readonly text: string
  /** What of it the finding is about, in UTF-16 units. */
  readonly from: number
  readonly to: number
}

function linesOf(source: string, { start, end }: Span): ShownLine[] {
  const first = source.lastIndexOf('\n', start - 1) + 1
  const number = source.slice(0, first).split('\n').length
  const shown: ShownLine[] = []
  for (let at = first; shown.length < MAX_LINES && (at === first || at < end);) {
    const stop = source.indexOf('\n', at)
    const text = source.slice(at, stop < 0 ? source.length : stop).replace(/\r$/, '')
    const from = Math.max(start - at, text.length - text.trimStart().length)
    shown.push({ line: number + shown.length, text, from, to: Math.min(end - at, text.length) })
    if (stop < 0) break
    at = stop + 1
  }
  return shown
}
