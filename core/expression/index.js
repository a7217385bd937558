export * from './compile.ts';
export * from './builtins.ts';
