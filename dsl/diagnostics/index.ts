export * from './diagnostic.ts'
export { examples, exampleTexts, type Example } from './examples.ts'
export { catalogue, type Code as DiagnosticCode, type Entry } from './catalogue.ts'
