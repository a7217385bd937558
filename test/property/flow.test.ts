import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { checkPack } from '#dsl'
import { aSoundFlow, ends } from '../support/random-flow.ts'
import { explore, flowText, type SmallFlow, type Way } from '../support/token-explorer.ts'

/** Flows of up to four nodes and up to two regions of up to three branches. */
const aFlow: fc.Arbitrary<SmallFlow> = fc
  .record({ nodes: fc.integer({ min: 1, max: 4 }), regions: fc.integer({ min: 0, max: 2 }) })
  .chain(({ nodes, regions }) => {
    const nodeNames = Array.from({ length: nodes }, (_, index) => `甲${index}`)
    const regionNames = Array.from({ length: regions }, (_, index) => `并${index}`)
    const outside = fc.constantFrom(...nodeNames, ...regionNames, ...ends)
    const way: fc.Arbitrary<Way> = outside.map(to => ({ to }))
    const aNode = fc.array(way, { minLength: 1, maxLength: 2 })
    const aRegion = (name: string) =>
      fc.record({
        join: fc.constantFrom('all' as const, 'any' as const, 2),
        branches: fc
          .integer({ min: 1, max: 3 })
          .chain(count =>
            fc.tuple(...Array.from({ length: count }, (_, index) => aBranch(`${name}支${index}`, outside))),
          ),
        to: outside.filter(to => to !== name),
      })
    return fc.record({
      start: fc.constantFrom(...nodeNames, ...regionNames),
      nodes: fc.record(Object.fromEntries(nodeNames.map(name => [name, aNode]))),
      regions: fc.record(Object.fromEntries(regionNames.map(name => [name, aRegion(name)]))),
      ends: fc.constant(ends),
    }) as fc.Arbitrary<SmallFlow>
  })

function aBranch(prefix: string, outside: fc.Arbitrary<string>) {
  return fc.integer({ min: 1, max: 2 }).chain(count => {
    const names = Array.from({ length: count }, (_, index) => `${prefix}点${index}`)
    const way: fc.Arbitrary<Way> = fc.oneof(
      { weight: 3, arbitrary: fc.constant({ done: true } as Way) },
      { weight: 3, arbitrary: fc.constantFrom(...names).map((to): Way => ({ to })) },
      { weight: 1, arbitrary: outside.map((abort): Way => ({ abort })) },
    )
    const nodes = fc.record(
      Object.fromEntries(names.map(name => [name, fc.array(way, { minLength: 1, maxLength: 2 })])),
    )
    return fc.record({ nodes, optional: fc.boolean() })
  })
}

/** Which flaws the checker finds: places nothing leads to, and places nobody gets out of. */
function found(flow: SmallFlow) {
  const { diagnostics } = checkPack({ 'f.axle': flowText(flow) })
  const other = diagnostics.filter(({ code }) => !['AX5001', 'AX5002', 'AX5008'].includes(code))
  return {
    unreached: diagnostics.filter(({ code }) => code === 'AX5001'),
    stuck: diagnostics.filter(({ code }) => code === 'AX5002' || code === 'AX5008'),
    other,
  }
}

/** One fault put into a sound flow; undefined where it does not fit. */
const plants: readonly ((flow: SmallFlow) => SmallFlow | undefined)[] = [
  flow => ({ ...flow, nodes: { ...flow.nodes, 孤岛: [{ to: '好' }] } }),
  flow => ({ ...flow, nodes: { ...flow.nodes, 收尾: [{ to: '收尾' }] } }),
  flow => ({ ...flow, nodes: { ...flow.nodes, 收尾: [{ to: '好' }] } }),
  flow => {
    const [name, region] = Object.entries(flow.regions).find(([, { join }]) => join === 'all') ?? []
    const [first, ...rest] = region?.branches ?? []
    if (!name || !region || !first) return undefined
    const nodes = Object.fromEntries(
      Object.keys(first.nodes).map((node, at, all): [string, Way[]] => [node, [{ to: all[at + 1] ?? node }]]),
    )
    const calm = rest.map(branch => ({
      ...branch,
      nodes: Object.fromEntries(
        Object.entries(branch.nodes).map(([node, ways]) => [node, ways.filter(way => !('abort' in way))]),
      ),
    }))
    return {
      ...flow,
      regions: { ...flow.regions, [name]: { ...region, branches: [{ ...first, nodes }, ...calm] } },
    }
  },
]

