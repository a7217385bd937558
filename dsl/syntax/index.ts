export * from './tree.ts'
export {
  grammarRules,
  validateGrammar,
  parse,
  parseByRules,
  print,
  type ParsedFile,
  type SyntaxFault,
} from './parse.ts'
export { lex, reservedNames, type Token } from './lexer.ts'
export { classOf, keywords, type TokenClass } from './token-class.ts'
export { MAX_DEPTH, MAX_FAULTS, MAX_SOURCE } from './limit.ts'
export { isSheet, withoutSheets } from './sheet.ts'
export { plainText } from './plain-text.ts'
export { unquote } from './parser-base.ts'
export { declarationWords } from './tokens.ts'
export { hasStrayBrace, placeholdersIn, type Placeholder } from './placeholder.ts'
export { nextWords, type NextWords } from './next-words.ts'
export { reparse } from './reparse.ts'
export { pathOf, writtenPath } from './path.ts'
