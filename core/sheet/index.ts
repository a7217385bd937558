export { readSheet, type Sheet, type SheetField, type SheetRow } from './csv.ts'
export { readCell, printCell, fitsSheet } from './cell.ts'
export { readRecords, type RecordFault, type SheetRecord, type SheetRecords } from './records.ts'
export { keyColumn, printRecords, sheetColumns, type SheetColumn } from './columns.ts'
