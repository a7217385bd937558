import type { Blueprint, FieldBlueprint } from '#core/blueprint'
import type { Facts } from '#core/expression'
import { isRecord, localDate, type RecordValue, type Type, type Value } from '#core/values'
import type { Changed } from './search.ts'

/** Where an input stands among the names: `['补偿金额']`, `['customer', '等级']`, `['用料', 0, '数量']`. */
export type Path = readonly (string | number)[]

/** What a decision reads, such that it can be read again with something changed. */
export interface World {
  readonly blueprint: Blueprint
  /** The names anew, with nothing worked out yet: what is computed from a changed name then follows the change. */
  readonly fresh: () => Facts
  /** Whose fields the plain names are; null where they are nobody's. */
  readonly form: string | null
  readonly zone: string
  /** Whether something may be named in an answer; without it everything may but settings. */
  readonly mayName?: (path: Path) => boolean
}

/** An input of a decision: where it stands, and what it is. */
export interface Place {
  readonly path: Path
  readonly type: Type
}

/** The name of the instant that is decided about (epoch ms). */
export const NOW = '(now)'

/** The names with some of them changed, and with them all that is computed from these. */
export function changedFacts(world: World, changes: readonly Changed<Place>[]): Facts {
  const facts = world.fresh()
  for (const {
    name: { path },
    to,
  } of changes) {
    const holder = path.length === 1 ? facts : namesAt(facts, path.slice(0, -1))
    if (!holder) continue
    Object.defineProperty(holder, path.at(-1)!, {
      ...{ value: to, enumerable: true, configurable: true, writable: true },
    })
    if (path[0] === NOW && typeof to === 'number' && (facts.today ?? null) !== null)
      Object.defineProperty(facts, 'today', { value: localDate(to, world.zone), configurable: true })
  }
  return facts
}

/** The value at a path; null where there is none. */
export function valueAt(facts: Facts, path: Path): Value {
  let value: Value = null
  for (const [depth, name] of path.entries()) {
    if (depth === 0) value = facts[name] ?? null
    else if (isRecord(value)) value = value.fields[name] ?? null
    else value = Array.isArray(value) ? ((value as readonly Value[])[name as number] ?? null) : null
  }
  return value
}

/** The names that a record of the world has. */
export function namesAt(facts: Facts, path: Path): Facts | undefined {
  const value = valueAt(facts, path)
  return isRecord(value) ? value.fields : undefined
}

/** How the field at a path is declared; undefined for what is no field. */
export function fieldAt({ blueprint, form }: World, facts: Facts, path: Path): FieldBlueprint | undefined {
  const name = path.at(-1) as string
  if (path.length === 1) return form === null ? undefined : blueprint.forms[form]?.fields[name]
  const holder = valueAt(facts, path.slice(0, -1))
  return isRecord(holder) ? fieldsOf(blueprint, holder)[name] : undefined
}

function fieldsOf(blueprint: Blueprint, { entity }: RecordValue): Readonly<Record<string, FieldBlueprint>> {
  const form = blueprint.tickets[entity]?.form ?? entity
  return (blueprint.entities[entity] ?? blueprint.forms[form])?.fields ?? {}
}
