import type { Blueprint, RowBlueprint, TableBlueprint } from '#core/blueprint'
import { readValue } from '#dsl/reading'
import { rowWords } from './row-words.ts'
import { change, compareNames, isMoved, relabelled, same, type Change } from './change.ts'

/** Tables by their rows: a row is known by its conditions, so that a changed answer is said as one. */
export function diffTables(before: Blueprint, after: Blueprint): Change[] {
  const { added, removed, kept } = compareNames(before.tables, after.tables)
  return [
    ...added.map(([name]) => change('safe', 'added', `tables:${name}`, { section: 'tables', name })),
    ...removed.map(([name]) => change('safe', 'removed', `tables:${name}`, { section: 'tables', name })),
    ...kept.flatMap(([name, was, is]) =>
      same(was, is) ? [] : diffTable({ before, after }, name, [was, is]),
    ),
  ]
}

interface Versions {
  readonly before: Blueprint
  readonly after: Blueprint
}

function diffTable(
  { before, after }: Versions,
  name: string,
  [was, is]: readonly [TableBlueprint, TableBlueprint],
): Change[] {
  const at = `tables:${name}`
  const shape = ({ inputs, outputs, policy, partial }: TableBlueprint) => ({
    inputs,
    outputs,
    policy,
    partial,
  })
  if (!same(shape(was), shape(is))) return [change('safe', 'table-shape', at, { name })]
  const rows = compareNames(byConditions(was), byConditions(is))
  const found = [
    ...relabelled(at, name, [was, is]),
    ...rows.added.map(([, row]) => change('safe', 'row-added', at, { name, ...rowWords(after, is, row) })),
    ...rows.removed.map(([, row]) =>
      change('safe', 'row-removed', at, { name, ...rowWords(before, was, row) }),
    ),
    ...rows.kept.flatMap(([, old, row]) =>
      is.outputs.flatMap(({ name: column, type }, index) => {
        const [from, to] = [old.then[index] ?? null, row.then[index] ?? null]
        if (same(from, to)) return []
        const params = { name, ...rowWords(after, is, row), column }
        return [
          change('safe', 'row-changed', at, {
            ...params,
            before: readValue(before, type, from),
            after: readValue(after, type, to),
          }),
        ]
      }),
    ),
  ]
  if (!same(was.computed, is.computed)) found.push(change('safe', 'table-computed', at, { name }))
  // Why: under `first` and `priority` the order of the rows is part of what they say.
  if (isMoved(byConditions(was), byConditions(is))) found.push(change('safe', 'rows-moved', at, { name }))
  return found
}

function byConditions({ rows }: TableBlueprint): Record<string, RowBlueprint> {
  return Object.fromEntries(rows.map(row => [JSON.stringify(row.when), row]))
}
