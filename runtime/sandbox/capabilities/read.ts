import { Type } from 'typebox'
import { capability } from './capability.ts'

/** `read('customer.name')`: a declared field of the customer, the ticket or what the ticket is about. */
export const read = capability(
  Type.Object({ path: Type.String({ maxLength: 200 }) }),
  ({ read }, { path }) => read && { value: read(path) },
)
