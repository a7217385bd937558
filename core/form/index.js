export * from './environment.ts';
export * from './validate.ts';
