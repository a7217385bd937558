import type { Blueprint, Code } from '#core/blueprint'
import { compileCode, type Facts } from '#core/expression'
import { encodeValue, type JsonValue, type Value } from '#core/values'
import { lookupTable } from './lookup.ts'

/** A table that was asked while an expression was worked out: what it was asked, and the row that answered or comes first (from 0). */
export interface TableUse {
  readonly table: string
  readonly inputs: Readonly<Record<string, JsonValue>>
  readonly row: number | null
}

/** Like `evaluate`, and says which tables were asked; slower, so only where an explanation is wanted. */
export function evaluateTraced(
  blueprint: Blueprint,
  code: Code,
  facts: Facts,
): { readonly value: Value; readonly tables: readonly TableUse[] } {
  const tables: TableUse[] = []
  const run = compileCode(code, (name, values) => {
    const columns = blueprint.tables[name]!.inputs
    const asked = Object.fromEntries(columns.map((column, index) => [column.name, values[index] ?? null]))
    const answer = lookupTable(blueprint, name, asked)
    const inputs = Object.fromEntries(Object.entries(asked).map(([key, value]) => [key, encodeValue(value)]))
    tables.push({ table: name, inputs, row: answer.row ?? null })
    return { entity: name, key: null, fields: answer.values }
  })
  return { value: run(facts), tables }
}
