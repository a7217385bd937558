/** A faithful WeCom server in memory, for tests, simulation and the demo's emulator. */
export { createWecomFake, type WecomFake, type WecomFakeOptions, type WecomPast } from './fake.ts'
export type { CustomerText, SentToCustomer } from './customer-desk.ts'
export type { Attempt, CallbackTarget } from './delivery.ts'
export type { CallFault, Faults } from './faults.ts'
export type { MassSent, MassTask } from './mass-desk.ts'
export type { SentToStaff } from './staff-desk.ts'
export type { WecomConsole } from './console.ts'
