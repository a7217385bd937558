import { printType, type Type } from '#core/values'
import type { FunctionDoc } from './function-doc.ts'
import { dateFunctions } from './functions-dates.ts'
import { listFunctions } from './functions-lists.ts'
import { numberFunctions } from './functions-numbers.ts'
import { textFunctions } from './functions-texts.ts'

export type { FunctionDoc } from './function-doc.ts'

/** The functions that expressions may call, besides tables, folds and what an expression’s place brings. */
export const functions: ReadonlyMap<string, FunctionDoc> = new Map([
  ...numberFunctions,
  ...textFunctions,
  ...listFunctions,
  ...dateFunctions,
])

/** The type of a call, or what the function takes, for the finding. */
export function printTypes(types: readonly Type[]): string {
  return types.map(printType).join(', ')
}