describe('the proof of a flow', () => {
  test('agrees with exploring every marking of random flows', () => {
    let sound = 0
    let unsound = 0
    fc.assert(
      fc.property(aFlow, flow => {
        const { unreached, stuck, other } = found(flow)
        const truth = explore(flow)
        expect(other).toEqual([])
        const named = unreached
          .map(({ params }) => params.name!.replace('结束.', ''))
          .filter(name => !name.startsWith('并') || name.includes('支'))
        expect(named.toSorted(), flowText(flow)).toEqual([...truth.unreached].toSorted())
        // A place nothing leads to may also be one nobody gets out of; explored are those that can be come to.
        const reached = stuck.filter(({ params }) => !truth.unreached.includes(params.name!))
        expect(reached.length > 0, flowText(flow)).toBe(truth.stuck.length > 0)
        if (truth.unreached.length + truth.stuck.length === 0) sound++
        else unsound++
      }),
      { numRuns: 500 },
    )
    expect(sound).toBeGreaterThan(0)
    expect(unsound).toBeGreaterThan(100)
  })

  test('says of regions that nothing leads to just that', () => {
    const region = (done: string, to: string) => ({
      join: 'all' as const,
      branches: [{ nodes: { [done]: [{ done: true as const }] }, optional: true }],
      to,
    })
    const regions = { 并0: region('并0支0点0', '并1'), 并1: region('并1支0点0', '并0') }
    const flow: SmallFlow = { start: '甲0', nodes: { 甲0: [{ to: '好' }] }, regions, ends: ['好', '坏'] }
    expect(found(flow)).toMatchObject({ stuck: [], other: [] })
  })

  test('raises no false alarm on 200 sound flows', () => {
    fc.assert(
      fc.property(aSoundFlow, flow => {
        expect(explore(flow)).toMatchObject({ unreached: [], stuck: [] })
        expect(checkPack({ 'f.axle': flowText(flow) }).diagnostics, flowText(flow)).toEqual([])
      }),
      { numRuns: 200 },
    )
  })

  test('finds each of 50 faults put into sound flows, and every way it shows is one', () => {
    let planted = 0
    for (const flow of fc.sample(aSoundFlow, { numRuns: 60, seed: 7 })) {
      const unsound = plants[planted % plants.length]!(flow) ?? plants[0]!(flow)!
      const truth = explore(unsound)
      expect(truth.unreached.length + truth.stuck.length, flowText(unsound)).toBeGreaterThan(0)
      const { unreached, stuck } = found(unsound)
      expect(unreached.length + stuck.length, flowText(unsound)).toBeGreaterThan(0)
      for (const { params } of stuck) expect(isWay(unsound, params.path!), params.path).toBe(true)
      planted++
    }
    expect(planted).toBeGreaterThanOrEqual(50)
  })
})

/** Whether a path is one a ticket can take, from where tickets start. */
function isWay(flow: SmallFlow, path: string): boolean {
  const places = path.split(' → ')
  const leads = (from: string, to: string): boolean => {
    const region = flow.regions[from]
    if (region) return region.branches.some(({ nodes }) => Object.keys(nodes)[0] === to) || region.to === to
    const inside = Object.values(flow.regions).flatMap(each =>
      each.branches.map(({ nodes }) => ({ ways: nodes[from], to: each.to })),
    )
    const ways = flow.nodes[from] ?? inside.find(each => each.ways)?.ways ?? []
    return ways.some(way =>
      'to' in way
        ? way.to === to
        : 'abort' in way
          ? way.abort === to
          : inside.some(each => each.ways && each.to === to),
    )
  }
  return places[0] === flow.start && places.every((place, at) => at === 0 || leads(places[at - 1]!, place))
}
