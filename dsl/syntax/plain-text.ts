import { lex } from './lexer.ts'
import * as T from './tokens.ts'

const tightBefore: ReadonlySet<unknown> = new Set(
  [',', ')', ']', '.', '(', '..', '..<', ':'].map(sign => T.P[sign as T.Punctuation]),
)
const tightAfter: ReadonlySet<unknown> = new Set(
  ['(', '[', '.', '..', '..<'].map(sign => T.P[sign as T.Punctuation]),
)

/** A piece of text as its tokens say it: the same for every layout and every width of its signs, without comments. */
export function plainText(source: string): string {
  let text = ''
  let previous: unknown
  for (const { tokenType, image } of lex(source)) {
    if (tokenType === T.End) continue
    const isTight = text === '' || tightBefore.has(tokenType) || tightAfter.has(previous)
    text +=
      (isTight ? '' : ' ') +
      (tokenType.name.startsWith("'") && isSign(image) ? tokenType.name.slice(1, -1) : image)
    previous = tokenType
  }
  return text
}

function isSign(image: string): boolean {
  return !/^[\p{L}_]/u.test(image)
}
