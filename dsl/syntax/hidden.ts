/** Control and direction characters, and halves of characters: text would not read as it runs, or could not be stored. */
const hidden =
  /[\0-\x08\v\f\x0e-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g

/** The places of at most `most` characters that nobody can see, wherever they stand, texts and comments included. */
export function hiddenCharacters(source: string, most: number): { at: number; name: string }[] {
  const found: { at: number; name: string }[] = []
  for (const match of source.matchAll(hidden)) {
    if (found.length === most) break
    const code = match[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')
    found.push({ at: match.index, name: `U+${code}` })
  }
  return found
}
