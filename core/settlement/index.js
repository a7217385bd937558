export * from './settle.ts';
export * from './split.ts';
