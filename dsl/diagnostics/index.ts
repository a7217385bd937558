export * from './diagnostic.ts'
export { examples, exampleText, type Example } from './examples.ts'
export { catalogue, type Code as DiagnosticCode, type Entry } from './catalogue.ts'
