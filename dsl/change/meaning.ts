import type { Blueprint } from '#core/blueprint'

/** Sections whose declarations do not mean the same in any order: the first ticket with `entry chat` takes messages. */
const ordered: ReadonlySet<string> = new Set(['tickets'])

/** Sections that say one thing per name however deep: who may what, what is called how, and where what is in flight goes. */
const lookedUp: ReadonlySet<string> = new Set(['access', 'labels', 'migrations', 'signals'])

/**
 * The meaning of a pack as one text: equal for two packs exactly when they do the same. Layout, comments, the order of files
 * and of declarations leave no trace, nor does that of an access table's rows and columns; the order of fields, values, rows
 * and steps does.
 */
export function meaningOf(blueprint: Blueprint): string {
  const sections = Object.entries(blueprint)
    .map(([section, held]) => [section, meaningIn(section, held)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
  return JSON.stringify(sections)
}

export function sameMeaning(a: Blueprint, b: Blueprint): boolean {
  return meaningOf(a) === meaningOf(b)
}

/** The same of one section. */
export function meaningIn(section: string, held: unknown): unknown {
  if (ordered.has(section)) return held
  return lookedUp.has(section) ? deeplySorted(held) : sorted(held)
}

/** Declarations by their names; anything else as it is. */
function sorted(held: unknown): unknown {
  if (Array.isArray(held)) return held.toSorted()
  if (typeof held !== 'object' || held === null) return held
  return Object.entries(held).sort(([a], [b]) => (a < b ? -1 : 1))
}

function deeplySorted(held: unknown): unknown {
  if (Array.isArray(held) || typeof held !== 'object' || held === null) return sorted(held)
  return Object.entries(held)
    .map(([name, one]) => [name, deeplySorted(one)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1))
}
