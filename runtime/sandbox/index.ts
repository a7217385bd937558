export * from './sandbox.ts'
export { createMetrics, type SandboxMetrics } from './metrics.ts'
export {
  callOf,
  connectorWith,
  createNet,
  guardedConnector,
  isPublicAddress,
  MAX_KV_NAMES,
  NetFailed,
  NetRefused,
  Refused,
  type Capabilities,
  type Connector,
  type KvPort,
  type LogLine,
} from './capabilities/index.ts'
