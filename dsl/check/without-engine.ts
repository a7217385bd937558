import type { Declaration, Label } from '#dsl/syntax'
import { checkCampaign } from './campaign.ts'
import { reportLater } from './later.ts'
import { checkTemplate } from './message.ts'
import { checkMetric } from './metric.ts'
import { checkPool, checkQuote, checkRates, checkRebate } from './offer.ts'
import type { Scope } from './scope.ts'
import { checkAlert, checkBoard, checkClassify, checkSignal } from './watch.ts'
import type { Work } from './work.ts'

/**
 * Checks the declarations that leave nothing in the blueprint: templates, which are part of what sends them, and all that
 * no engine runs yet.
 *
 * INVARIANT: what nothing runs is said to be so (AX9001), never passed over in silence.
 */
export function checkWithoutEngine({ placed, scopeOf, memory }: Work): void {
  for (const entry of placed)
    if (rowsFrom(entry.node) || checkOf(entry.node))
      memory.recall({ step: 'engine', placed: [entry] }, scopeOf, scope => checkOne(scope!, entry.node))
}

function checkOne(scope: Scope, node: Declaration): void {
  const rows = rowsFrom(node)
  if (rows) reportLater(scope, rows, { word: 'rows from', name: rows.value })
  checkOf(node)?.(scope, node)
}

/** Sheets of tables, tests, routes, limits and libraries have been read by now. */
function rowsFrom(node: Declaration): Label | undefined {
  return 'grid' in node ? node.grid.from : undefined
}

type Checks = {
  readonly [K in Declaration['kind']]?: (scope: Scope, node: Extract<Declaration, { kind: K }>) => unknown
}

const checks: Checks = {
  template: checkTemplate,
  campaign: checkCampaign,
  metric: checkMetric,
  board: checkBoard,
  alert: checkAlert,
  signal: checkSignal,
  classify: checkClassify,
  rebate: checkRebate,
  rates: checkRates,
  quote: checkQuote,
  'lead-pool': checkPool,
}

function checkOf({ kind }: Declaration): ((scope: Scope, node: Declaration) => unknown) | undefined {
  return checks[kind] as ((scope: Scope, node: Declaration) => unknown) | undefined
}
