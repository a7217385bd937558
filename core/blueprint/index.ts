export * from './blueprint.ts'
export { reviveBlueprint } from './revive.ts'
export { hasOrder, orderOf } from './order.ts'
