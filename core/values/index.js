export * from './decimal.ts';
export * from './money.ts';
export * from './type.ts';
export * from './value.ts';
export * from './duration.ts';
export * from './zoned.ts';
export * from './calendar.ts';
export * from './region.ts';
