import type { SettlementBlueprint, ShareBlueprint } from '#core/blueprint'
import {
  addDecimal,
  compareDecimal,
  divideDecimal,
  parseDecimal,
  printPercent,
  subtractDecimal,
  type Decimal,
  type Type,
} from '#core/values'
import type { Name, SettleNode, ShareNode } from '#dsl/syntax'
import { isWhole, readRounding } from './field.ts'
import { stationsOf } from './flow.ts'
import { checkSpan } from './span.ts'
import { formNames, recordNames } from './form.ts'
import { infer, inferAs, type Names } from './infer.ts'
import { reportLater } from './later.ts'
import { literalOf } from './literal.ts'
import { knownName, type Scope } from './scope.ts'

const money: Type = { kind: 'money' }
const whole: Decimal = { units: 1n, scale: 0 }
const zero: Decimal = { units: 0n, scale: 0 }

/** Checks a settlement: a known occasion, a money base, and blocks that divide exactly what they are given. */
export function checkSettle(scope: Scope, node: SettleNode): SettlementBlueprint | undefined {
  const names = occasionNames(scope, node.on)
  if (!names) return undefined
  if (!node.base) scope.report(node.name, 'AX6102', { name: node.name.text })
  if (node.by) {
    infer({ scope, names }, node.by)
    reportLater(scope, node.by, { word: 'by', name: 'by' })
  }
  const base = node.base && inferAs({ scope, names }, node.base, money)
  const rounding = node.rounding ? readRounding(scope, node.rounding, money) : cents
  if (rounding && !isWhole(scope, rounding)) scope.report(node.name, 'AX3003', { name: node.name.text })
  checkBlock(scope, node.shares, { of: whole, isExact: true, at: node.name })
  const seen = new Set<string>()
  const shares = node.shares.map(share => checkShare({ scope, names }, share, seen))
  if (!base || !rounding) return undefined
  const hold = node.hold ? checkSpan({ scope, names }, node.hold) : null
  return {
    label: node.label?.value ?? node.name.text,
    on: node.on.text,
    hold,
    base: base.code,
    rounding,
    shares,
  }
}

const cents = { mode: 'down', step: '0.01' } as const

/** `报修.结束.完成`: the names of the ticket's form, and the prices worked out for it. */
function occasionNames(scope: Scope, on: Name): Names | undefined {
  const [ticketName = '', ...outcome] = on.text.split('.')
  const ticket = scope.tickets.get(ticketName)
  const form = ticket && scope.forms.get(ticket.form.text)
  const outcomes = ticket?.ends.flatMap(end =>
    end.outcomes.map(({ name }) => `${end.name.text}.${name.text}`),
  )
  if (form && ticket && stationsOf(ticket).length > 0 && outcomes?.includes(outcome.join('.'))) {
    const prices = scope.pricesOn(ticket.form.text)
    return new Map<string, Type>([
      ...formNames(scope, form),
      ...prices.map((name): [string, Type] => [name, { kind: 'answer', name }]),
    ])
  }
  if (scope.events.has(on.text)) {
    reportLater(scope, on, { word: 'settle on', name: on.text })
    return new Map([...recordNames(scope, ticketName), [ticketName, { kind: 'ref', name: ticketName }]])
  }
  scope.report(on, 'AX2002', { name: on.text })
  return undefined
}

function checkShare(
  place: { scope: Scope; names: Names },
  node: ShareNode,
  seen: Set<string>,
): ShareBlueprint {
  const { scope } = place
  const isLeaf = node.shares.length === 0
  if (isLeaf) knownName(scope, node.party, scope.parties)
  if (seen.has(node.party.text)) scope.report(node.party, 'AX2001', { name: node.party.text })
  seen.add(node.party.text)
  const cap = node.cap && literalOf(node.cap)
  if (cap && cap.type.kind !== 'money')
    scope.report(node.cap!, 'AX3001', { expected: 'money', actual: cap.type.kind })
  const when = node.when && inferAs(place, node.when, { kind: 'bool' })
  return {
    party: node.party.text,
    share: typeof node.share === 'string' ? node.share : (percentText(node) ?? '0'),
    ...(cap && { cap: String(cap.value) }),
    ...(when && { when: when.code }),
    shares: node.shares.map(child => checkShare(place, child, seen)),
  }
}

/**
 * A block divides exactly what it is given: its percents add up to it, or a `rest` (or `equal` parts) takes what they
 * leave. A share that may be less than it says (`cap`, `when`) needs somebody who takes the difference whatever happens.
 * `of` is the least share of the base that the block may be given; `isExact` when it is never given more.
 */
function checkBlock(
  scope: Scope,
  shares: readonly ShareNode[],
  { of, isExact, at }: { of: Decimal; isExact: boolean; at: Name },
): void {
  const takers = shares.filter(isTaker)
  const takes = takers.some(({ cap, when }) => !cap && !when)
  for (const extra of takers.filter(({ share }) => share === 'rest').slice(1))
    scope.report(extra, 'AX6104', { name: at.text })
  const percents = shares.map(node => percentOf(scope, node) ?? zero)
  const sum = percents.reduce(addDecimal, zero)
  const left = subtractDecimal(of, sum)
  const isLess = (node: ShareNode, index: number) => (node.cap || node.when) && percents[index]!.units > 0n
  const mayLeave = !isExact || left.units !== 0n || shares.some(isLess)
  for (const [index, node] of shares.entries()) {
    const lacks = isTaker(node)
      ? mayLeave && (node.cap || (!takes && node.when))
      : !takes && isLess(node, index)
    if (lacks) scope.report(node, 'AX6105', { name: node.party.text })
  }
  for (const [index, node] of shares.entries()) {
    if (node.shares.length === 0) continue
    const count = { units: BigInt(takers.length), scale: 0 }
    const given = isTaker(node) ? divideDecimal(left, count)! : percents[index]!
    const isShort = !!node.cap && !node.shares.every(isTaker)
    if (isShort) scope.report(node.party, 'AX6111', { name: node.party.text })
    const isFixed = !isTaker(node) && (!node.cap || isShort)
    checkBlock(scope, node.shares, { of: given, isExact: isFixed, at: node.party })
  }
  const order = compareDecimal(sum, of)
  const params = { name: at.text, sum: printPercent(sum), of: printPercent(of) }
  if (order > 0 || (order < 0 && takers.length === 0 && isExact)) scope.report(at, 'AX6103', params)
  else if (!isExact && takers.length === 0) scope.report(at, 'AX6105', { name: at.text })
}

function isTaker({ share }: ShareNode): boolean {
  return share === 'rest' || share === 'equal'
}

function percentOf(scope: Scope, node: ShareNode): Decimal | undefined {
  if (typeof node.share === 'string') return undefined
  const text = percentText(node)
  if (text === undefined) scope.report(node.share, 'AX3001', { expected: 'percent', actual: '…' })
  return text === undefined ? undefined : parseDecimal(text)
}

function percentText({ share }: ShareNode): string | undefined {
  const literal = typeof share === 'string' ? undefined : literalOf(share)
  return literal?.type.kind === 'percent' ? String(literal.value) : undefined
}
