export { checkPack } from './check/index.ts';
export { examine, playScenario, } from './examine/index.ts';
