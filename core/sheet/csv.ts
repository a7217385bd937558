/** A field of a sheet: what it says, and where that stands; quotes around it are not part of it. */
export interface SheetField {
  readonly text: string
  readonly start: number
  readonly end: number
}

export interface SheetRow {
  readonly fields: readonly SheetField[]
  readonly start: number
  readonly end: number
}

export interface Sheet {
  readonly rows: readonly SheetRow[]
  /** Where a quote is opened that nothing closes. */
  readonly unclosed: number | undefined
}

const closers: Readonly<Record<string, string>> = { '"': '"', '“': '”', '＂': '＂' }

/**
 * Reads comma-separated values (RFC 4180): lines of fields, a field in double quotes holding separators, line breaks and
 * doubled quotes. A byte order mark is passed over; the first line says whether commas, full-width commas, semicolons or
 * tabs separate; a field that is `“…”` as a whole is a text of the language. Blanks around a field and empty lines are
 * nothing. Never throws.
 */
export function readSheet(source: string): Sheet {
  const start = source.startsWith('\ufeff') ? 1 : 0
  const separator = separatorOf(source, start)
  const rows: SheetRow[] = []
  let fields: SheetField[] = []
  let unclosed: number | undefined
  let lineStart = start
  const endLine = (end: number) => {
    if (fields.length > 1 || fields[0]!.start < fields[0]!.end) rows.push({ fields, start: lineStart, end })
    fields = []
  }
  let at = start
  while (at < source.length) {
    const field = readField(source, at, separator)
    unclosed ??= field.isClosed ? undefined : field.start
    fields.push(field)
    at = field.next
    if (at < source.length && source[at] === separator) {
      at++
      // A separator at the very end opens one more field.
      if (at < source.length) continue
      fields.push({ text: '', start: at, end: at })
    }
    endLine(at)
    if (source[at] === '\r') at++
    if (source[at] === '\n') at++
    lineStart = at
  }
  return { rows, unclosed }
}

interface Read extends SheetField {
  readonly isClosed: boolean
  /** The separator, the line's end or the end of the text behind it. */
  readonly next: number
}

function readField(source: string, at: number, separator: string): Read {
  let first = at
  while (isBlank(source[first]) && source[first] !== separator) first++
  const close = closers[source[first] ?? '']
  const quoted = close === undefined ? undefined : quotedField(source, first, close)
  if (quoted) {
    let next = quoted.end
    while (isBlank(source[next]) && source[next] !== separator) next++
    const isWhole = next >= source.length || source[next] === separator || isBreak(source[next])
    if (isWhole || !quoted.isClosed) return { ...quoted.field, isClosed: quoted.isClosed, next }
  }
  let next = first
  while (next < source.length && source[next] !== separator && !isBreak(source[next])) next++
  let end = next
  while (end > first && isBlank(source[end - 1])) end--
  return { text: source.slice(first, end), start: first, end, isClosed: true, next }
}

function quotedField(
  source: string,
  first: number,
  close: string,
): { field: SheetField; end: number; isClosed: boolean } {
  let end = first + 1
  while (end < source.length) {
    if (source[end] !== close) end++
    else if (close === '"' && source[end + 1] === close) end += 2
    else break
  }
  const isClosed = end < source.length
  // Why with their quotes: full-width ones are those of a text in the language.
  if (close !== '"') {
    const behind = Math.min(end + 1, source.length)
    return { field: { text: source.slice(first, behind), start: first, end: behind }, end: behind, isClosed }
  }
  const text = source.slice(first + 1, end).replaceAll('""', '"')
  return { field: { text, start: first + 1, end }, end: Math.min(end + 1, source.length), isClosed }
}

/** The first sign of the first line, outside of quotes, that separates. */
function separatorOf(source: string, start: number): string {
  let isQuoted = false
  for (let at = start; at < source.length && !(isBreak(source[at]) && !isQuoted); at++) {
    if (source[at] === '"') isQuoted = !isQuoted
    else if (!isQuoted && /[,，;；\t]/.test(source[at]!)) return source[at]!
  }
  return ','
}

const isBreak = (char: string | undefined) => char === '\n' || char === '\r'
const isBlank = (char: string | undefined) => char === ' ' || char === '\t' || char === '\u3000'
