import type { OverlayBlueprint, PriceStepBlueprint, TableBlueprint } from '#core/blueprint'
import { regionWithin, type Type } from '#core/values'
import type { InstantNode, OverlayNode, PoolNode, QuoteNode, RatesNode, RebateNode } from '#dsl/syntax'
import { readRounding } from './field.ts'
import { formNames } from './form.ts'
import type { Names } from './infer.ts'
import { laterNamed } from './later.ts'
import { constantOf, momentOf } from './literal.ts'
import { checkStep, rowNames, signalNames } from './price.ts'
import { knownName, silent, type Scope } from './scope.ts'
import { checkSpan } from './span.ts'
import { checkTable } from './table.ts'

/** Checks steps that change one line of a price for a while. */
export function checkOverlay(scope: Scope, node: OverlayNode): OverlayBlueprint | undefined {
  const [priceName = '', lineName = ''] = node.on.text.split('.')
  const price = scope.prices.get(priceName)
  const line = price?.lines.find(each => each.name.text === lineName)
  const form = price && scope.forms.get(price.form.text)
  if (!line || !form) {
    scope.report(node.on, 'AX2002', { name: node.on.text })
    return undefined
  }
  if (!node.window) {
    scope.report(node.name, 'AX6107', { name: node.name.text })
    return undefined
  }
  const names: Names = new Map([...formNames(scope, form), ...signalNames(scope)])
  // Why silently: a list there is not is the price’s own finding.
  const row = line.per && rowNames(silent(scope), names, line.per)
  const inLine = new Map([...names, ...(row ?? [])])
  const [from, to] = [instant(scope, node.window.from), instant(scope, node.window.to)]
  if (from === undefined || to === undefined || from >= to)
    scope.report(node.window, 'AX6107', { name: node.name.text })
  const regions = node.window.regions.flatMap(region => {
    const known = constantOf(scope, region, { kind: 'region' })
    return typeof known === 'string' ? [known] : []
  })
  const subject = form.subject?.text
  const place =
    subject === undefined ? undefined : scope.members({ kind: 'ref', name: subject }).get('region')
  if (regions.length > 0 && place?.kind !== 'region')
    scope.report(node.window.regions[0]!, 'AX2002', { name: `${subject ?? form.name.text}.region` })
  const steps = node.steps.flatMap((step): PriceStepBlueprint[] => {
    const checked = checkStep(scope, inLine, step)
    if (checked && !checked.exact && !line.rounding) scope.report(step, 'AX3003', { name: node.name.text })
    return checked ? [checked.step] : []
  })
  if (from === undefined || to === undefined) return undefined
  const label = node.label?.value ?? node.name.text
  return { label, price: priceName, line: lineName, from, to, regions, steps }
}

function instant(scope: Scope, { date, time }: InstantNode): number | undefined {
  return momentOf(scope, `${date} ${time}`)
}

/** Two overlays on one line must not meet in time and place: which came first would be chance. */
export function proveOverlays(
  scope: (name: string) => Scope,
  overlays: readonly {
    readonly node: OverlayNode
    readonly file: string
    readonly checked: OverlayBlueprint
  }[],
): void {
  for (const [index, { node, file, checked }] of overlays.entries())
    for (const { node: earlier, checked: other } of overlays.slice(0, index))
      if (meet(checked, other))
        scope(file).report(node.name, 'AX6106', { first: earlier.name.text, second: node.name.text })
}

function meet(a: OverlayBlueprint, b: OverlayBlueprint): boolean {
  const sameLine = a.price === b.price && a.line === b.line
  const inTime = a.from < b.to && b.from < a.to
  const everywhere = a.regions.length === 0 || b.regions.length === 0
  const inPlace =
    everywhere ||
    a.regions.some(one => b.regions.some(two => regionWithin(one, two) || regionWithin(two, one)))
  return sameLine && inTime && inPlace
}

/** Checks a rebate: bands of an amount, each with its rate. Nothing pays it out yet. */
export function checkRebate(scope: Scope, node: RebateNode): TableBlueprint | undefined {
  laterNamed(scope, node.name, 'rebate')
  const [entity = '', field = ''] = node.on.text.split('.')
  const type = scope.entities.has(entity)
    ? scope.members({ kind: 'ref', name: entity }).get(field)
    : undefined
  if (type?.kind !== 'money') scope.report(node.on, 'AX2002', { name: node.on.text })
  const { inputs, outputs } = node.grid
  const table = checkTable(scope, { ...node, kind: 'table', partial: false, policy: undefined, computed: [] })
  const isBands =
    table && inputs.length === 1 && outputs.length === 1 && table.inputs[0]!.type.kind === 'money'
  if (table && (!isBands || table.outputs[0]!.type.kind !== 'percent'))
    scope.report(outputs[0] ?? node.name, 'AX6108')
  if (node.rounding) readRounding(scope, node.rounding, { kind: 'money' })
  return isBands ? table : undefined
}

/** Checks what a foreign currency is worth from each date on; no amount is exchanged yet. */
export function checkRates(scope: Scope, node: RatesNode): void {
  laterNamed(scope, node.name, 'rates')
  const dates = node.rates.map(({ date }) => date)
  for (const { rate } of node.rates) constantOf(scope, rate, { kind: 'decimal' })
  node.rates.forEach((rate, index) => {
    if (index > 0 && dates[index - 1]! >= rate.date) scope.report(rate, 'AX6109', { date: rate.date })
  })
}

/** Checks a quote: its options are prices of the same form. Nothing quotes yet. */
export function checkQuote(scope: Scope, node: QuoteNode): void {
  laterNamed(scope, node.name, 'quote')
  knownName(scope, node.form, scope.forms)
  for (const { price } of node.options) {
    const known = knownName(scope, price, scope.prices)
    const form = known && scope.prices.get(known)?.form.text
    if (form !== undefined && form !== node.form.text)
      scope.report(price, 'AX3001', { expected: node.form.text, actual: form })
  }
  if (node.valid) checkSpan({ scope, names: new Map<string, Type>() }, node.valid)
}

/** Checks a pool of leads: how many one may claim, how long they are protected, when they go back. No engine yet. */
export function checkPool(scope: Scope, node: PoolNode): void {
  laterNamed(scope, node.name, 'pool')
  const place = { scope, names: new Map<string, Type>() }
  for (const span of [node.claim?.per, node.protect, node.returns]) if (span) checkSpan(place, span)
}
