import { Type } from 'typebox'
import { capability } from './capability.ts'

/** `random.uuid()`. */
export const random = capability(Type.Object({}), ({ random }) => ({ value: random() }))
