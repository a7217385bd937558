export * from './tree.ts';
export { parse, print } from './parse.ts';
export { lex } from './lexer.ts';
export { classOf, keywords } from './token-class.ts';
export { unquote } from './parser-base.ts';
export { declarationWords, laterDeclarations } from './tokens.ts';
