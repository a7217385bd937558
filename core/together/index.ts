export { asDeskKeeps, asPackReads, fieldsApart, type SharingPack } from './apart.ts'
export { clashesWith, secretsOf, type Clash } from './clashes.ts'
export { sayClash } from './clash-words.ts'
export { wholeOf } from './whole.ts'
