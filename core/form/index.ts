export { countsTickets } from './counts-tickets.ts'
export * from './environment.ts'
export * from './validate.ts'
export { settingProblem, withSettings } from './setting.ts'
