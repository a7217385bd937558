import type { Code, PriceLineBlueprint, PriceStepBlueprint } from '#core/blueprint'
import {
  changedFacts,
  inputsOf,
  nearest,
  NOW,
  type Asked,
  type Change,
  type Changed,
  type Place,
  valueAt,
  type World,
} from '#core/otherwise'
import { price, type Priced, type PricedLine, type Unpriced } from './price.ts'

/** What of a price would come out otherwise: a line with one of its steps (from 0), a line as a whole, or the total. */
export interface PriceOtherwise {
  readonly line: string | null
  readonly row: number | null
  readonly step: number | null
  readonly changes: readonly Change<Place>[]
  /** What the step would then do; null unless it is about one. */
  readonly becomes: StepOutcome | null
  /** Whether the line would be there. */
  readonly stands: boolean
  readonly total: string
}

/** Whether a step counts (of a cap: whether it binds), and the rows its tables answer with, from 0. */
export interface StepOutcome {
  readonly counts: boolean
  readonly tables: readonly { readonly table: string; readonly row: number | null }[]
}

/**
 * The smallest changes that make a price otherwise: for every step that has a condition, asks a table or is a cap, for every
 * line with a condition, and for the total. Empty when the price has no total now. A change it may lead to no total is none.
 */
export function priceOtherwise(world: World, name: string): PriceOtherwise[] {
  const priced = pricer(world, name)
  const now = priced([])
  if ('missing' in now) return []
  const { lines } = world.blueprint.prices[name]!
  const aspects = lines.flatMap(line => [
    ...lineAspects(world, line),
    ...now.lines
      .filter(one => one.line === line.name)
      .flatMap(one => stepAspects(world, name, { line, one })),
  ])
  const whole = { line: null, row: null, step: null, asked: everyCode(world, name) }
  return [...aspects, whole].flatMap(aspect => otherwiseOf(world, priced, aspect))
}

/** What may turn out one way or the other, and the expressions it depends on. */
interface Aspect {
  readonly line: string | null
  readonly row: number | null
  readonly step: number | null
  readonly asked: readonly Asked[]
}

type Pricer = (changes: readonly Changed<Place>[]) => Priced | Unpriced

/** Works the price out with changes, each set of them once. */
function pricer(world: World, name: string): Pricer {
  const known = new Map<string, Priced | Unpriced>()
  return changes => {
    const key = JSON.stringify(changes, (_, part: unknown) =>
      typeof part === 'bigint' ? String(part) : part,
    )
    let priced = known.get(key)
    if (!priced) known.set(key, (priced = price(world.blueprint, name, changedFacts(world, changes))))
    return priced
  }
}

function otherwiseOf(world: World, priced: Pricer, aspect: Aspect): PriceOtherwise[] {
  const decide = (changes: readonly Changed<Place>[]) => decisionOf(priced(changes), aspect)
  const now = decide([])
  const wanted = (decision: string) => decision !== now && decision !== UNPRICED
  const found = nearest({ inputs: inputsOf(world, aspect.asked), decide, wanted, trials: TRIALS })
  return found.map(({ changes }) => {
    const { line, row, step } = aspect
    const then = priced(changes) as Priced
    const there = lineIn(then, aspect)
    const becomes = step === null || !there ? null : outcomeOf(there, step)
    return { line, row, step, changes, becomes, stands: there !== undefined, total: then.total }
  })
}

const UNPRICED = 'unpriced'
/** A price takes some twenty microseconds. */
const TRIALS = 1_000

function decisionOf(priced: Priced | Unpriced, aspect: Aspect): string {
  if ('missing' in priced) return UNPRICED
  if (aspect.line === null) return priced.total
  const line = lineIn(priced, aspect)
  if (aspect.step === null || !line) return String(line !== undefined)
  return JSON.stringify(outcomeOf(line, aspect.step))
}

