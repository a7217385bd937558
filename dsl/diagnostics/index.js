export * from './diagnostic.ts';
export { catalogue } from './catalogue.ts';
