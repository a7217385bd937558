import { Type } from 'typebox'
import { capability, Refused } from './capability.ts'
import { isKeepable } from './text.ts'

/** `write('退款单.流水', …)`: a declared field of the ticket's form, kept when the run has an outcome. */
export const write = capability(
  Type.Object({ path: Type.String({ maxLength: 200 }), value: Type.Optional(Type.Unknown()) }),
  ({ write }, { path, value = null }) => {
    if (!isKeepable(JSON.stringify(value))) throw new Refused('the value cannot be kept')
    return write && { value: write(path, value).then(() => null) }
  },
)
