import type { Blueprint, EnumBlueprint, FieldBlueprint } from '#core/blueprint'
import { printType, type Type } from '#core/values'
import { change, compareNames, isMoved, relabelled, same, type Change } from './change.ts'

/** Values that go must be mapped wherever they stand in data; the order of an ordered enum decides comparisons. */
export function diffEnums(before: Blueprint, after: Blueprint): Change[] {
  const { added, removed, kept } = compareNames(before.enums, after.enums)
  return [
    ...added.map(([name]) => change('safe', 'added', `enums:${name}`, { section: 'enums', name })),
    ...removed.map(([name]) => change('mapping', 'removed', `enums:${name}`, { section: 'enums', name })),
    ...kept.flatMap(([name, was, is]) => diffEnum(name, was, is)),
  ]
}

function diffEnum(name: string, before: EnumBlueprint, after: EnumBlueprint): Change[] {
  const values = compareNames(before.values, after.values)
  const stayed = (all: EnumBlueprint) =>
    Object.keys(all.values).filter(value => values.kept.some(([kept]) => kept === value))
  const isTurned = after.ordered && !same(stayed(before), stayed(after))
  return [
    ...values.added.map(([value]) =>
      change('safe', 'value-added', `enums:${name}.${value}`, { name, value }),
    ),
    ...values.removed.map(([value]) =>
      change('mapping', 'value-removed', `enums:${name}.${value}`, { name, value }),
    ),
    ...values.kept.flatMap(([value, was, is]) =>
      was === is
        ? []
        : [change('safe', 'relabelled', `enums:${name}.${value}`, { name: value, before: was, after: is })],
    ),
    ...(isTurned || before.ordered !== after.ordered
      ? [change('breaking', 'order-changed', `enums:${name}`, { name })]
      : []),
    ...(!after.ordered && isMoved(before.values, after.values)
      ? [change('safe', 'values-moved', `enums:${name}`, { name })]
      : []),
    ...relabelled(`enums:${name}`, name, [before, after]),
  ]
}

/** Records go on as they are when a field is new and may be left out; a field that goes takes data with it. */
export function diffEntities(before: Blueprint, after: Blueprint): Change[] {
  const { added, removed, kept } = compareNames(before.entities, after.entities)
  return [
    ...added.map(([name]) => change('safe', 'added', `entities:${name}`, { section: 'entities', name })),
    ...removed.map(([name]) =>
      change('mapping', 'removed', `entities:${name}`, { section: 'entities', name }),
    ),
    ...kept.flatMap(([name, was, is]) => [
      ...relabelled(`entities:${name}`, name, [was, is]),
      ...diffFields('entities', name, [was.fields, is.fields]),
      ...(was.key === is.key ? [] : [change('breaking', 'key-changed', `entities:${name}`, { name })]),
      ...is.events
        .filter(event => !was.events.includes(event))
        .map(event => change('safe', 'event-added', `entities:${name}.${event}`, { name, event })),
      ...was.events
        .filter(event => !is.events.includes(event))
        .map(event => change('breaking', 'event-removed', `entities:${name}.${event}`, { name, event })),
    ]),
  ]
}

export function diffForms(before: Blueprint, after: Blueprint): Change[] {
  const { added, removed, kept } = compareNames(before.forms, after.forms)
  return [
    ...added.map(([name]) => change('safe', 'added', `forms:${name}`, { section: 'forms', name })),
    ...removed.map(([name]) => change('mapping', 'removed', `forms:${name}`, { section: 'forms', name })),
    ...kept.flatMap(([name, was, is]) => [
      ...relabelled(`forms:${name}`, name, [was, is]),
      ...diffFields('forms', name, [was.fields, is.fields]),
      ...(was.subject === is.subject
        ? []
        : [change('breaking', 'subject-changed', `forms:${name}`, { name })]),
      ...(same(was.checks, is.checks) ? [] : [change('auto', 'checks-changed', `forms:${name}`, { name })]),
    ]),
  ]
}

type Fields = Readonly<Record<string, FieldBlueprint>>

function diffFields(section: string, owner: string, [before, after]: readonly [Fields, Fields]): Change[] {
  const { added, removed, kept } = compareNames(before, after)
  const at = (field: string) => `${section}:${owner}.${field}`
  return [
    ...added.map(([name, field]) => change(classOfNew(field), saysOfNew(field), at(name), { owner, name })),
    ...removed.map(([name, field]) =>
      change(field.computed ? 'safe' : 'mapping', 'field-removed', at(name), { owner, name }),
    ),
    ...kept.flatMap(([name, was, is]) => diffField(at(name), { owner, name }, [was, is])),
    ...(isMoved(before, after) ? [change('safe', 'fields-moved', `${section}:${owner}`, { owner })] : []),
  ]
}

function classOfNew(field: FieldBlueprint): Change['class'] {
  if (field.computed || field.default) return 'auto'
  return field.required && field.required.op === 'const' ? 'mapping' : 'safe'
}

function saysOfNew(field: FieldBlueprint): string {
  return classOfNew(field) === 'mapping' ? 'required-field-added' : 'field-added'
}

function diffField(
  at: string,
  names: { readonly owner: string; readonly name: string },
  [was, is]: readonly [FieldBlueprint, FieldBlueprint],
): Change[] {
  const found: Change[] = []
  if (!same(was.type, is.type)) {
    const params = { ...names, before: printType(was.type), after: printType(is.type) }
    found.push(change(widens(at, was.type, is.type) ? 'auto' : 'breaking', 'field-type', at, params))
  }
  found.push(...relabelled(at, names.name, [was, is]))
  if (was.help !== is.help) found.push(change('safe', 'field-help', at, names))
  if (was.optional !== is.optional)
    found.push(
      change(is.optional ? 'safe' : 'auto', is.optional ? 'field-optional' : 'field-required', at, names),
    )
  else if (!same(was.required, is.required))
    found.push(
      change(is.required ? 'auto' : 'safe', is.required ? 'field-required' : 'field-optional', at, names),
    )
  const rules = (field: FieldBlueprint) => [
    field.min,
    field.max,
    field.maxOpen,
    field.size,
    field.visible,
    field.at,
  ]
  if (!same(rules(was), rules(is))) found.push(change('auto', 'field-rules', at, names))
  const worked = (field: FieldBlueprint) => [field.computed, field.rounding, field.default]
  if (!same(worked(was), worked(is))) found.push(change('auto', 'field-value', at, names))
  return found
}

/** Whether every value of the one type is one of the other. A ticket's int is written anew as a decimal, a record's is not. */
function widens(at: string, before: Type, after: Type): boolean {
  if (before.kind === 'int') return after.kind === 'decimal' && at.startsWith('forms:')
  if ('of' in before && 'of' in after) return same(before.of, after.of) && after.kind === 'list'
  return after.kind === 'text' && (before.kind === 'enum' || before.kind === 'scan')
}
