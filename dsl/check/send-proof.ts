import { purposes, type Blueprint, type Purpose } from '#core/blueprint'
import { solve, type Formula } from '#core/condition'
import {
  aboutCustomers,
  capOf,
  gateRows,
  kindsOf,
  neverEnters,
  neverSent,
  noHourLeft,
  sendBounds,
  windows,
  type GateRow,
  type MessageKind,
  type NeverSent,
  type SendBound,
} from '#core/limit'
import { isZone } from '#core/values'
import type { LimitNode, SopNode, SopStep, TicketNode } from '#dsl/syntax'
import { channelsOf } from './message.ts'
import { ofKind, type Placed, type Scope } from './scope.ts'
import { proveNoCycle } from './send-cycle.ts'
import type { Work } from './work.ts'
import { printWorld } from './world.ts'

type Reaching = SopNode | LimitNode | TicketNode

interface Desk {
  readonly blueprint: Blueprint
  /** Where findings about a declaration go. */
  readonly scopeOf: (node: Reaching) => Scope
  readonly limits: readonly LimitNode[]
  readonly sops: readonly SopNode[]
  readonly bounds: readonly SendBound[]
}

/**
 * Proves of all SOPs and limits together: how often one customer is written to is bounded, quiet hours leave an hour, every
 * step may be let through for somebody, nobody escapes the rows, and no SOP brings itself about for ever.
 */
export function proveReach({ placed, scopeOf, memory }: Work, blueprint: Blueprint): void {
  const sops = ofKind<SopNode>(placed, 'sop')
  const limits = ofKind<LimitNode>(placed, 'limit')
  const tickets = ofKind<TicketNode>(placed, 'ticket')
  const parts: Placed<Reaching>[] = [...sops, ...limits, ...tickets]
  if (sops.length + limits.length === 0) return
  memory.recall({ step: 'reach', placed: parts }, scopeOf, (...scopes) => {
    // A zone there is not has its own finding; without one no hour means anything.
    if (!isZone(blueprint.pack.zone)) return
    const scopeFor = new Map(parts.map(({ node }, index) => [node, scopes[index]!]))
    const of = (node: Reaching) => scopeFor.get(node)!
    const nodes = { sops: sops.map(({ node }) => node), limits: limits.map(({ node }) => node) }
    proveNoCycle(
      of,
      nodes.sops,
      tickets.map(({ node }) => node),
    )
    // A row with a fault was left out of the blueprint: what is proved of the rest would be about other rows.
    const isWhole = nodes.limits.every(
      node => blueprint.limits[node.name.text]?.rows.length === node.grid.rows.length,
    )
    if (isWhole) proveDesk({ blueprint, scopeOf: of, ...nodes, bounds: sendBounds(blueprint) })
  })
}

function proveDesk(desk: Desk): void {
  const { blueprint, scopeOf, limits, sops } = desk
  proveRows(desk)
  for (const node of sops) {
    if (blueprint.sops[node.name.text]!.triggers.length === 0) continue
    const isEntered = proveEntered(scopeOf(node), blueprint, node)
    if (limits.length === 0) continue
    if (isEntered) proveSteps(desk, node)
    proveBounded(desk, node)
  }
}

/** What the limits say by themselves: an hour to send for everybody, a row for everybody, caps that are kept. */
function proveRows(desk: Desk): void {
  const { blueprint, scopeOf, limits } = desk
  const told = new Set<string>()
  const channels = limits[0] ? [...channelsOf(scopeOf(limits[0]))] : []
  for (const purpose of purposes)
    for (const channel of channels) {
      const kind = { purpose, channel }
      const rows = gateRows(blueprint, kind)
      proveHour(desk, { kind, rows, told })
      for (const node of limits) proveBinding(scopeOf(node), blueprint, { node, kind, rows, told })
    }
  for (const node of limits) proveCaps(scopeOf(node), desk, node)
}

interface Rows {
  readonly kind: MessageKind
  readonly rows: readonly GateRow[]
  /** What was reported before: the same rows bind several kinds of messages. */
  readonly told: Set<string>
}

function proveHour({ blueprint, scopeOf, limits }: Desk, { kind, rows, told }: Rows): void {
  const found = noHourLeft(blueprint, rows)
  if (!found) return
  const names = found.rows.map(({ limit, index, row }) => `${limit} ${index + 1} (${quietOf(row)})`).sort()
  if (told.has(names.join())) return
  told.add(names.join())
  const last = found.rows.at(-1)!
  const at = limits.find(({ name }) => name.text === last.limit)!
  const witness = [printKind(kind), printWorld(blueprint, found.world)].filter(text => text !== '').join(', ')
  scopeOf(at).report(at.grid.rows[last.index]!, 'AX6022', { witness, rows: names.join(' + ') })
}

const quietOf = ({ quiet }: GateRow['row']) => (quiet ? `${quiet.from}..${quiet.to}` : '')
const printKind = ({ purpose, channel }: MessageKind) => `purpose=${purpose}, channel=${channel}`

/** A customer of whom something is not known may fit no row; that every known value finds one is the table's own proof. */
function proveBinding(
  scope: Scope,
  blueprint: Blueprint,
  { node, kind, rows, told }: Rows & { node: LimitNode },
): void {
  const own = rows.filter(({ limit }) => limit === node.name.text)
  const unbound: Formula = { not: { any: own.map(({ fits }) => fits) } }
  const solution = solve(blueprint, unbound, aboutCustomers(blueprint))
  if (solution.can !== 'hold') return
  const absent = solution.world.values.filter(({ value }) => value === null)
  const known = (term: (typeof absent)[number]['term']): Formula => ({
    atom: { op: 'apply', type: { kind: 'bool' }, fn: 'known', args: [term] },
  })
  const present: Formula = { all: [unbound, ...absent.map(({ term }) => known(term))] }
  const isByAbsence =
    absent.length > 0 && solve(blueprint, present, aboutCustomers(blueprint)).can === 'never'
  if (!isByAbsence || told.has(`unbound ${node.name.text}`)) return
  told.add(`unbound ${node.name.text}`)
  const witness = `${printKind(kind)}, ${printWorld(blueprint, solution.world)}`
  scope.report(node.name, 'AX6029', { name: node.name.text, witness })
}

