import fc from 'fast-check'
import type { SmallFlow, SmallRegion, Way } from './token-explorer.ts'

export const ends = ['好', '坏']

/** A flow that leads from place to place to an end, with ways back and branches that all end: sound by construction. */
export const aSoundFlow: fc.Arbitrary<SmallFlow> = fc
  .array(
    fc.record({
      region: fc.boolean(),
      back: fc.nat(5),
      branches: fc.integer({ min: 1, max: 3 }),
      length: fc.integer({ min: 1, max: 3 }),
      join: fc.constantFrom('all' as const, 'any' as const, 2),
      optional: fc.boolean(),
    }),
    { minLength: 2, maxLength: 6 },
  )
  .map(places => {
    const names = places.map(({ region }, index) => `${region ? '并' : '甲'}${index}`)
    const nodes: Record<string, Way[]> = {}
    const regions: Record<string, SmallRegion> = {}
    places.forEach(({ region, back, branches, length, join, optional }, index) => {
      const name = names[index]!
      const next = names[index + 1] ?? '好'
      const before = names[back % (index + 1)]!
      if (!region) nodes[name] = [{ to: next }, { to: before }]
      else
        regions[name] = {
          join,
          to: next,
          branches: Array.from({ length: branches }, (_, branch) => ({
            optional: optional && branch > 0,
            nodes: Object.fromEntries(
              Array.from({ length }, (_, at): [string, Way[]] => [
                `${name}支${branch}点${at}`,
                at === length - 1
                  ? [{ done: true }, { abort: before }]
                  : [{ to: `${name}支${branch}点${at + 1}` }],
              ]),
            ),
          })),
        }
    })
    nodes['收尾'] = [{ to: '好' }, { to: '坏' }]
    const all = { start: names[0]!, nodes, regions, ends }
    // The last place leads on to the node that ends.
    return JSON.parse(
      JSON.stringify(all)
        .replaceAll('{"to":"好"}', '{"to":"收尾"}')
        .replace('"收尾":[{"to":"收尾"}', '"收尾":[{"to":"好"}')
        .replaceAll('"to":"好","branches"', '"to":"收尾","branches"'),
    ) as SmallFlow
  })
