export { checkPack } from './check.ts';
