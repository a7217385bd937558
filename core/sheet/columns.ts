import { builtinWords, type Blueprint } from '#core/blueprint'
import type { FieldValues } from '#core/form'
import type { Type } from '#core/values'
import { fitsSheet, printCell } from './cell.ts'

/** A column of the spreadsheet of an entity. */
export interface SheetColumn {
  readonly field: string
  /** What its header says; the field's name and its label in any locale are read as well. */
  readonly header: string
  readonly also: readonly string[]
  readonly type: Type
}

/** The field whose value is a record's key: the entity's own, or the number of customers and stores. */
export function keyColumn({ entities }: Blueprint, entity: string): string {
  return entities[entity]?.key ?? 'id'
}

/** What a spreadsheet of an entity's records holds, the key first; computed fields and those of several parts are not in it. */
export function sheetColumns(blueprint: Blueprint, entity: string): SheetColumn[] {
  const key = keyColumn(blueprint, entity)
  const columns = Object.entries(blueprint.entities[entity]?.fields ?? {})
    .filter(([, { computed, type }]) => !computed && fitsSheet(type))
    .map(([field, { label, type }]): SheetColumn => {
      const name = `${entity}.${field}`
      const words = [blueprint.labels, builtinWords].flatMap(each => Object.values(each))
      const called = words.flatMap(each => each[name] ?? [])
      const header = blueprint.labels.zh?.[name] ?? builtinWords.zh[name] ?? label
      return { field, header, also: [field, label, ...called, ...(loosely[field] ?? [])], type }
    })
  return columns.sort((a, b) => Number(b.field === key) - Number(a.field === key))
}

/** What people head the columns of customers and stores with. */
const loosely: Readonly<Record<string, readonly string[]>> = {
  id: ['编号', '客户编号', '会员编号', '门店编号', '店号', '代码', 'ID', 'No.'],
  name: ['名称', '姓名', '名字', '店名', '门店', '门店名', '门店名称', '客户', '客户姓名', '会员姓名'],
  region: ['地区', '区域', '省市', '城市'],
}

/** The records of an entity as comma-separated values, with a byte order mark so that spreadsheets read it as UTF-8. */
export function printRecords(
  blueprint: Blueprint,
  entity: string,
  records: readonly { readonly key: string; readonly data: FieldValues }[],
): string {
  const columns = sheetColumns(blueprint, entity)
  const key = keyColumn(blueprint, entity)
  const lines = records.map(record =>
    columns.map(({ field, type }) =>
      field === key ? record.key : printCell(blueprint, type, record.data[field] ?? null),
    ),
  )
  const rows = [columns.map(({ header }) => header), ...lines]
  return `\ufeff${rows.map(row => row.map(quoted).join(',')).join('\r\n')}\r\n`
}

/** INVARIANT: no cell begins a formula, so that opening a file that customers wrote into runs nothing. */
const quoted = (text: string) => {
  const safe = /^[=+@\t\r]|^-(?![\d.])/.test(text) ? `'${text}` : text
  return /[",;，；\r\n]|^[\s“＂]|\s$/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
