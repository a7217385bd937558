import type { Blueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { formFacts, readRecord, settingFacts, withDefaults } from '#core/form'
import { price, priceAmounts } from '#core/pricing'
import { split } from '#core/settlement'
import { applyRounding, lookupTable, type TableUse } from '#core/table'
import {
  compareValues,
  decodeValue,
  encodeValue,
  parseDecimal,
  type Decimal,
  type JsonValue,
  type Value,
} from '#core/values'
import type { PlacedCase } from '#dsl/check'

export interface CaseResult {
  readonly case: PlacedCase
  /** Output name to what was wanted and what came; empty when the case passed. */
  readonly differences: Readonly<Record<string, { readonly expected: JsonValue; readonly actual: JsonValue }>>
}

/** Runs the tests by example against the blueprint they were checked with. */
export function examine(blueprint: Blueprint, cases: readonly PlacedCase[]): CaseResult[] {
  return cases.map(test => {
    const expected = expectedOf(test)
    const actual = actualOf(blueprint, test)
    const differences = Object.entries(expected).flatMap(([name, wanted]) => {
      const came = actual[name] ?? null
      return equal(wanted, came)
        ? []
        : [[name, { expected: encodeValue(wanted), actual: encodeValue(came) }] as const]
    })
    return { case: test, differences: Object.fromEntries(differences) }
  })
}

type Values = Readonly<Record<string, Value>>

function expectedOf(test: PlacedCase): Values {
  return Object.fromEntries(
    test.kind === 'table'
      ? Object.entries(test.expected).map(([name, { type, value }]) => [
          name,
          decodeValue(value, type) ?? null,
        ])
      : Object.entries(test.expected).map(([name, amount]) => [
          name,
          amount === null ? null : (parseDecimal(amount) ?? null),
        ]),
  )
}

function actualOf(blueprint: Blueprint, test: PlacedCase): Values {
  if (test.kind === 'price') return pricedOf(blueprint, test)
  if (test.kind === 'split') return sharesOf(blueprint, test)
  const { inputs } = blueprint.tables[test.name]!
  const facts = Object.fromEntries(
    inputs.map(({ name, type }) => [name, decodeValue(test.given[name] ?? null, type) ?? null]),
  )
  return lookupTable(blueprint, test.name, facts).values
}

/** The tables a case asks, and the rows that answered. */
export function tablesAsked(blueprint: Blueprint, test: PlacedCase): TableUse[] {
  if (test.kind === 'split') return []
  if (test.kind === 'table') {
    const { inputs } = blueprint.tables[test.name]!
    const facts = Object.fromEntries(
      inputs.map(({ name, type }) => [name, decodeValue(test.given[name] ?? null, type) ?? null]),
    )
    const { rows } = lookupTable(blueprint, test.name, facts)
    return rows.map(row => ({ table: test.name, inputs: test.given, row }))
  }
  const priced = price(blueprint, test.name, factsOf(blueprint, test))
  return 'missing' in priced ? [] : priced.lines.flatMap(line => line.steps.flatMap(step => step.tables))
}

/** The total and every line by its name; the rows of a list add up. */
function pricedOf(blueprint: Blueprint, test: PlacedCase & { kind: 'price' }): Values {
  const { total } = blueprint.prices[test.name]!
  const amounts = priceAmounts(blueprint, test.name, factsOf(blueprint, test))
  if ('missing' in amounts) return {}
  const lines = amounts.lines.map(({ line, amount }) => [line, amount] as const)
  return { ...Object.fromEntries(lines), [total]: amounts.total }
}

function factsOf(blueprint: Blueprint, test: PlacedCase & { kind: 'price' }): Facts {
  const { form } = blueprint.prices[test.name]!
  const { subject: entity } = blueprint.forms[form]!
  const key = 'subject'
  const records = entity === null ? {} : { [entity]: { [key]: test.subject } }
  const entered = { form, fields: test.fields, subject: entity === null ? null : key, customer: null }
  const { signals, at } = test
  const around = { records, settings: {}, signals, ...(at !== undefined && { at }) }
  const filled = { ...entered, fields: withDefaults(blueprint, entered, around) }
  return formFacts(blueprint, filled, around)
}

/** As `settle` has it: the base is rounded before it is split. */
function sharesOf(blueprint: Blueprint, test: PlacedCase & { kind: 'split' }): Values {
  const declared = blueprint.settlements[test.name]!
  const base = applyRounding(parseDecimal(test.base)!, declared.rounding) as Decimal
  const shares = split(blueprint, declared, { base, facts: occasionFacts(blueprint, declared.on, test) })
  return Object.fromEntries(shares.map(({ party, amount }) => [party, amount]))
}

/** What a settlement's conditions read: the ticket's form, or the record whose event it follows. */
function occasionFacts(
  blueprint: Blueprint,
  on: string,
  { fields, subject }: PlacedCase & { kind: 'split' },
): Facts {
  const [name = ''] = on.split('.')
  const form = blueprint.tickets[name]?.form
  const entity = form === undefined ? name : blueprint.forms[form]!.subject
  const key = 'subject'
  const around = { records: entity === null ? {} : { [entity]: { [key]: subject } }, settings: {} }
  if (form !== undefined) {
    const entered = { form, fields, subject: entity === null ? null : key, customer: null }
    return formFacts(blueprint, { ...entered, fields: withDefaults(blueprint, entered, around) }, around)
  }
  const record = readRecord(blueprint, around, { entity: name, key })
  return { ...settingFacts(blueprint, around), [name]: record }
}

function equal(a: Value, b: Value): boolean {
  if (Array.isArray(a) && Array.isArray(b))
    return a.length === b.length && a.every((item, index) => equal(item as Value, b[index] as Value))
  return a === null || b === null ? a === b : compareValues(a, b) === 0
}
