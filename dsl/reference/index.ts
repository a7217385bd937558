export { diagnosticsPage, explainCode } from './diagnostics.ts'
export { grammarPage } from './grammar.ts'
