export { simulate, playOut, type Simulation } from './simulate.ts'
export * from './report.ts'
export { strangeNames, wholeTraffic, type WholeTraffic } from './traffic.ts'
