import type { Blueprint, MigrationBlueprint } from '#core/blueprint'
import { change, type Change } from './change.ts'

/** What is gone, by how it is called in `migrate`. */
const goneAs: Readonly<Record<string, (params: Change['params']) => string>> = {
  'node-removed': ({ ticket, name }) => `${ticket}.${name}`,
  'region-removed': ({ ticket, name }) => `${ticket}.${name}`,
  'field-removed': ({ owner, name }) => `${owner}.${name}`,
  'value-removed': ({ name, value }) => `${name}.${value}`,
}

/**
 * The changes with what the later version says itself of tickets in flight: what it moves to another name needs nobody, what
 * it lets end under the old version neither.
 */
export function answered(found: readonly Change[], before: Blueprint, after: Blueprint): Change[] {
  const said = Object.values(after.migrations).find(({ from }) => from === before.pack.version)
  return said ? found.map(each => answer(each, said)) : [...found]
}

function answer(each: Change, { nodes, fields, values, drains }: MigrationBlueprint): Change {
  const gone = goneAs[each.says]?.(each.params)
  if (gone === undefined) return each
  const to = { ...nodes, ...fields, ...values }[gone]
  if (to !== undefined) return change('auto', 'moved-to', each.at, { name: gone, to })
  return drains.includes(gone) ? change('safe', 'drained', each.at, { name: gone }) : each
}
