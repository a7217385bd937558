import type { Blueprint, Code } from '#core/blueprint'
import type { World } from '#core/condition'
import { encodeValue, localDate, localTime, type Value } from '#core/values'
import { printConstant } from './table-proof.ts'

/** `customer.等级=金卡, last(订单.下单)=2026-03-03 12:30`: a witness as an author would write it; `null` is absent. */
export function printWorld(blueprint: Blueprint, { at, values }: World): string {
  const { zone } = blueprint.pack
  const said = values.map(({ term, value }) => `${printTerm(term)}=${printValue(blueprint, term, value)}`)
  const readsClock = values.some(({ term }) => term.type.kind === 'date' || isEvent(term))
  return [...said, ...(readsClock ? [`today=${localDate(at, zone)}`] : [])].join(', ')
}

function printValue(blueprint: Blueprint, term: Code, value: Value): string {
  const { zone } = blueprint.pack
  if (value === null) return 'null'
  if (isEvent(term)) return `${localDate(value as number, zone)} ${localTime(value as number, zone)}`
  return printConstant(term.type, String(encodeValue(value)), blueprint.pack)
}

const isEvent = (term: Code) => term.op === 'name' && term.name.startsWith('last(')

/** A path or a plain question as it is written. */
function printTerm(term: Code): string {
  if (term.op === 'name') return term.name
  if (term.op === 'member') return `${printTerm(term.of)}.${term.name}`
  if (term.op === 'apply') return term.args.map(printTerm).join(` ${term.fn} `)
  return term.op === 'const' ? String(term.value) : '…'
}
