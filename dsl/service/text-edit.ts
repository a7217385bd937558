import type { Span } from '#dsl/syntax'
import type { Texts } from './texts.ts'

/** Puts `text` in the place of a span of a file; offsets are those of the text before all edits. */
export interface TextEdit extends Span {
  readonly file: string
  readonly text: string
}

/** The texts after edits that do not overlap; edits at one offset come in the order given. */
export function applyEdits(texts: Texts, edits: readonly TextEdit[]): Texts {
  const files = [...new Set(edits.map(edit => edit.file))]
  return {
    ...texts,
    ...Object.fromEntries(files.map(file => [file, applyTo(texts[file] ?? '', edits, file)])),
  }
}

/** The edits that lead back, with offsets of the text after `edits`. */
export function inverseOf(texts: Texts, edits: readonly TextEdit[]): TextEdit[] {
  const shifts = new Map<string, number>()
  return inOrder(edits).map(({ file, start, end, text }) => {
    const from = start + (shifts.get(file) ?? 0)
    shifts.set(file, (shifts.get(file) ?? 0) + text.length - (end - start))
    return { file, start: from, end: from + text.length, text: (texts[file] ?? '').slice(start, end) }
  })
}

function applyTo(source: string, edits: readonly TextEdit[], file: string): string {
  let at = 0
  let out = ''
  for (const { start, end, text } of inOrder(edits.filter(edit => edit.file === file))) {
    out += source.slice(at, start) + text
    at = end
  }
  return out + source.slice(at)
}

function inOrder(edits: readonly TextEdit[]): TextEdit[] {
  return edits.toSorted((a, b) => a.start - b.start || a.end - b.end)
}
