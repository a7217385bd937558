export * from './explain.ts';
export * from './facts.ts';
export * from './judge.ts';
export * from './window.ts';
export * from './words.ts';
