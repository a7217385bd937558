export * from './state.ts';
export * from './decide.ts';
export * from './enter.ts';
export * from './text.ts';
