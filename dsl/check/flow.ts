import {
  type ActBlueprint,
  type Code,
  type RunBlueprint,
  type ClockBlueprint,
  type ClockMark,
  type NodeBlueprint,
  type ParallelBlueprint,
  type ReactionBlueprint,
  type TargetBlueprint,
  type TicketBlueprint,
} from '#core/blueprint'
import type {
  Act,
  ActionNode,
  BranchNode,
  ClockNode,
  Name,
  Reaction,
  StationNode,
  Target,
  TicketNode,
} from '#dsl/syntax'
import { checkAct } from './act.ts'
import { formNames } from './form.ts'
import { inferAs, type Names } from './infer.ts'
import { literalOf } from './literal.ts'
import { FAULT, pathText } from './action.ts'
import { either, knownName, typeElsewhere, type Scope } from './scope.ts'
import { isZero } from './field.ts'
import { checkSpan } from './span.ts'
import { checkPause, checkSpawn } from './spawn.ts'

type Within = NodeBlueprint['within']

/** Where a flow's clauses are checked: the pack, the names of its form, and what its targets may be. */
export interface Flow {
  readonly scope: Scope
  readonly names: Names
  readonly ticket: TicketNode
  readonly fields: ReadonlySet<string>
  readonly places: ReadonlyMap<
    string,
    { readonly kind: 'node' | 'parallel' | 'end'; readonly within: Within }
  >
}

const entries: ReadonlySet<string> = new Set([
  'chat',
  'profile',
  'group',
  'workbench',
  'qr',
  'signal',
  'event',
  'web',
])

/** Checks a ticket's nodes, clocks, transitions and regions by themselves; `proveFlow` looks at the whole. */
export function checkTicket(scope: Scope, node: TicketNode): TicketBlueprint | undefined {
  const form = scope.forms.get(node.form.text)
  if (!form) {
    scope.report(node.form, 'AX2002', { name: node.form.text })
    return undefined
  }
  for (const entry of node.entries) knownName(scope, entry, entries)
  const names = formNames(scope, form)
  const fields = new Set(form.fields.map(field => field.name.text))
  const flow: Flow = { scope, names, fields, ticket: node, places: placesOf(scope, node) }
  if (!node.first) scope.report(node.name, 'AX5009', { name: node.name.text })
  const first = node.first && checkPlace(flow, node.first, null)
  return {
    label: node.label?.value ?? node.name.text,
    form: node.form.text,
    entries: node.entries.map(entry => entry.text),
    start: first?.name ?? '',
    clocks: node.clocks.map(clock => checkClock(flow, clock, null)),
    nodes: Object.fromEntries(
      stationsOf(node).map(([station, within]) => checkStation(flow, station, within)),
    ),
    parallels: Object.fromEntries(
      node.parallels.map(parallel => {
        const branches = parallel.branches.map(branch => checkBranch(flow, branch))
        const target = checkTarget(flow, parallel.target, null)
        const checked: ParallelBlueprint = {
          join: parallel.join,
          branches: Object.fromEntries(branches),
          target: target ?? { go: 'done' },
        }
        return [parallel.name.text, checked]
      }),
    ),
    ends: Object.fromEntries(
      node.ends.flatMap(end =>
        end.outcomes.map(({ name, result }) => [`${end.name.text}.${name.text}`, result]),
      ),
    ),
  }
}

/** Every node of a ticket with the branch it stands in. */
export function stationsOf(node: TicketNode): [StationNode, Within][] {
  const inside = node.parallels.flatMap(parallel =>
    parallel.branches.flatMap(branch =>
      branch.nodes.map((station): [StationNode, Within] => [
        station,
        { parallel: parallel.name.text, branch: branch.name.text },
      ]),
    ),
  )
  return [...node.nodes.map((station): [StationNode, Within] => [station, null]), ...inside]
}

function placesOf(scope: Scope, node: TicketNode): Flow['places'] {
  const places = new Map<string, { kind: 'node' | 'parallel' | 'end'; within: Within }>()
  const add = (name: Name, key: string, place: { kind: 'node' | 'parallel' | 'end'; within: Within }) => {
    if (places.has(key)) scope.report(name, 'AX2001', { name: key })
    places.set(key, place)
  }
  for (const [station, within] of stationsOf(node))
    add(station.name, station.name.text, { kind: 'node', within })
  for (const { name } of node.parallels) add(name, name.text, { kind: 'parallel', within: null })
  for (const end of node.ends)
    for (const { name } of end.outcomes)
      add(name, `${end.name.text}.${name.text}`, { kind: 'end', within: null })
  return places
}

function checkStation(flow: Flow, station: StationNode, within: Within): [string, NodeBlueprint] {
  const { scope } = flow
  const by = station.by ? knownName(scope, station.by, either(scope.roles, 'customer')) : undefined
  const run = station.run && checkRun(flow, station)
  for (const spawn of station.spawns) checkSpawn(flow, spawn)
  for (const pause of station.pauses) checkPause(flow, pause)
  const marks = station.reactions.filter(reaction => reaction.trigger === 'at')
  for (const mark of marks) scope.report(mark, 'AX5010')
  const node: NodeBlueprint = {
    label: station.label?.value ?? station.name.text,
    by: station.run ? 'system' : (by ?? ''),
    ...(run && { run }),
    ...(station.public && { public: { text: station.public.value, notify: station.publicNotify } }),
    asks: knownFields(flow, station.asks),
    clocks: station.clocks.map(clock => checkClock(flow, clock, within)),
    reactions: station.reactions
      .filter(reaction => reaction.trigger !== 'at')
      .map(reaction => checkReaction(flow, reaction, within)),
    within,
  }
  return [station.name.text, node]
}

