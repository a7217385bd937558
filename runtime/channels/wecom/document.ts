import { XMLParser, XMLValidator } from 'fast-xml-parser'

/** Reads the flat `<xml>` document WeCom speaks: its text fields by name, or undefined when it is anything else. */
export function readDocument(xml: string): Readonly<Record<string, string>> | undefined {
  if (/<!(DOCTYPE|ENTITY)/i.test(xml)) return undefined
  try {
    if (XMLValidator.validate(xml) !== true) return undefined
    return fieldsOf(parser.parse(xml))
  } catch {
    return undefined
  }
}

const parser = new XMLParser({
  ignoreAttributes: true,
  parseTagValue: false,
  trimValues: true,
  processEntities: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
})

function fieldsOf(parsed: unknown): Readonly<Record<string, string>> | undefined {
  const root = record(parsed)?.['xml']
  const fields = record(root)
  if (!fields) return undefined
  // INVARIANT: a field that is given twice or has children is no text and is left out, so it is refused downstream.
  const texts = Object.entries(fields).filter(
    (entry): entry is [string, string] => typeof entry[1] === 'string',
  )
  return Object.assign(Object.create(null), Object.fromEntries(texts))
}

function record(value: unknown): Readonly<Record<string, unknown>> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Readonly<Record<string, unknown>>)
    : undefined
}
