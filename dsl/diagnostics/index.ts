export * from './diagnostic.ts'
export { catalogue, type Code as DiagnosticCode, type Entry } from './catalogue.ts'
