import { readFileSync, readdirSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { reviveBlueprint } from '#core/blueprint'
import { decide, isRefusal } from '#core/desk'
import { formFacts } from '#core/form'
import { price } from '#core/pricing'
import { analyseTable, lookupTable } from '#core/table'
import { holidayTables } from '#core/values'
import { manualOf } from '#dsl/reading'

// Frozen when they were made: `<format version>-<pack>.json`. A running ticket keeps its blueprint, so old ones must go on working.
const folder = new URL('blueprints/', import.meta.url)
const frozen = readdirSync(folder).map(name => ({
  name,
  blueprint: reviveBlueprint(JSON.parse(readFileSync(new URL(name, folder), 'utf8'))),
}))

describe.each(frozen)('the frozen blueprint $name', ({ blueprint }) => {
  test('opens a ticket of each kind', () => {
    for (const [ticket, { form, entries }] of Object.entries(blueprint.tickets)) {
      const asker = { actor: { kind: 'system', id: 'x' } as const, roles: [] }
      const facts = {
        records: {},
        settings: {},
        zone: blueprint.pack.zone,
        holidays: holidayTables,
        staff: [],
        previous: {},
      }
      const question = { blueprint, newest: blueprint, state: undefined, asker, at: 0, facts }
      const opened = decide(question, {
        ...{ command: 'open', id: '1', ticket, entry: entries[0]!, customer: 'c', subject: null },
        ...{ fields: {}, draft: true },
      })
      expect(isRefusal(opened) ? [ticket, form, opened] : 'opened').toBe('opened')
    }
  })

  test('answers its tables, prices its forms and reads as a manual', () => {
    for (const [name, table] of Object.entries(blueprint.tables)) {
      expect(lookupTable(blueprint, name, {}).rows.length).toBeGreaterThanOrEqual(0)
      expect(analyseTable(blueprint, table).gap).toBeUndefined()
    }
    for (const [name, { form }] of Object.entries(blueprint.prices)) {
      const facts = formFacts(
        blueprint,
        { form, fields: {}, subject: null, customer: null },
        { records: {}, settings: {} },
      )
      expect(price(blueprint, name, facts)).toBeDefined()
    }
    expect(manualOf(blueprint)).toContain('业务说明书')
  })
})

test('a blueprint of a format that is not known is refused', () => {
  expect(() => reviveBlueprint({ formatVersion: 2 })).toThrow(RangeError)
  expect(() => reviveBlueprint({})).toThrow(RangeError)
})
