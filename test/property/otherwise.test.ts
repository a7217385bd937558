import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { transitionOtherwise, whereTo } from '#core/desk'
import type { FieldValues } from '#core/form'
import { conditionOtherwise, changedFacts, type Change, type Place } from '#core/otherwise'
import { price, priceOtherwise, type Priced } from '#core/pricing'
import { routeAnswer, routeOtherwise } from '#core/routing'
import { evaluate } from '#core/table'
import {
  anyCondition,
  blueprintOf,
  domains,
  entered,
  filled,
  isNearest,
  plainCondition,
  worldOf,
} from '../support/small-world.ts'
import { Tally } from '../support/tally.ts'

const runs = process.env.CI ? 2_000 : 200
const timeout = process.env.CI ? 120_000 : 30_000
const tally = new Tally()
afterAll(() => tally.print())

/** A single change is tried against every value of its field; of several each is needed, and no single change will do. */
function isMinimal(
  fields: FieldValues,
  changes: readonly Change<Place>[],
  flips: (fields: FieldValues) => boolean,
): boolean {
  const [only, second] = changes
  if (!second) return isNearest(fields, only!, flips)
  for (const left of changes) {
    const fewer = entered(
      fields,
      changes.filter(change => change !== left),
    )
    if (fewer && flips(fewer)) return false
  }
  return Object.entries(domains).every(([name, values]) =>
    values.every(value => !flips({ ...fields, [name]: value })),
  )
}

