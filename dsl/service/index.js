export { complete } from './complete.ts';
export { diagnose } from './diagnose.ts';
export { highlight } from './highlight.ts';
export { outline } from './outline.ts';
export { picture } from './picture.ts';
export { rangeOf } from './range.ts';
export { vocabulary } from './vocabulary.ts';
