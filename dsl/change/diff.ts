import type { Blueprint } from '#core/blueprint'
import { answered } from './answered.ts'
import { change, compareNames, isMoved, same, type Change } from './change.ts'
import { diffAccess } from './diff-access.ts'
import { diffActions, diffRoles, diffSettings } from './diff-rights.ts'
import { diffEntities, diffEnums, diffForms } from './diff-data.ts'
import { diffTables } from './diff-tables.ts'
import { diffTickets } from './diff-tickets.ts'
import { meaningIn } from './meaning.ts'

/** What differs in meaning between two versions of a pack, the parts in the order people read them; nothing exactly when nothing does. */
export function diffBlueprints(before: Blueprint, after: Blueprint): Change[] {
  const found = [
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
    ...diffOpen(before, after),
  ]
  return [...answered(found, before, after), ...unsaid(before, after, found)]
}

function diffPack({ pack: before }: Blueprint, { pack: after }: Blueprint): Change[] {
  const said = (kind: Change['class'], says: string, was: string, is: string) =>
    was === is ? [] : [change(kind, says, 'pack', { before: was, after: is })]
  const [was, is] = [String(before.version), String(after.version)]
  return [
    ...said('breaking', 'pack-name', before.name, after.name),
    ...(after.version < before.version
      ? said('breaking', 'pack-version', was, is)
      : said('safe', 'pack-renumbered', was, is)),
    ...said('breaking', 'pack-currency', before.currency, after.currency),
    ...said('breaking', 'pack-zone', before.zone, after.zone),
    ...said('safe', 'pack-label', before.label, after.label),
    ...said('safe', 'pack-locales', before.locales.join('、') || '—', after.locales.join('、') || '—'),
  ]
}

/** Declarations that only what begins from now on reads; what is in flight keeps its version. */
const sections = [
  ...([
    'hours',
    'teams',
    'skills',
    'routes',
    'library',
    'parties',
    'prices',
    'overlays',
    'signals',
    'sources',
  ] as const),
  ...(['settlements', 'lexicons', 'segments', 'limits', 'sops', 'migrations', 'labels'] as const),
]

function diffSection(before: Blueprint, after: Blueprint, section: (typeof sections)[number]): Change[] {
  const { added, removed, kept } = compareNames<unknown>(before[section], after[section])
  const say = (says: string, name: string) => change('safe', says, `${section}:${name}`, { section, name })
  return [
    ...added.map(([name]) => say('added', name)),
    ...removed.map(([name]) => say('removed', name)),
    ...kept.flatMap(([name, was, is]) =>
      same(meaningIn(section, { was }), meaningIn(section, { was: is })) ? [] : [say('changed', name)],
    ),
  ]
}

/** What a desk may change of a release; what it changed there before must go somewhere when it no longer may. */
function diffOpen({ open: before }: Blueprint, { open: after }: Blueprint): Change[] {
  const say = (kind: Change['class'], says: string, point: string) =>
    change(kind, says, `open:${point}`, { name: point.slice(point.indexOf(':') + 1) })
  return [
    ...after.filter(point => !before.includes(point)).map(point => say('safe', 'opened', point)),
    ...before.filter(point => !after.includes(point)).map(point => say('mapping', 'shut', point)),
  ]
}

/** Declarations that differ though nothing was said of them, such as an order that people see. */
function unsaid(before: Blueprint, after: Blueprint, found: readonly Change[]): Change[] {
  const isTold = (key: string) => found.some(({ at }) => at === key || at.startsWith(`${key}.`))
  const rest = (['enums', 'entities', 'forms', 'tickets', 'roles', 'actions', 'tables'] as const).flatMap(
    section =>
      compareNames<unknown>(before[section], after[section]).kept.flatMap(([name, was, is]) =>
        same(was, is) || isTold(`${section}:${name}`)
          ? []
          : [change('safe', 'changed', `${section}:${name}`, { section, name })],
      ),
  )
  const moved = isMoved(before.tickets, after.tickets) ? [change('safe', 'tickets-moved', 'tickets', {})] : []
  return [...rest, ...moved]
}
