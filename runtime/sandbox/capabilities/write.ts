import { Type } from 'typebox'
import { capability } from './capability.ts'

/** `write('退款单.流水', …)`: a declared field of the ticket's form, kept when the run has an outcome. */
export const write = capability(
  Type.Object({ path: Type.String({ maxLength: 200 }), value: Type.Optional(Type.Unknown()) }),
  ({ write }, { path, value = null }) => write && { value: write(path, value).then(() => null) },
)