function lineIn({ lines }: Priced, { line, row }: Pick<Aspect, 'line' | 'row'>): PricedLine | undefined {
  return lines.find(one => one.line === line && (row === null || one.row === row))
}

function outcomeOf({ steps }: PricedLine, index: number): StepOutcome | null {
  const step = steps[index]
  if (!step) return null
  const tables = step.tables.map(({ table, row }) => ({ table, row }))
  const isCap = step.kind === 'cap'
  const binds = isCap && step.applied && step.amount !== (steps[index - 1]?.amount ?? '0.00')
  return { counts: isCap ? binds : step.applied, tables }
}

/** A line that has a condition is there or left out. */
function lineAspects(world: World, { name, per, when }: PriceLineBlueprint): Aspect[] {
  if (!when) return []
  return rowsOf(world, per).map(row => ({
    ...{ line: name, row, step: null },
    asked: [{ code: when, ...rowPath(per, row) }],
  }))
}

function stepAspects(
  { blueprint }: World,
  name: string,
  { line, one }: { line: PriceLineBlueprint; one: PricedLine },
): Aspect[] {
  const overlaid = Object.values(blueprint.overlays).filter(
    overlay => overlay.price === name && overlay.line === line.name,
  )
  const steps = [...line.steps, ...overlaid.flatMap(overlay => overlay.steps)]
  return line.steps.flatMap((step, index) => {
    if (!step.when && step.kind !== 'cap' && !asksTable(step.value)) return []
    // Why all: whether a cap binds depends on every step before it.
    const read = step.kind === 'cap' ? steps.slice(0, index + 1) : [step]
    const asked = read.flatMap(codesOf).map(code => ({ code, ...rowPath(line.per, one.row) }))
    return [{ line: line.name, row: one.row, step: index, asked }]
  })
}

function everyCode(world: World, name: string): Asked[] {
  const { lines, form } = world.blueprint.prices[name]!
  const overlays = Object.values(world.blueprint.overlays).filter(overlay => overlay.price === name)
  const asked = lines.flatMap(({ name: line, per, when, steps }) => {
    const joined = overlays.filter(overlay => overlay.line === line).flatMap(overlay => overlay.steps)
    const codes = [...(when ? [when] : []), ...[...steps, ...joined].flatMap(codesOf)]
    return rowsOf(world, per).flatMap(row => codes.map(code => ({ code, ...rowPath(per, row) })))
  })
  const { subject } = world.blueprint.forms[form]!
  return [...asked, ...overlays.flatMap(({ regions }) => whereAndWhen(regions, subject))]
}

/** The rows of a line's list, from 0; null for a line of its own. */
function rowsOf(world: World, per: string | null): (number | null)[] {
  if (per === null) return [null]
  const rows = valueAt(world.fresh(), [per])
  return Array.isArray(rows) ? [...rows.keys()] : []
}

function codesOf({ value, when }: PriceStepBlueprint): Code[] {
  return when ? [when, value] : [value]
}

function rowPath(per: string | null, row: number | null): Pick<Asked, 'row'> {
  return per === null || row === null ? {} : { row: [per, row] }
}

/** An overlay looks at the time and at the record's region without an expression of its own. */
function whereAndWhen(regions: readonly string[], subject: string | null): Asked[] {
  const now: Asked = { code: { op: 'name', type: { kind: 'datetime' }, name: NOW } }
  if (subject === null || regions.length === 0) return [now]
  const of: Code = { op: 'name', type: { kind: 'ref', name: subject }, name: subject }
  const code: Code = { op: 'member', type: { kind: 'region' }, of, name: 'region' }
  return [now, { code, ranges: regions.map(region => ({ from: region, to: region })) }]
}

function asksTable(code: Code): boolean {
  if (code.op === 'table') return true
  if (code.op === 'member') return asksTable(code.of)
  if (code.op === 'apply') return code.args.some(asksTable)
  if (code.op === 'list') return code.items.some(asksTable)
  return code.op === 'fold' && [code.where, code.value].some(part => part !== undefined && asksTable(part))
}
