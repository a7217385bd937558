import { Ajv, type ErrorObject } from 'ajv'
import { positionAt } from '#dsl/diagnostics'

/** A file that cannot be used; the message says which, where and why. */
export class FileError extends Error {
  override readonly name = 'FileError'
}

/** The JSON of a file's text. Throws FileError, `roles.json:3:5 is no JSON: …`. */
export function parseJson(text: string, file: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    const { line, column } = positionAt(text, placeOf(error.message, text))
    const [said = ''] = /^[^]*?(?=, (?:\.\.\.)?"|,? in JSON| JSON input|$)/.exec(error.message) ?? []
    throw new FileError(`${file}:${line}:${column} is no JSON: ${said}`)
  }
}

/** JSON that a schema takes. Throws FileError that names the part that does not fit. */
export function jsonOf<T>(
  { file, text }: { readonly file: string; readonly text: string },
  schema: object,
): T {
  const value = parseJson(text, file)
  const fits = new Ajv({ strict: true, verbose: true }).compile(schema)
  if (fits(value)) return value as T
  throw new FileError(`${file}: ${misfit(fits.errors)}`)
}

/** Where and why a value does not fit, with the name of what should not be there. */
export function misfit(errors: readonly ErrorObject[] | null | undefined): string {
  const [fault] = errors ?? []
  const { additionalProperty } = (fault?.params ?? {}) as { additionalProperty?: string }
  if (additionalProperty === undefined) return `${fault?.instancePath || '/'} ${fault?.message ?? ''}`
  const { properties = {} } = (fault?.parentSchema ?? {}) as { properties?: object }
  const known = Object.keys(properties).join(', ')
  return `${fault?.instancePath || '/'} has no “${additionalProperty}”${known === '' ? '' : `; it may have ${known}`}`
}

/** V8 tells the place of most faults; of an unexpected character the first beginning of the text that has one ends there. */
function placeOf(message: string, text: string): number {
  const [, told] = / at position (\d+)/.exec(message) ?? []
  if (told !== undefined) return Number(told)
  if (!isUnexpected(text)) return text.length
  let [fine, faulty] = [0, text.length]
  while (faulty - fine > 1) {
    const middle = (fine + faulty) >> 1
    if (isUnexpected(text.slice(0, middle))) faulty = middle
    else fine = middle
  }
  return fine
}

function isUnexpected(text: string): boolean {
  try {
    JSON.parse(text)
    return false
  } catch (error) {
    return error instanceof SyntaxError && error.message.startsWith('Unexpected token')
  }
}
