/** A name in a text, `{customer.name}`; offsets into the text, those of the path without the blanks around it. */
export interface Placeholder {
  readonly path: string
  readonly start: number
  readonly end: number
  readonly pathStart: number
}

const pattern = /\{(\s*)([^{}\s]+)\s*\}/g

/** The names that stand in a text. */
export function placeholdersIn(text: string): Placeholder[] {
  return [...text.matchAll(pattern)].map(({ 0: whole, 1: blank = '', 2: path = '', index }) => ({
    path,
    start: index,
    end: index + whole.length,
    pathStart: index + 1 + blank.length,
  }))
}

/** Whether a brace stands in the text that belongs to no name. */
export function hasStrayBrace(text: string): boolean {
  return /[{}]/.test(text.replace(pattern, ''))
}
