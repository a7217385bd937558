export * from './requests.ts';
export * from './replies.ts';
export * from './source.ts';
