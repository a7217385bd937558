import type { Blueprint, Code } from '#core/blueprint'
import { compileAsAsked, type Facts, type TableCall } from '#core/expression'
import { encodeValue, type JsonValue, type Value } from '#core/values'
import { lookupTable } from './lookup.ts'
import { perCode } from './per-code.ts'

/** A table that was asked while an expression was worked out: what it was asked, and the row that answered or comes first (from 0). */
export interface TableUse {
  readonly table: string
  readonly inputs: Readonly<Record<string, JsonValue>>
  readonly row: number | null
}

/** Like `evaluate`, and says which tables were asked; slower where there are any, so only where an explanation is wanted. */
export function evaluateTraced(
  blueprint: Blueprint,
  code: Code,
  facts: Facts,
): { readonly value: Value; readonly tables: readonly TableUse[] } {
  const run = tracedOf(blueprint, code)
  const tables: TableUse[] = []
  const around = told
  told = tables
  try {
    return { value: run(facts), tables }
  } finally {
    told = around
  }
}

/** Who is told of the tables that the code worked out at the moment asks. */
let told: TableUse[] = []

const tracedOf = perCode((blueprint, code) => compileAsAsked(code, tellingCall(blueprint)))

function tellingCall(blueprint: Blueprint): TableCall {
  return (table, values) => {
    const asked: Record<string, Value> = {}
    const inputs: Record<string, JsonValue> = {}
    for (const [index, { name }] of blueprint.tables[table]!.inputs.entries()) {
      asked[name] = values[index] ?? null
      inputs[name] = encodeValue(asked[name])
    }
    const { row = null, values: fields } = lookupTable(blueprint, table, asked)
    told.push({ table, inputs, row })
    return { entity: table, key: null, fields }
  }
}
