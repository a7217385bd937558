export { diagnosticsPage, explainCode } from './diagnostics.ts'
export { builtinExamples, builtinsPage } from './builtins.ts'
export { limitsPage } from './limits.ts'
export { grammarPage } from './grammar.ts'
