import { addDecimal, compareDecimal, parseDecimal, printDecimal, type Decimal } from '#core/values'
import type { CampaignNode } from '#dsl/syntax'
import { inferAs, type Names } from './infer.ts'
import { laterNamed } from './later.ts'
import { constantOf } from './literal.ts'
import { reachNames } from './reach.ts'
import { either, knownName, type Scope } from './scope.ts'
import { checkSending } from './sop.ts'
import { checkSpan } from './span.ts'

const bool = { kind: 'bool' } as const
const whole: Decimal = { units: 1n, scale: 0 }

/** Checks a campaign: whom it reaches, arms that make up the whole, who wins and what stops it. No engine runs it yet. */
export function checkCampaign(scope: Scope, node: CampaignNode): void {
  laterNamed(scope, node.name, 'campaign')
  // Why the fields too: a text of an arm may say `name` for `customer.name`.
  const own = scope.members({ kind: 'ref', name: 'customer' })
  const names = reachNames(scope, [...own])
  if (!node.audience || !node.at || node.arms.length === 0)
    scope.report(node.name, 'AX6012', { name: node.name.text })
  checkAudience(scope, names, node.audience)
  for (const arm of node.arms) checkSending({ scope, names }, arm)
  checkShares(scope, node)
  const counted: Names = new Map([...names, ['sends', { kind: 'int' }], ['complaints', { kind: 'int' }]])
  if (node.winner) {
    knownName(scope, node.winner.by, scope.metrics)
    checkSpan({ scope, names }, node.winner.after)
    if (node.winner.when) inferAs({ scope, names: counted }, node.winner.when, bool)
  }
  for (const { when } of node.stops) inferAs({ scope, names: counted }, when, bool)
  if (node.goal) {
    knownName(scope, node.goal.event, scope.events)
    checkSpan({ scope, names }, node.goal.within)
  }
}

function checkAudience(scope: Scope, names: Names, audience: CampaignNode['audience']): void {
  if (!audience) return
  knownName(scope, audience.segment, either(scope.segments, 'customer'))
  if (audience.when) inferAs({ scope, names }, audience.when, bool)
  if (audience.once) checkSpan({ scope, names }, audience.once)
}

function checkShares(scope: Scope, { name, arms }: CampaignNode): void {
  const shares = arms.map(arm => constantOf(scope, arm.share, { kind: 'percent' }))
  if (arms.length === 0 || shares.includes(undefined)) return
  const sum = shares.reduce<Decimal>((total, share) => addDecimal(total, parseDecimal(String(share))!), {
    units: 0n,
    scale: 0,
  })
  const percent = `${Number(printDecimal(sum)) * 100}%`
  if (compareDecimal(sum, whole) !== 0) scope.report(name, 'AX6010', { name: name.text, sum: percent })
}
