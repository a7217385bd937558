import type { Declaration } from '#dsl/syntax'
import { checkCampaign } from './campaign.ts'
import { laterNamed, reportLater } from './later.ts'
import { checkTemplate } from './message.ts'
import { checkMetric } from './metric.ts'
import { checkPool, checkQuote, checkRates, checkRebate } from './offer.ts'
import type { Scope } from './scope.ts'
import { checkAlert, checkBoard, checkClassify, checkSignal, checkSource } from './watch.ts'
import type { Work } from './work.ts'

/**
 * Checks the declarations that leave nothing in the blueprint: templates, which are part of what sends them, and all that
 * no engine runs yet.
 *
 * INVARIANT: what nothing runs is said to be so (AX9001), never passed over in silence.
 */
export function checkWithoutEngine({ placed, scopeOf, memory }: Work): void {
  for (const entry of placed)
    memory.recall({ step: 'engine', placed: [entry] }, scopeOf, scope => checkOne(scope!, entry.node))
}

function checkOne(scope: Scope, node: Declaration): unknown {
  const rows = 'grid' in node ? node.grid.from : node.kind === 'library' ? node.from : undefined
  if (rows) reportLater(scope, rows, { word: 'rows from', name: rows.value })
  switch (node.kind) {
    case 'template':
      return checkTemplate(scope, node)
    case 'campaign':
      return checkCampaign(scope, node)
    case 'metric':
      return checkMetric(scope, node)
    case 'board':
      return checkBoard(scope, node)
    case 'alert':
      return checkAlert(scope, node)
    case 'signal':
      return checkSignal(scope, node)
    case 'classify':
      return checkClassify(scope, node)
    case 'source':
      return checkSource(scope, node)
    case 'rebate':
      return checkRebate(scope, node)
    case 'rates':
      return checkRates(scope, node)
    case 'quote':
      return checkQuote(scope, node)
    case 'lead-pool':
      return checkPool(scope, node)
    case 'migrate':
      return laterNamed(scope, node.name, 'migrate')
    default:
      return undefined
  }
}
