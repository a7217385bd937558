export { readMessage, type Incoming, type MessageFault, type SourceMessage } from './message.ts'
export { sampleData } from './sample.ts'
export { keepLatest, writtenAt, type Kept, type Stamp } from './latest.ts'
