export { examine } from './examine.ts';
export { playScenario } from './scenario.ts';
