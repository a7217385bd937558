export * from './blueprint.ts'
export { reviveBlueprint } from './revive.ts'
