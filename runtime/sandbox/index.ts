export * from './sandbox.ts'
export { createNet, guardedConnector, NetRefused, type Connector } from './net.ts'
export { isPublicAddress } from './address.ts'