/** A cap whose row sends all the same is kept only as long as nothing asks for more. */
function proveCaps(scope: Scope, { blueprint, bounds }: Desk, node: LimitNode): void {
  const name = node.name.text
  const kinds = kindsOf(blueprint).map(kind => ({ kind, rows: gateRows(blueprint, kind) }))
  for (const [index, row] of blueprint.limits[name]!.rows.entries()) {
    if (row.beyond !== 'send') continue
    const bound = kinds.filter(({ rows }) => rows.some(each => each.limit === name && each.index === index))
    for (const per of windows) {
      const cap = capOf(blueprint, row, per)
      const asked = bounds.filter(
        each => each.per === per && bound.some(({ kind }) => printKind(kind) === printKind(each)),
      )
      const most = asked.reduce<number>((sum, { passed }) => sum + (passed ?? Infinity), 0)
      if (cap === null || most <= cap) continue
      const sops = [...new Set(asked.flatMap(each => each.sops.map(({ sop }) => sop)))]
      const at = node.grid.outputs.findIndex(
        ({ subject }) => subject.kind === 'name' && subject.name === `per ${per}`,
      )
      scope.report(node.grid.rows[index]!.outputs[at] ?? node.grid.rows[index]!, 'AX6021', {
        ...{ per, cap: String(cap), asked: most === Infinity ? '∞' : String(most) },
        sops: sops.join('、') || printKind(bound[0]!.kind),
      })
    }
  }
}

/** Yields whether somebody may come in by every trigger. */
function proveEntered(scope: Scope, blueprint: Blueprint, node: SopNode): boolean {
  const name = node.name.text
  const sop = blueprint.sops[name]!
  if (sop.triggers.length !== node.triggers.length) return true
  const closed = node.triggers.filter((_, index) => neverEnters(blueprint, sop, index))
  for (const { subject } of closed) scope.report(subject, 'AX6028', { name, trigger: subject.text })
  return closed.length === 0
}

type SendNode = SopStep & { readonly kind: 'send' }

function proveSteps(desk: Desk, node: SopNode): void {
  const { blueprint } = desk
  const name = node.name.text
  const sop = blueprint.sops[name]!
  // A trigger or step that no engine runs yet is not in the blueprint, and its conditions are unknown.
  if (sop.triggers.length !== node.triggers.length) return
  for (const step of node.steps) {
    if (step.kind !== 'send') continue
    const index = sop.steps.findIndex(each => 'name' in each && each.name === step.name.text)
    const checked = sop.steps[index]
    for (const channel of checked?.step === 'send' ? checked.channels : []) {
      const found = neverSent(blueprint, sop, { index, channel })
      if (!found) continue
      const purpose = (step.purpose?.text ?? 'promo') as Purpose
      reportNever(desk.scopeOf(node), desk, { name, step, found, kind: { purpose, channel } })
      if (found.because === 'condition') break
    }
  }
}

function reportNever(
  scope: Scope,
  { blueprint, scopeOf, limits }: Desk,
  { name, step, found, kind }: { name: string; step: SendNode; found: NeverSent; kind: MessageKind },
): void {
  const said = { name, step: step.name.text, channel: kind.channel }
  switch (found.because) {
    case 'condition':
      return scope.report(step.name, 'AX6027', said)
    case 'skip': {
      const node = limits.find(each => each.name.text === found.limit)!
      const skip = scopeOf(node).textOf(node.skips[found.index]!).replace(/\s+/g, ' ').trim()
      return scope.report(step.name, 'AX6023', { ...said, limit: found.limit, skip })
    }
    case 'cap': {
      const { row, per, cap, nth } = found
      const place = { limit: row.limit, row: String(row.index + 1), per }
      return scope.report(step.name, 'AX6024', { ...said, ...place, cap: String(cap), nth: String(nth) })
    }
    case 'quiet': {
      const { row, time } = found
      const place = { limit: row.limit, row: String(row.index + 1), quiet: quietOf(row.row) }
      return scope.report(step.name, 'AX6025', { ...said, ...place, time })
    }
    case 'together': {
      const rows = gateRows(blueprint, kind).map(({ limit, index }) => `${limit} ${index + 1}`)
      return scope.report(step.name, 'AX6026', { ...said, rows: rows.join('、') })
    }
  }
}

/** Urgent messages are as many as there are emergencies; all others are bounded by the SOP or by a cap. */
function proveBounded({ blueprint, bounds, scopeOf }: Desk, node: SopNode): void {
  const name = node.name.text
  const endless = bounds.find(
    each =>
      each.purpose !== 'urgent' &&
      each.passed === null &&
      each.sops.some(({ sop, most }) => sop === name && most === null),
  )
  if (!endless) return
  const { purpose, channel } = endless
  const steps = blueprint.sops[name]!.steps.flatMap(step =>
    step.step === 'send' && step.purpose === purpose && step.channels.includes(channel) ? step.name : [],
  )
  const trigger = node.triggers.find(({ once }) => !once) ?? node.triggers[0]!
  scopeOf(node).report(node.name, 'AX6020', {
    ...{ name, purpose, channel, trigger: trigger.subject.text },
    steps: steps.join('」「'),
  })
}
