export { readSheet, type Sheet, type SheetField, type SheetRow } from './csv.ts'
export { readCell } from './cell.ts'
export { readRecords, type RecordFault, type SheetRecord, type SheetRecords } from './records.ts'
export { keyColumn, printRecords } from './columns.ts'
