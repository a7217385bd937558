import type { Span } from '#dsl/syntax'
import type { Occurrence } from './symbol.ts'
import { indexSymbols } from './symbol-index.ts'
import type { Texts } from './texts.ts'

export interface Location extends Span {
  readonly file: string
}

/** Where the name at an offset is declared; more than one place for a transition that several clauses offer. */
export function definitionAt(texts: Texts, file: string, offset: number): Location[] {
  const index = indexSymbols(texts)
  const found = index.at(file, offset)
  return found ? index.definitionsOf(found.symbol).map(placeOf) : []
}

/** Every place of the name at an offset, its definition included, in reading order. */
export function referencesAt(texts: Texts, file: string, offset: number): Location[] {
  const index = indexSymbols(texts)
  const found = index.at(file, offset)
  return found ? index.of(found.symbol).map(placeOf) : []
}

function placeOf({ file, start, end }: Occurrence): Location {
  return { file, start, end }
}
