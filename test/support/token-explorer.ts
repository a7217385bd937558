/** A small flow: what stands where, and where each way out leads. Guards are unknown, so each may hold or not. */
export interface SmallFlow {
  readonly start: string
  readonly nodes: Readonly<Record<string, readonly Way[]>>
  readonly regions: Readonly<Record<string, SmallRegion>>
  readonly ends: readonly string[]
}

export interface SmallRegion {
  readonly join: 'all' | 'any' | number
  /** Each branch: its nodes, the first first, and whether it may be left out. */
  readonly branches: readonly {
    readonly nodes: Readonly<Record<string, readonly Way[]>>
    readonly optional: boolean
  }[]
  readonly to: string
}

export type Way = { readonly to: string } | { readonly done: true } | { readonly abort: string }

/** What exploring every marking found. */
export interface Verdict {
  readonly unreached: readonly string[]
  /** Markings from which no end can be come to. */
  readonly stuck: readonly string[]
  /** All: a place, or `region:name|a,-,*` of a region’s branches. */
  readonly markings: ReadonlySet<string>
}

type Marking = string

/** Explores every marking a token can come to: a place, or the states of a region's branches. */
export function explore(flow: SmallFlow): Verdict {
  const next = new Map<Marking, Marking[]>()
  const seen = new Set<string>()
  const queue: Marking[] = entering(flow, flow.start)
  for (const marking of queue) seen.add(marking)
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    const after = stepsFrom(flow, at)
    next.set(at, after)
    for (const one of after) if (!seen.has(one)) (seen.add(one), queue.push(one))
  }
  const visited = new Set([...seen].flatMap(placesIn))
  const places = [
    ...Object.keys(flow.nodes),
    ...Object.values(flow.regions).flatMap(({ branches }) =>
      branches.flatMap(({ nodes }) => Object.keys(nodes)),
    ),
    ...flow.ends,
  ]
  return {
    unreached: places.filter(place => !visited.has(place)),
    stuck: [...seen].filter(marking => !reachesEnd(flow, marking, next)),
    markings: seen,
  }
}

/** `region:name|a,b,-`: where each branch stands, `-` when it was left out, `*` when it is done. */
function placesIn(marking: Marking): string[] {
  return marking.startsWith('region:') ? marking.slice(marking.indexOf('|') + 1).split(',') : [marking]
}

/** Where a token may stand after entering; regions that skip to each other for ever are a place of their own. */
function entering(flow: SmallFlow, place: string, skipped: readonly string[] = []): Marking[] {
  const region = flow.regions[place]
  if (!region) return [place]
  if (skipped.includes(place)) return ['for ever']
  let states: string[][] = [[]]
  for (const { nodes, optional } of region.branches) {
    const first = Object.keys(nodes)[0]!
    states = states.flatMap(state =>
      optional
        ? [
            [...state, first],
            [...state, '-'],
          ]
        : [[...state, first]],
    )
  }
  return states.flatMap(state =>
    state.every(one => one === '-')
      ? entering(flow, region.to, [...skipped, place])
      : [`region:${place}|${state.join(',')}`],
  )
}

function stepsFrom(flow: SmallFlow, marking: Marking): Marking[] {
  if (!marking.startsWith('region:'))
    return (flow.nodes[marking] ?? []).flatMap(way => ('to' in way ? entering(flow, way.to) : []))
  const name = marking.slice('region:'.length, marking.indexOf('|'))
  const region = flow.regions[name]!
  const states = placesIn(marking)
  return states.flatMap((state, branch) => {
    const ways = region.branches[branch]!.nodes[state] ?? []
    return ways.flatMap(way => {
      if ('abort' in way) return entering(flow, way.abort)
      const moved = states.with(branch, 'to' in way ? way.to : '*')
      const started = moved.filter(one => one !== '-').length
      const done = moved.filter(one => one === '*').length
      const needed =
        region.join === 'all' ? started : region.join === 'any' ? 1 : Math.min(region.join, started)
      return done >= needed ? entering(flow, region.to) : [`region:${name}|${moved.join(',')}`]
    })
  })
}

function reachesEnd(flow: SmallFlow, from: Marking, next: ReadonlyMap<Marking, readonly Marking[]>): boolean {
  const seen = new Set([from])
  for (const at of seen) {
    if (flow.ends.includes(at)) return true
    for (const one of next.get(at) ?? []) seen.add(one)
  }
  return false
}

/** The flow in the language; every node has the ticket's clock and every way a name of its own. */
export function flowText({ start, nodes, regions, ends }: SmallFlow): string {
  const node = ([name, ways]: [string, readonly Way[]]) =>
    `  node ${name} by 客服 { ${ways.map((way, index) => `on ${name}${index} ${targetText(way)}`).join('; ')} }`
  const region = ([name, { join, branches, to }]: [string, SmallRegion]) =>
    [
      `  parallel ${name} join ${join} {`,
      ...branches.map(
        (branch, index) =>
          `    branch ${name}支${index}${branch.optional ? ` when 数 > ${index}` : ''} {\n${Object.entries(branch.nodes).map(node).join('\n')}\n    }`,
      ),
      `  } -> ${endName(to, ends)}`,
    ].join('\n')
  function targetText(way: Way): string {
    if ('done' in way) return '-> done'
    return 'abort' in way ? `-> abort ${endName(way.abort, ends)}` : `-> ${endName(way.to, ends)}`
  }
  return [
    'pack t "t" version 1',
    'role 客服',
    'form 单 { 数: int required }',
    'ticket 事 for 单 {',
    '  entry chat',
    `  start -> ${start}`,
    '  clock 滞留 24h { at 100% notify admin }',
    ...Object.entries(nodes).map(node),
    ...Object.entries(regions).map(region),
    `  end 结束 { ${ends.map(end => `${end} ok`).join(', ')} }`,
    '}',
  ].join('\n')
}

function endName(place: string, ends: readonly string[]): string {
  return ends.includes(place) ? `结束.${place}` : place
}
