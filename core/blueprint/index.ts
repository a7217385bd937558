export * from './blueprint.ts'
export { reviveBlueprint } from './revive.ts'
export { hasOrder, orderOf } from './order.ts'
export { typeAtPath } from './path-type.ts'
