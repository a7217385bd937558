export * from './tree.ts'
export { parse, print, type ParsedFile, type SyntaxFault } from './parse.ts'
export { unquote } from './parser-base.ts'
export { laterDeclarations } from './tokens.ts'
