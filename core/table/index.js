export * from './lookup.ts';
export * from './analysis.ts';
export * from './evaluate.ts';
export * from './traced.ts';
export { finderOf } from './finder.ts';
