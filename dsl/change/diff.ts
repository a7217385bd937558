import type { Blueprint } from '#core/blueprint'
import { change, compareNames, same, type Change } from './change.ts'
import { diffAccess, diffActions, diffRoles, diffSettings } from './diff-rights.ts'
import { diffEntities, diffEnums, diffForms } from './diff-data.ts'
import { diffTables } from './diff-tables.ts'
import { diffTickets } from './diff-tickets.ts'

/** What differs in meaning between two versions of a pack, the parts in the order people read them. */
export function diffBlueprints(before: Blueprint, after: Blueprint): Change[] {
  return [
    ...diffPack(before, after),
    ...diffEnums(before, after),
    ...diffEntities(before, after),
    ...diffForms(before, after),
    ...diffTickets(before, after),
    ...diffRoles(before, after),
    ...diffAccess(before, after),
    ...diffActions(before, after),
    ...diffSettings(before, after),
    ...diffTables(before, after),
    ...sections.flatMap(section => diffSection(before, after, section)),
  ]
}

function diffPack({ pack: before }: Blueprint, { pack: after }: Blueprint): Change[] {
  const found: Change[] = []
  if (before.name !== after.name)
    found.push(change('breaking', 'pack-name', 'pack', { name: after.name, before: before.name }))
  if (after.version < before.version)
    found.push(
      change('breaking', 'pack-version', 'pack', {
        before: String(before.version),
        after: String(after.version),
      }),
    )
  for (const key of ['currency', 'zone'] as const)
    if (before[key] !== after[key])
      found.push(change('breaking', `pack-${key}`, 'pack', { before: before[key], after: after[key] }))
  return found
}

/** Declarations that only what begins from now on reads; what is in flight keeps its version. */
const sections = [
  ...(['hours', 'teams', 'skills', 'routes', 'library', 'parties', 'prices', 'overlays', 'signals'] as const),
  ...(['settlements', 'lexicons', 'segments', 'limits', 'sops', 'labels'] as const),
]

function diffSection(before: Blueprint, after: Blueprint, section: (typeof sections)[number]): Change[] {
  const { added, removed, kept } = compareNames<unknown>(before[section], after[section])
  const say = (says: string, name: string) => change('safe', says, `${section}:${name}`, { section, name })
  return [
    ...added.map(([name]) => say('added', name)),
    ...removed.map(([name]) => say('removed', name)),
    ...kept.flatMap(([name, was, is]) => (same(was, is) ? [] : [say('changed', name)])),
  ]
}
