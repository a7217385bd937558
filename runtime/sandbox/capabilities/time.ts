import { Type } from 'typebox'
import { capability } from './capability.ts'

/** `time.now()`: epoch ms of the business, which a demo desk may have moved. */
export const time = capability(Type.Object({}), ({ time }) => ({ value: time() }))
