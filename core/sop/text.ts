import type { Blueprint, TextBlueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { evaluate } from '#core/table'
import { isDecimal, isRecord, printDecimal, type Value } from '#core/values'

/** A text with its places filled; an absent value leaves nothing. */
export function fillText(blueprint: Blueprint, text: TextBlueprint, facts: Facts): string {
  return text
    .map(part => (typeof part === 'string' ? part : printed(evaluate(blueprint, part, facts))))
    .join('')
}

function printed(value: Value): string {
  if (value === null) return ''
  if (isDecimal(value)) return printDecimal(value)
  if (isRecord(value)) return printed(value.fields.name ?? value.key)
  return Array.isArray(value) ? value.map(printed).join('、') : String(value as string | number | boolean)
}
