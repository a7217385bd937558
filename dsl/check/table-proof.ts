import type { Blueprint, TableBlueprint } from '#core/blueprint'
import { analyseTable, fittingRows, type Witness } from '#core/table'
import {
  decodeValue,
  isCurrency,
  localDate,
  localTime,
  parseDecimal,
  printMoney,
  printPercent,
  regionName,
  type Type,
} from '#core/values'
import type { RouteNode, TableNode } from '#dsl/syntax'
import type { Scope } from './scope.ts'

/** Proves that the rows answer every input as the hit policy demands and each of them some, or reports a counterexample. */
export function proveTable(
  scope: Scope,
  blueprint: Blueprint,
  { node, table }: { node: TableNode | RouteNode; table: TableBlueprint },
): void {
  if (table.inputs.length === 0) return
  const { gap, overlaps, shadows, decided } = analyseTable(blueprint, table)
  if (!decided) scope.report(node.name, 'AX4108')
  if (gap) {
    const near = nearestRows(blueprint, table, gap).map(index => String(index + 1))
    scope.report(node.name, 'AX4104', { witness: printWitness(blueprint, table, gap), near: near.join('、') })
  }
  for (const { first, second, witness } of overlaps)
    scope.report(node.grid.rows[second]!, 'AX4105', {
      first: String(first + 1),
      second: String(second + 1),
      witness: printWitness(blueprint, table, witness),
    })
  for (const { row, by } of shadows) {
    const rows = by.slice(0, MAX_NAMED).map(index => String(index + 1))
    if (by.length > MAX_NAMED) rows.push('…')
    if (by.length === 0) scope.report(node.grid.rows[row]!, 'AX4107')
    else scope.report(node.grid.rows[row]!, 'AX4106', { row: String(row + 1), rows: rows.join('、') })
  }
}

/** Rows that a case misses by one cell alone: it lies beside or between them. */
function nearestRows(blueprint: Blueprint, table: TableBlueprint, gap: Witness): number[] {
  const values = table.inputs.map(
    ({ name, type }) => [name, decodeValue(gap[name] ?? null, type) ?? null] as const,
  )
  const facts = Object.fromEntries(values)
  const fits = table.inputs.map(
    ({ name }) => new Set(fittingRows(blueprint, table, { facts, columns: new Set([name]) })),
  )
  const misses = table.rows.map((row, index) =>
    row.when === 'else' ? Infinity : fits.filter(rows => !rows.has(index)).length,
  )
  return misses.flatMap((count, index) => (count === 1 ? [index] : [])).slice(0, MAX_NAMED)
}

/** So many rows are named. */
const MAX_NAMED = 5

/** `region=北京, 金额=¥499.99`: an input as an author would write it. */
export function printWitness({ pack }: Blueprint, { inputs }: TableBlueprint, witness: Witness): string {
  const said = inputs.map(({ name, type }) => `${name}=${printConstant(type, String(witness[name]), pack)}`)
  return said.join(', ')
}

/** A constant as it is written: `¥500.00`, `1.2%`, `上海`. */
export function printConstant({ kind }: Type, text: string, { currency, zone }: Blueprint['pack']): string {
  if (kind === 'region') return regionName(text)
  if (kind === 'datetime' && /^-?\d+$/.test(text))
    return `${localDate(Number(text), zone)} ${localTime(Number(text), zone)}`
  const number = kind === 'money' || kind === 'percent' ? parseDecimal(text) : undefined
  if (!number) return text
  if (kind === 'money') return isCurrency(currency) ? printMoney(number, currency) : text
  return printPercent(number)
}
