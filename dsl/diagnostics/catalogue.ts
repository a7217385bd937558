import { actions, later } from './catalogue-actions.ts'
import { changes } from './catalogue-change.ts'
import { flow } from './catalogue-flow.ts'
import { money } from './catalogue-money.ts'
import { keys, names, types } from './catalogue-names.ts'
import { sends } from './catalogue-sends.ts'
import { tables } from './catalogue-tables.ts'
import { tests } from './catalogue-tests.ts'
import { text } from './catalogue-text.ts'

export type { Entry } from './entry.ts'

/** What every diagnostic code means; numbers are never used again. */
export const catalogue = {
  ...{ ...text, ...names, ...keys, ...types, ...tables },
  ...{ ...flow, ...money, ...sends, ...actions, ...tests, ...changes, ...later },
}
export type Code = keyof typeof catalogue