/** `run erp.退款(订单.号, 实退)`: a known action with an argument for each input; its outcomes are what may be reacted on. */
function checkRun(flow: Flow, station: StationNode): RunBlueprint | undefined {
  const { scope } = flow
  const call = station.run!
  const action = call.kind === 'call' ? scope.actions.get(pathText(call.callee)) : undefined
  if (!action || call.kind !== 'call') {
    scope.report(call, 'AX2002', { name: pathText(call.kind === 'call' ? call.callee : call) })
    return undefined
  }
  const outcomes = new Set([...outcomesOf(action), FAULT])
  for (const reaction of station.reactions)
    for (const event of reaction.events) knownName(scope, event, outcomes)
  const reacted = new Set(station.reactions.flatMap(reaction => reaction.events.map(event => event.text)))
  for (const outcome of outcomes)
    if (!reacted.has(outcome)) scope.report(station.name, 'AX7005', { name: station.name.text, outcome })
  if (call.args.length !== action.inputs.length) {
    const expected = action.inputs.map(input => input.name.text).join(', ')
    scope.report(call, 'AX3004', { name: action.name.text, expected })
    return undefined
  }
  const args = action.inputs.map(({ name, type }, index) => {
    const argument = call.args.find(arg => arg.name?.text === name.text) ?? call.args[index]!
    const wanted = typeElsewhere(scope, type)
    return wanted && inferAs(flow, argument.value, wanted)?.code
  })
  return args.includes(undefined) ? undefined : { action: action.name.text, args: args as Code[] }
}

function outcomesOf({ outputs }: ActionNode): string[] {
  const values = outputs.find(({ type }) => type.values.length > 0)?.type.values
  return values?.map(value => value.name.text) ?? ['成功']
}

function checkBranch(flow: Flow, branch: BranchNode): [string, ParallelBlueprint['branches'][string]] {
  const when = branch.when && inferAs(flow, branch.when, { kind: 'bool' })
  if (branch.nodes.length === 0) flow.scope.report(branch.name, 'AX5009', { name: branch.name.text })
  return [branch.name.text, { ...(when && { when: when.code }), start: branch.nodes[0]?.name.text ?? '' }]
}

function checkClock(flow: Flow, clock: ClockNode, within: Within): ClockBlueprint {
  const span = checkSpan(flow, clock.duration)
  const marks = clock.reactions.flatMap(reaction => {
    const mark = checkMark(flow, reaction, within)
    return mark ? [mark] : []
  })
  return { name: clock.name.text, span, marks }
}

function checkMark(flow: Flow, reaction: Reaction, within: Within): ClockMark | undefined {
  const share = reaction.moment && literalOf(reaction.moment)
  if (reaction.trigger !== 'at' || share?.type.kind !== 'percent') {
    flow.scope.report(reaction, 'AX5010')
    return undefined
  }
  if (isZero(share.value)) flow.scope.report(reaction.moment!, 'AX3018')
  return { share: String(share.value), ...checkConsequence(flow, reaction, within) }
}

function checkReaction(flow: Flow, reaction: Reaction, within: Within): ReactionBlueprint {
  const { trigger, events, moment, max, beyond } = reaction
  const over = beyond && checkTarget(flow, beyond, within)
  if (max === 0) flow.scope.report(reaction, 'AX3018')
  return {
    trigger: trigger === 'after' ? 'after' : 'on',
    events: events.map(event => event.text),
    ...(moment && { after: checkSpan(flow, moment) }),
    ...checkConsequence(flow, reaction, within),
    ...(max !== undefined && { max }),
    ...(over && { beyond: over }),
  }
}

function checkConsequence(flow: Flow, reaction: Reaction, within: Within) {
  const when = reaction.when && inferAs(flow, reaction.when, { kind: 'bool' })
  const target = reaction.target && checkTarget(flow, reaction.target, within)
  const acts = reaction.acts.flatMap(act => checkFlowAct(flow, act) ?? [])
  // Why the stand-in: a condition with a fault is still one, so that the clauses behind it are not called dead.
  const condition = reaction.when && { when: when?.code ?? faulty }
  return { ...condition, acts, ...(target && { target }) }
}

const faulty = { op: 'const', type: { kind: 'bool' }, value: false } as const

function checkFlowAct(flow: Flow, act: Act): ActBlueprint | undefined {
  return act.kind === 'ask' ? { act: 'ask', fields: knownFields(flow, act.names) } : checkAct(flow, act)
}

function checkTarget(flow: Flow, target: Target, within: Within): TargetBlueprint | undefined {
  if (target.kind === 'done' || target.kind === 'abort') {
    if (!within) flow.scope.report(target, 'AX5007')
    if (target.kind === 'done') return { go: 'done' }
  }
  const place = checkPlace(flow, target.name!, target.kind === 'abort' ? null : within)
  if (!place) return undefined
  return target.kind === 'abort'
    ? { go: 'abort', to: place.name, kind: place.kind }
    : { go: place.kind, to: place.name }
}

/** A place that may be gone to from `within`: of the same branch, or outside all regions from outside. */
function checkPlace(
  flow: Flow,
  name: Name,
  within: Within,
): { name: string; kind: 'node' | 'parallel' | 'end' } | undefined {
  const place = flow.places.get(name.text)
  if (!place) {
    flow.scope.report(name, 'AX2002', { name: name.text })
    return undefined
  }
  if (place.within?.parallel !== within?.parallel || place.within?.branch !== within?.branch) {
    flow.scope.report(name, 'AX5007')
    return undefined
  }
  return { name: name.text, kind: place.kind }
}

function knownFields(flow: Flow, names: readonly Name[]): string[] {
  return names.flatMap(name => knownName(flow.scope, name, flow.fields) ?? [])
}
