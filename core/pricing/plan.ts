import {
  namesIn,
  type Blueprint,
  type Code,
  type OverlayBlueprint,
  type PriceLineBlueprint,
  type PriceStepBlueprint,
} from '#core/blueprint'
import type { Compiled, Facts } from '#core/expression'
import { compiledOf } from '#core/table'
import {
  isRecord,
  parseDecimal,
  regionWithin,
  type Decimal,
  type RoundingMode,
  type Value,
} from '#core/values'
import { rowNamesOf, type RowNames } from './row-names.ts'

/** A price made ready to be worked out many times. */
export interface PricePlan {
  readonly lines: readonly LinePlan[]
}

export interface LinePlan {
  readonly declared: PriceLineBlueprint
  readonly when: Compiled | undefined
  readonly steps: readonly StepPlan[]
  readonly overlays: readonly OverlayPlan[]
  /** The entity the form is about, by which a place is told. */
  readonly subject: string | null
  readonly rounding: { readonly step: Decimal; readonly mode: RoundingMode } | undefined
  readonly rowNames: RowNames
}

export interface StepPlan {
  readonly kind: PriceStepBlueprint['kind']
  readonly text: string
  readonly when: Compiled | undefined
  readonly value: Compiled
  readonly code: Code
  /** The place among the line's values that are the same for every row of its list; undefined for one that is not. */
  readonly shared: number | undefined
}

interface OverlayPlan {
  readonly overlay: OverlayBlueprint
  readonly steps: readonly StepPlan[]
}

const plans = new WeakMap<Blueprint, Map<string, PricePlan>>()

/** The plan of a price, made once for its blueprint. */
export function planOf(blueprint: Blueprint, name: string): PricePlan {
  let known = plans.get(blueprint)
  if (!known) plans.set(blueprint, (known = new Map()))
  let plan = known.get(name)
  if (!plan) {
    const lines = blueprint.prices[name]!.lines.map(line => planLine(blueprint, { price: name, line }))
    known.set(name, (plan = { lines }))
  }
  return plan
}

function planLine(
  blueprint: Blueprint,
  { price, line }: { price: string; line: PriceLineBlueprint },
): LinePlan {
  const { subject, fields } = blueprint.forms[blueprint.prices[price]!.form]!
  const joining = Object.values(blueprint.overlays).filter(
    overlay => overlay.price === price && overlay.line === line.name,
  )
  const codes = [line, ...line.steps, ...joining.flatMap(({ steps }) => steps)].flatMap(part => [
    ...(part.when ? [part.when] : []),
    ...('value' in part ? [part.value] : []),
  ])
  const names = new Set(['(now)', ...(subject === null ? [] : [subject]), ...codes.flatMap(namesIn)])
  const list = line.per === null ? undefined : fields[line.per]?.type
  const row = list?.kind === 'list' && list.of.kind === 'ref' ? blueprint.entities[list.of.name] : undefined
  const isOwn = (name: string) => Object.hasOwn(row?.fields ?? {}, name)
  let places = 0
  const step = (said: PriceStepBlueprint) => ({
    ...planStep(blueprint, said),
    shared: namesIn(said.value).some(isOwn) ? undefined : places++,
  })
  return {
    ...{ declared: line, subject, when: line.when && compiledOf(blueprint, line.when) },
    steps: line.steps.map(step),
    overlays: joining.map(overlay => ({
      overlay,
      steps: overlay.steps.map(said => step({ ...said, text: `${overlay.label}：${said.text}` })),
    })),
    rounding: line.rounding && { step: parseDecimal(line.rounding.step)!, mode: line.rounding.mode },
    rowNames: rowNamesOf(names, isOwn),
  }
}

function planStep(
  blueprint: Blueprint,
  { kind, text, when, value }: PriceStepBlueprint,
): Omit<StepPlan, 'shared'> {
  return {
    ...{ kind, text, code: value, value: compiledOf(blueprint, value) },
    when: when && compiledOf(blueprint, when),
  }
}

/** One time that a line is worked out: for a row of its list (from 0), or null for a line of its own. */
export interface LineCase {
  readonly row: number | null
  readonly names: Facts
}

/** What a line is worked out for; rows that are no records make no line. */
export function casesOf(line: LinePlan, facts: Facts): readonly LineCase[] {
  const { per } = line.declared
  if (per === null) return isOn(line, facts) ? [{ row: null, names: facts }] : []
  const rows = facts[per]
  if (!Array.isArray(rows)) return []
  const cases: LineCase[] = []
  for (let row = 0; row < rows.length; row++) {
    const item = rows[row] as Value
    if (!isRecord(item)) continue
    const names = line.rowNames(facts, item.fields)
    if (isOn(line, names)) cases.push({ row, names })
  }
  return cases
}

function isOn({ when }: LinePlan, names: Facts): boolean {
  return !when || when(names) === true
}

/** The steps of a line, with those of the overlays that hold now and here. */
export function stepsOn(line: LinePlan, names: Facts): readonly StepPlan[] {
  if (line.overlays.length === 0) return line.steps
  const now = names['(now)']
  const record = line.subject === null ? null : (names[line.subject] ?? null)
  const place = isRecord(record) ? record.fields.region : null
  const joining = line.overlays.filter(({ overlay: { from, to, regions } }) => {
    const isHere =
      regions.length === 0 ||
      (typeof place === 'string' && regions.some(region => regionWithin(place, region)))
    return isHere && typeof now === 'number' && from <= now && now < to
  })
  return [...line.steps, ...joining.flatMap(({ steps }) => steps)]
}
