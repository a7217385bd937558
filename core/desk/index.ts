export * from './state.ts'
export { apply, replay } from './apply.ts'
export type { DeskFacts, Effect } from './draft.ts'
export { filledForm, storeNamed } from './draft.ts'
export type { Asker, Command, Decision, Question, Refusal, RefusalCode } from './command.ts'
export { decide, isRefusal } from './decide.ts'
export { FAULT } from './outcome.ts'
export { hasRunning, mappingFor, planMigration, planMove } from './migration.ts'
export type { Mapping, MigrationPlan, Missing, Move, Versions } from './migration.ts'
export { movedForm } from './migrate.ts'
export { MAX_REPLY, maySpeak } from './say.ts'
export { takersOf } from './assign.ts'
export { actionsAhead } from './ahead.ts'
export { allowedTransitions, type AllowedTransition } from './allowed.ts'
export {
  effectiveRoles,
  forbiddenFields,
  judging,
  personOf,
  readable,
  rightOn,
  type Person,
} from './rights.ts'
export {
  explainHistory,
  explainOpen,
  type Explained,
  type History,
  type OpenTransition,
  type OtherwiseSaid,
} from './explain.ts'
export { ticketWorld, transitionOtherwise, whereTo, type TransitionOtherwise } from './otherwise.ts'
export { waitingNeed } from './place.ts'
