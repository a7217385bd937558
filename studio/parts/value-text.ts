import type { ChoiceReply, ColumnReply, FieldReply, VocabularyReply } from '#core/wire'
import { nameOf } from '../data/desk.ts'
import { regionText } from '../data/regions.ts'
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

/** What may be chosen for a value: what the API offers, and yes or no. */
export function choicesOf({ type, choices }: Pick<ColumnReply, 'type' | 'choices'>): ColumnReply['choices'] {
  if (type !== 'bool') return choices
  return [
    { value: 'true', label: t('value.yes') },
    { value: 'false', label: t('value.no') },
  ]
}

/** A row of a list in one line. */
export function rowText(columns: readonly ColumnReply[], row: FieldValue, labels: Labels): string {
  const cells = row as Readonly<Record<string, FieldValue>> | null
  return columns
    .flatMap(column => {
      const value = cells?.[column.name] ?? null
      const choice = choicesOf(column)?.find(one => one.value === String(value))
      const plain = column.type === 'region' ? regionText(String(value)) : String(value)
      return value === null ? [] : [choice ? choiceText(column, choice, labels) : plain]
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
  const { columns, type } = field
  if (Array.isArray(value))
    return listOf(columns ? value.map(row => rowText(columns, row, labels)) : value.map(String))
  const choice = choicesOf(field)?.find(one => one.value === String(value))
  if (choice) return choiceText(field, choice, labels)
  if (type === 'region') return regionText(String(value))
  if (type === 'percent') return percentText(String(value))
  return type === 'money' ? `¥${String(value)}` : String(value)
}
