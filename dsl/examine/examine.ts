import type { Blueprint } from '#core/blueprint'
import { lookupTable } from '#core/table'
import { compareValues, decodeValue, encodeValue, type JsonValue, type Value } from '#core/values'
import type { PlacedCase } from '#dsl/check'

export interface CaseResult {
  readonly case: PlacedCase
  /** Output name to what was wanted and what came; empty when the case passed. */
  readonly differences: Readonly<Record<string, { readonly expected: JsonValue; readonly actual: JsonValue }>>
}

/** Runs the tests written in the language against the blueprint they were checked with. */
export function examine(blueprint: Blueprint, cases: readonly PlacedCase[]): CaseResult[] {
  return cases.map(test => {
    const { inputs } = blueprint.tables[test.table]!
    const facts = Object.fromEntries(
      inputs.map(({ name, type }) => [name, decodeValue(test.given[name] ?? null, type) ?? null]),
    )
    const { values } = lookupTable(blueprint, test.table, facts)
    const differences = Object.entries(test.expected).flatMap(([name, { type, value }]) => {
      const expected = decodeValue(value, type) ?? null
      const actual = values[name] ?? null
      return equal(expected, actual)
        ? []
        : [[name, { expected: value, actual: encodeValue(actual) }] as const]
    })
    return { case: test, differences: Object.fromEntries(differences) }
  })
}

function equal(a: Value, b: Value): boolean {
  return a === null || b === null ? a === b : compareValues(a, b) === 0
}
