export * from './state.ts';
export { apply, replay } from './apply.ts';
export { filledForm } from './draft.ts';
export { decide, isRefusal } from './decide.ts';
export { allowedTransitions } from './allowed.ts';
export { effectiveRoles, forbiddenFields, personOf, readable, rightOn } from './rights.ts';
