import type { PriceBlueprint, PriceLineBlueprint, PriceStepBlueprint } from '#core/blueprint'
import { printType, type Type } from '#core/values'
import { plainText, type PriceLineNode, type PriceNode, type PriceStepNode } from '#dsl/syntax'
import { isWhole, readRounding } from './field.ts'
import { formNames } from './form.ts'
import { infer, inferAs, type Names } from './infer.ts'
import { numeric } from './operator.ts'
import { resolveType, type Scope } from './scope.ts'

const money: Type = { kind: 'money' }

/** Checks a price: every line starts with a base, only money adds up, and nothing is left unrounded. */
export function checkPrice(scope: Scope, node: PriceNode): PriceBlueprint | undefined {
  const form = scope.forms.get(node.form.text)
  if (!form) {
    scope.report(node.form, 'AX2002', { name: node.form.text })
    return undefined
  }
  if (!node.total) scope.report(node.name, 'AX6101', { name: node.name.text })
  const type = node.totalType && resolveType(scope, node.totalType)
  if (type && type.kind !== 'money')
    scope.report(node.totalType!, 'AX3001', { expected: 'money', actual: printType(type) })
  const names = new Map([...formNames(scope, form), ...signalNames(scope)])
  return {
    label: node.label?.value ?? node.name.text,
    form: node.form.text,
    lines: node.lines.flatMap(line => checkLine(scope, names, line) ?? []),
    total: node.total?.text ?? '',
  }
}

/** What other systems report, by the signal’s name. */
export function signalNames(scope: Scope): [string, Type][] {
  return [...scope.signals.keys()].map(name => [name, { kind: 'answer', name }])
}

function checkLine(scope: Scope, formFields: Names, node: PriceLineNode): PriceLineBlueprint | undefined {
  const row = node.per && rowNames(scope, formFields, node.per)
  if (node.per && !row) return undefined
  const names: Names = new Map([...formFields, ...(row ?? [])])
  if (node.steps[0]?.kind !== 'base') scope.report(node.name, 'AX6102', { name: node.name.text })
  const when = node.when && inferAs({ scope, names }, node.when, { kind: 'bool' })
  const steps = node.steps.map(step => checkStep(scope, names, step))
  const rounding = node.rounding && readRounding(scope, node.rounding, money)
  const isRounded = rounding
    ? isWhole(scope, rounding)
    : node.rounding || steps.every(step => step?.exact ?? true)
  if (!isRounded) scope.report(node.name, 'AX3003', { name: node.name.text })
  for (const step of node.steps.slice(1))
    if (step.kind === 'base') scope.report(step, 'AX6110', { name: node.name.text })
  return {
    name: node.name.text,
    label: node.label?.value ?? node.name.text,
    per: node.per?.text ?? null,
    ...(when && { when: when.code }),
    steps: steps.flatMap(step => (step ? [step.step] : [])),
    ...(rounding && { rounding }),
  }
}

/** The fields of the rows of a list field. */
export function rowNames(
  scope: Scope,
  names: Names,
  per: { text: string; start: number; end: number },
): Names | undefined {
  const type = names.get(per.text)
  if (type?.kind === 'list' && type.of.kind === 'ref') return scope.members(type.of)
  if (type) scope.report(per, 'AX3001', { expected: 'list(…)', actual: printType(type) })
  else scope.report(per, 'AX2002', { name: per.text })
  return undefined
}

export function checkStep(
  scope: Scope,
  names: Names,
  node: PriceStepNode,
): { step: PriceStepBlueprint; exact: boolean } | undefined {
  const place = { scope, names }
  const value = node.kind === 'times' ? infer(place, node.value) : inferAs(place, node.value, money)
  const when = node.when && inferAs(place, node.when, { kind: 'bool' })
  if (!value) return undefined
  const { type } = value.code
  if (node.kind === 'times' && !numeric.has(type.kind)) {
    scope.report(node.value, 'AX3001', { expected: 'percent', actual: printType(type) })
    return undefined
  }
  const text = plainText(scope.textOf(node.value))
  return {
    step: { kind: node.kind, value: value.code, ...(when && { when: when.code }), text },
    exact: value.exact && node.kind !== 'times',
  }
}
