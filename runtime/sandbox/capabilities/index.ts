export { isPublicAddress } from './address.ts'
export { answerWith } from './answer.ts'
export { Refused, type Capabilities } from './capability.ts'
export { MAX_KV_NAMES, type KvPort } from './kv.ts'
export type { LogLine } from './log.ts'
export {
  callOf,
  connectorWith,
  createNet,
  guardedConnector,
  NetFailed,
  NetRefused,
  type Connector,
} from './net.ts'
export { isKeepable, visible } from './text.ts'
