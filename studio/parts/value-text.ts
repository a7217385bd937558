import type { ChoiceReply, ColumnReply, FieldReply, VocabularyReply } from '#core/wire'
import { nameOf } from '../data/desk.ts'
import { listOf, t } from '../text/text.ts'
import { percentText } from './percent.ts'
import type { FieldValue } from './read-value.ts'

type Labels = VocabularyReply['labels']

/** What a choice is called: an enum's words are the pack's; a record's name is its own. */
export function choiceText(
  { type, typeName }: Pick<ColumnReply, 'type' | 'typeName'>,
  { value, label }: ChoiceReply,
  labels: Labels,
): string {
  if (type !== 'enum' || typeName === null) return label
  const name = `${typeName}.${value}`
  return nameOf({ ...labels, zh: { [name]: label } }, name)
}

/** A row of a list in one line. */
export function rowText(columns: readonly ColumnReply[], row: FieldValue, labels: Labels): string {
  const cells = row as Readonly<Record<string, FieldValue>> | null
  return columns
    .flatMap(column => {
      const value = cells?.[column.name] ?? null
      const choice = column.choices?.find(one => one.value === value)
      return value === null ? [] : [choice ? choiceText(column, choice, labels) : String(value)]
    })
    .join(' × ')
}

/** A value in one line, as people read it; empty where there is none. */
export function shownValue(
  field: Pick<FieldReply, 'type' | 'typeName' | 'columns' | 'choices'>,
  value: FieldValue,
  labels: Labels,
): string {
  if (value === null || value === '') return ''
  const { columns, choices, type } = field
  if (Array.isArray(value))
    return listOf(columns ? value.map(row => rowText(columns, row, labels)) : value.map(String))
  const choice = choices?.find(one => one.value === value)
  if (choice) return choiceText(field, choice, labels)
  if (type === 'bool') return t(value === true ? 'value.yes' : 'value.no')
  if (type === 'percent') return percentText(String(value))
  return type === 'money' ? `¥${String(value)}` : String(value)
}