describe('what would have decided otherwise', () => {
  test(
    'of a condition that compares fields: flips it, is the nearest, and is found whenever one field can',
    () => {
      fc.assert(
        fc.property(plainCondition, filled, (condition, fields) => {
          const blueprint = blueprintOf(`  check ${condition} "x"`)
          const code = blueprint.forms['单']!.checks[0]!.condition
          const holds = (changed: FieldValues) =>
            evaluate(blueprint, code, worldOf(blueprint, changed).fresh()) === true
          const now = holds(fields)
          const flips = (changed: FieldValues) => holds(changed) !== now
          const otherwise = conditionOtherwise(worldOf(blueprint, fields), code)
          for (const changes of otherwise) {
            expect(flips(entered(fields, changes)!)).toBe(true)
            expect(isMinimal(fields, changes, flips)).toBe(true)
            tally.count('conditions', true)
          }
          const alone = Object.entries(domains).flatMap(([name, values]) =>
            values.some(value => flips({ ...fields, [name]: value })) ? [name] : [],
          )
          const changed = otherwise.flatMap(([only, second]) => (second ? [] : [only!.name.path[0]]))
          expect(changed).toEqual(expect.arrayContaining(alone))
        }),
        { numRuns: runs },
      )
    },
    timeout,
  )

  test(
    'of a condition that reckons with fields: flips it',
    () => {
      fc.assert(
        fc.property(anyCondition, filled, (condition, fields) => {
          const blueprint = blueprintOf(`  check ${condition} "x"`)
          const code = blueprint.forms['单']!.checks[0]!.condition
          const world = worldOf(blueprint, fields)
          const holds = (changed: FieldValues) =>
            evaluate(blueprint, code, worldOf(blueprint, changed).fresh()) === true
          const now = holds(fields)
          for (const changes of conditionOtherwise(world, code)) {
            const changed = entered(fields, changes)
            const then = changed
              ? holds(changed)
              : evaluate(blueprint, code, changedFacts(world, changes)) === true
            expect(then).toBe(!now)
            if (changed)
              tally.count(
                'reckoned conditions',
                isMinimal(fields, changes, one => holds(one) !== now),
              )
          }
        }),
        { numRuns: runs },
      )
    },
    timeout,
  )

  test(
    'of a transition: leads elsewhere, is possible at last or no longer',
    () => {
      fc.assert(
        fc.property(plainCondition, anyCondition, filled, (first, second, fields) => {
          const blueprint = blueprintOf(
            '',
            `role 客服\nticket 票 "票" for 单 { entry workbench
  start -> 受理
  node 受理 by 客服 { clock 响应 1h { at 100% escalate 客服 }
    on 好 when ${first} -> 结束.一
    on 好 when ${second} -> 结束.二
    on 停 -> 结束.三 }
  end 结束 { 一 ok, 二 ok, 三 fail } }`,
          )
          const node = blueprint.tickets['票']!.nodes['受理']!
          const leads = (changed: FieldValues) =>
            JSON.stringify(whereTo(worldOf(blueprint, changed), node, '好') ?? null)
          const now = leads(fields)
          for (const { changes, target } of transitionOtherwise(worldOf(blueprint, fields), node, '好')) {
            const changed = entered(fields, changes)
            if (!changed) continue
            expect([leads(changed), leads(changed) === now]).toEqual([JSON.stringify(target ?? null), false])
            tally.count(
              'transitions',
              isMinimal(fields, changes, one => leads(one) !== now),
            )
          }
        }),
        { numRuns: runs },
      )
    },
    timeout,
  )

  const cell = fc.oneof(
    fc.constant('-'),
    fc
      .tuple(fc.constantFrom('<', '<=', '>', '>='), fc.integer({ min: 1, max: 11 }))
      .map(parts => parts.join(' ')),
  )
  const grade = fc.constantFrom('-', '普通', '>= 银卡', '金卡')
  const rows = fc.array(fc.tuple(cell, grade, fc.integer({ min: 1, max: 3 })), { minLength: 1, maxLength: 5 })

  test(
    'of a route: asks for another team, and is the nearest',
    () => {
      fc.assert(
        fc.property(rows, filled, (lines, fields) => {
          const body = lines.map(([a, b, team]) => `  | ${a} | ${b} || 组${team} |`).join('\n')
          const blueprint = blueprintOf(
            '',
            `role 客服\nteam 组1, 组2, 组3\nticket 票 "票" for 单 { entry workbench
  start -> 受理
  node 受理 by 客服 { clock 响应 1h { at 100% escalate 客服 }
    on 好 -> 结束.完 }
  end 结束 { 完 ok } }
route 票.受理 first {
  | 数 | 级 || team |
  |----|----||------|
${body}
  | else || 组1 |
}`,
          )
          const route = blueprint.routes['票.受理']!
          const teamOf = (changed: FieldValues) =>
            routeAnswer(blueprint, route, worldOf(blueprint, changed).fresh()).values.team
          const now = teamOf(fields)
          for (const { changes, team } of routeOtherwise(worldOf(blueprint, fields), route)) {
            const changed = entered(fields, changes)!
            expect([teamOf(changed), team === now]).toEqual([team, false])
            const isNear = isMinimal(fields, changes, one => teamOf(one) !== now)
            expect(isNear).toBe(true)
            tally.count('routes', isNear)
          }
        }),
        { numRuns: runs },
      )
    },
    timeout,
  )

  test(
    'of a price: changes the step, the line or the total it is about',
    () => {
      const step = fc.oneof(
        fc
          .tuple(fc.integer({ min: 1, max: 9 }), plainCondition)
          .map(([n, when]) => `plus ¥${n} when ${when}`),
        fc.constant('times 系(数, 级).率'),
        fc.integer({ min: 1, max: 20 }).map(n => `cap ¥${n}`),
        fc.constant('plus ¥1 * 量'),
      )
      const steps = fc.array(step, { minLength: 1, maxLength: 3 })
      fc.assert(
        fc.property(rows, steps, plainCondition, filled, (lines, some, when, fields) => {
          const body = lines.map(([a, b, rate]) => `  | ${a} | ${b} || ${100 + rate * 10}% |`).join('\n')
          const blueprint = blueprintOf(
            '',
            `table 系 first { | 数: int | 级 || 率: percent |
  |---|---||---|
${body}
  | else || 100% |
}
price 价 "价" for 单 {
  line 甲 "甲" { base ¥5
    ${some.join('\n    ')}
    round half_up ¥0.01 }
  line 乙 "乙" when ${when} { base ¥3 }
  total 共: money = sum(lines) }`,
          )
          const priced = (changed: FieldValues) =>
            price(blueprint, '价', worldOf(blueprint, changed).fresh()) as Priced
          const now = priced(fields)
          for (const one of priceOtherwise(worldOf(blueprint, fields), '价')) {
            const differs = (then: Priced) => aspectOf(then, one) !== aspectOf(now, one)
            const then = priced(entered(fields, one.changes)!)
            expect([differs(then), then.total]).toEqual([true, one.total])
            tally.count(
              'prices',
              isMinimal(fields, one.changes, changed => differs(priced(changed))),
            )
          }
        }),
        { numRuns: runs },
      )
    },
    timeout,
  )
})

/** What a counterfactual of a price is about: whether a line is there, what a step does, or the total. */
function aspectOf(
  priced: Priced,
  { line, step }: { readonly line: string | null; readonly step: number | null },
): string {
  if (line === null) return priced.total
  const there = priced.lines.find(one => one.line === line)
  if (!there || step === null) return String(there !== undefined)
  const { kind, applied, tables, amount } = there.steps[step]!
  const before = there.steps[step - 1]?.amount
  return JSON.stringify(
    kind === 'cap' ? applied && amount !== before : [applied, tables.map(({ row }) => row)],
  )
}
