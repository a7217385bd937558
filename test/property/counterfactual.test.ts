import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { tableOtherwise } from '#core/otherwise'
import { lookupTable } from '#core/table'
import { decodeValue, encodeValue, type Value } from '#core/values'
import { checkPack } from '#dsl'

const grades = ['普通', '银卡', '金卡', '钻石']
const span = 20
const runs = process.env.CI ? 5_000 : 500
const timeout = process.env.CI ? 120_000 : 30_000

/** A table of a number, an ordered grade and a mark, with rows at random and an else. */
const cell = fc.oneof(
  fc.constant('-'),
  fc
    .tuple(fc.constantFrom('<', '<=', '>', '>='), fc.integer({ min: 1, max: span - 1 }))
    .map(parts => parts.join(' ')),
  fc
    .tuple(fc.integer({ min: 0, max: 9 }), fc.integer({ min: 10, max: span }))
    .map(([from, to]) => `${from}..${to}`),
)
const grade = fc.oneof(
  fc.constant('-'),
  fc.constantFrom(...grades),
  fc.constantFrom(...grades).map(name => `>= ${name}`),
)
const mark = fc.constantFrom('-', 'true', 'false')
const rows = fc.array(fc.tuple(cell, grade, mark, fc.integer({ min: 0, max: 3 })), {
  minLength: 1,
  maxLength: 6,
})
const given = fc.record({
  数: fc.integer({ min: 0, max: span }),
  等级: fc.constantFrom(...grades),
  新: fc.boolean(),
})

function tableOf(lines: readonly (readonly [string, string, string, number])[]) {
  const body = lines.map(line => `  | ${line.slice(0, 3).join(' | ')} || ${line[3]} |`).join('\n')
  const text = `pack t "t" version 1
enum 等级 ordered { ${grades.join(', ')} }
table 表 first {
  | 数: int | 等级 | 新: bool || 值: int |
  |---------|------|----------||---------|
${body}
  | else || 9 |
}`
  return checkPack({ 't.axle': text }).blueprint
}

type Given = Readonly<Record<string, Value>>

describe('a counterfactual', () => {
  test(
    'is another decision, and no nearer value of its input is one',
    () => {
      let [asked, minimal] = [0, 0]
      fc.assert(
        fc.property(rows, given, (lines, facts: Given) => {
          const blueprint = tableOf(lines)
          const table = blueprint.tables['表']!
          const decide = (changed: Given) => lookupTable(blueprint, '表', changed).values['值']
          const decided = decide(facts)
          for (const { changes, rows } of tableOtherwise(blueprint, table, facts)) {
            const changed = { ...facts, ...Object.fromEntries(changes.map(({ name, to }) => [name, to])) }
            const answer = lookupTable(blueprint, '表', changed)
            expect([answer.rows, answer.values['值'] === decided]).toEqual([rows, false])
            asked++
            const [only, second] = changes
            if (second || isNearest(only!, value => decide({ ...facts, [only!.name]: value }) !== decided))
              minimal++
          }
        }),
        { numRuns: runs },
      )
      expect(asked).toBeGreaterThan(runs / 2)
      expect(minimal).toBe(asked)
      console.log(`tables: ${asked} counterfactuals, all minimal`)
    },
    timeout,
  )

  test(
    'is found whenever one changed input decides otherwise',
    () => {
      fc.assert(
        fc.property(rows, given, (lines, facts: Given) => {
          const blueprint = tableOf(lines)
          const decide = (changed: Given) => lookupTable(blueprint, '表', changed).values['值']
          const found = tableOtherwise(blueprint, blueprint.tables['表']!, facts)
          const alone = Object.keys(facts).filter(column =>
            domain(column).some(value => decide({ ...facts, [column]: value }) !== decide(facts)),
          )
          if (alone.length === 0) return
          expect(found.flatMap(({ changes }) => changes.map(({ name }) => name)).sort()).toEqual(alone.sort())
        }),
        { numRuns: runs },
      )
    },
    timeout,
  )

  test('of an amount is the cent at which the answer turns', () => {
    const { blueprint } = checkPack({
      't.axle': `pack t "t" version 1
table 费 { | 金额: money || 率: percent |\n |---||---|\n | < ¥500 || 1% |\n | >= ¥500 || 2% | }`,
    })
    const facts = { 金额: decodeValue('499.90', { kind: 'money' })! }
    const [first] = tableOtherwise(blueprint, blueprint.tables['费']!, facts)
    expect(first!.rows).toEqual([1])
    expect(encodeValue(first!.changes[0]!.to)).toMatch(/^500(\.00)?$/)
  })

  test('of an amount is nearest however many digits it is written with', () => {
    const { blueprint } = checkPack({
      't.axle': `pack t "t" version 1
table 费 { | 金额: money || 率: percent |\n |---||---|\n | <= ¥500 || 1% |\n | > ¥500 || 2% | }`,
    })
    const facts = { 金额: decodeValue('499', { kind: 'money' })! }
    const [first] = tableOtherwise(blueprint, blueprint.tables['费']!, facts)
    expect(encodeValue(first!.changes[0]!.to)).toBe('500.01')
    const above = { 金额: decodeValue('501', { kind: 'money' })! }
    const [down] = tableOtherwise(blueprint, blueprint.tables['费']!, above)
    expect(encodeValue(down!.changes[0]!.to)).toMatch(/^500(\.00)?$/)
    expect(down!.changes[0]!.reach).toBe('atMost')
  })
})

function domain(column: string): Value[] {
  if (column === '数') return Array.from({ length: span + 3 }, (_, index) => index - 1)
  return column === '等级' ? grades : [true, false]
}

/** Whether nothing closer to the value it changes would have decided otherwise too. */
function isNearest(
  { name, from, to }: { name: string; from: Value; to: Value },
  flips: (value: Value) => boolean,
) {
  const place = (value: Value) => (name === '数' ? (value as number) : domain(name).indexOf(value))
  const far = Math.abs(place(to) - place(from))
  return domain(name).every(value => Math.abs(place(value) - place(from)) >= far || !flips(value))
}
