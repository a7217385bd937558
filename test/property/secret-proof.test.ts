import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkPack } from '#dsl'
import { evaluate } from '#core/table'

const inputs = ['甲', '乙', '丙'] as const
const values = [-2, -1, 0, 1, 2, 3]

const anExpression = fc.letrec<{ sum: string }>(tie => ({
  sum: fc.oneof(
    { maxDepth: 3 },
    { weight: 4, arbitrary: fc.constantFrom(...inputs) },
    { weight: 1, arbitrary: fc.constantFrom('1', '2', '3') },
    {
      weight: 3,
      arbitrary: fc
        .tuple(tie('sum'), fc.constantFrom('+', '-', '*'), tie('sum'))
        .map(([a, op, b]) => `(${a} ${op} ${b})`),
    },
    { weight: 1, arbitrary: tie('sum').map(a => `(-${a})`) },
    { weight: 1, arbitrary: fc.tuple(tie('sum'), tie('sum')).map(([a, b]) => `max(${a}, ${b})`) },
  ),
})).sum

describe('the proof that secrets are kept', () => {
  test('whatever it says can be worked out has one value for all that is seen, and a sum with one unknown is found', () => {
    const seen = { told: 0, kept: 0 }
    fc.assert(
      fc.property(anExpression, fc.subarray([...inputs]), (written, open) => {
        const rights = inputs.map(name => `  | ${name} | write | ${open.includes(name) ? 'read' : '-'} |`)
        const text = `pack t "t" version 1
role 客服, 外人
form 单 { 甲: int, 乙: int, 丙: int, 果: int = ${written} }
ticket 事 for 单 {
  start -> 一
  clock 滞留 3d { at 100% notify 客服 }
  node 一 by 客服 { on 好 -> 完.成 }
  end 完 { 成 ok }
}
access 单 {
  | | 客服 | 外人 |
  |-|------|------|
${rights.join('\n')}
  | 果 | read | read |
}`
        const { blueprint, diagnostics } = checkPack({ 't.axle': text })
        expect(
          diagnostics.filter(({ code }) => code !== 'AX5024' && code !== 'AX5030'),
          text,
        ).toEqual([])
        const told = diagnostics.filter(({ code }) => code === 'AX5024').map(({ params }) => params.field!)
        const code = blueprint.forms['单']!.fields['果']!.computed!
        for (const field of told) {
          const known = new Map<string, number>()
          for (const 甲 of values)
            for (const 乙 of values)
              for (const 丙 of values) {
                const facts = { 甲, 乙, 丙 }
                const view = JSON.stringify([
                  evaluate(blueprint, code, facts),
                  ...open.map(name => facts[name]),
                ])
                const value = facts[field as keyof typeof facts]
                expect(known.get(view) ?? value, `${text}\n${field}`).toBe(value)
                known.set(view, value)
              }
        }
        const hidden = inputs.filter(name => !open.includes(name))
        const isPlainSum =
          !/[*]|max/.test(written) && hidden.filter(name => written.includes(name)).length === 1
        const count = hidden.reduce((sum, name) => sum + written.split(name).length - 1, 0)
        if (isPlainSum && count === 1) expect(told.length, text).toBe(1)
        seen[told.length > 0 ? 'told' : 'kept']++
      }),
      { numRuns: 300 },
    )
    expect(seen.told).toBeGreaterThan(20)
    expect(seen.kept).toBeGreaterThan(20)
  }, 120_000)
})
