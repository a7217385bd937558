import type { Blueprint, SopTriggerBlueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { spanInstant, type TimeFrame } from '#core/sla'
import { evaluate } from '#core/table'
import { isRecord, type Value } from '#core/values'

/** Whether a customer may enter by a trigger now, or why not. `last` is the start of the latest enrolment in this SOP. */
export function mayEnter(
  { blueprint, facts, frame, at }: { blueprint: Blueprint; facts: Facts; frame: TimeFrame; at: number },
  trigger: SopTriggerBlueprint,
  last: { readonly startedAt: number; readonly isRunning: boolean } | undefined,
): 'enter' | 'segment' | 'condition' | 'running' | 'once' {
  if (last?.isRunning) return 'running'
  const segment = trigger.on === 'segment' ? blueprint.segments[trigger.subject] : undefined
  if (segment && evaluate(blueprint, segment.condition, facts) !== true) return 'segment'
  if (trigger.when && evaluate(blueprint, trigger.when, facts) !== true) return 'condition'
  if (!last || !trigger.once) return 'enter'
  const again = spanInstant(
    blueprint,
    { span: trigger.once, facts, frame },
    { from: last.startedAt, thousandths: 1000 },
  )
  return 'at' in again && at >= again.at ? 'enter' : 'once'
}

/** The instant (epoch ms) at which a record brings its customer in; undefined while a date it needs is missing. */
export function momentOf(
  blueprint: Blueprint,
  { moment }: SopTriggerBlueprint,
  record: Value,
): number | undefined {
  if (!moment || !isRecord(record)) return undefined
  const zone = { value: blueprint.pack.zone }
  const facts = Object.create(record.fields, { '(zone)': zone }) as Facts
  const at = evaluate(blueprint, moment, facts)
  return typeof at === 'number' ? at : undefined
}
